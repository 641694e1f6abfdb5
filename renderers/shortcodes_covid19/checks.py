"""Checks of cards that concern more than the form of one attribute: SC504, SC505 and SC508."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from shortcodes.diagnostics import Diagnostic, Edit, Fix
from shortcodes.nodes import Attribute, Shortcode, Span
from shortcodes.schemas.schema import Checked
from shortcodes.schemas.wanted import find_flag
from shortcodes_covid19.colours import AA, Colour, choose_readable, compute_contrast
from shortcodes_covid19.data_sources.bundled import Snapshot
from shortcodes_covid19.figures import WORLD
from shortcodes_covid19.regions import find_near_region, resolve_region

_LONGEST_QUOTE = 40
_SWITCHES = frozenset({"confirmed-24h", "deaths-24h", "deaths-rate", "rtl"})
"""The attributes that are true or false."""
_TRUE_WORDS = frozenset({"true", "1", "yes", "on"})
"""What is true."""
_COLOUR_ATTRIBUTES = ("font-color", "bg-color")


def check_cards(checked: Checked) -> Iterator[Diagnostic]:
    """Yield diagnostics for cards by their values.

    A region counts as known if the snapshot in the package has it, so that nothing is fetched.
    """
    regions = [resolve_region(values["region"]) for _, values in checked]
    known = _load_snapshot().fetch(dict.fromkeys(regions))
    for (shortcode, values), region in zip(checked, regions, strict=True):
        if region not in known:
            yield build_no_figures(region, shortcode)
        yield from check_switches(shortcode)
        yield from check_region_name(values["region"], region, shortcode)
        yield from check_contrast(values["font-color"], values["bg-color"], shortcode)


@cache
def _load_snapshot() -> Snapshot:
    return Snapshot()


def _map_attribute_nodes(shortcode: Shortcode) -> dict[str, Attribute]:
    """Return the named attributes by name in lower case; the last of two equal names wins."""
    return {node.name.lower(): node for node in shortcode.attribute_nodes if node.name}


def find_region_span(shortcode: Shortcode) -> Span:
    """Return the span of the attribute `region`, or of the whole tag if it is missing."""
    nodes = _map_attribute_nodes(shortcode)
    return nodes["region"].span if "region" in nodes else shortcode.open_span


def build_no_figures(region: str, shortcode: Shortcode) -> Diagnostic:
    """Return the diagnostic for a card whose region no source has."""
    message, span = write_no_figures(region), find_region_span(shortcode)
    node, near = _map_attribute_nodes(shortcode).get("region"), find_near_region(region)
    if node is None or not near:
        return Diagnostic("SC504", message, span)
    fix = Fix(f"write {near}", (Edit(node.value_span, near),), safe=False)
    return Diagnostic("SC504", message, span, hint=f"did you mean {near!r}?", fix=fix)


def check_switches(shortcode: Shortcode) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each word that means yes in another language, but counts as false."""
    nodes = _map_attribute_nodes(shortcode)
    for name in sorted(_SWITCHES & nodes.keys()):
        node = nodes[name]
        text = node.value.strip().casefold()
        if text not in _TRUE_WORDS and find_flag(text) == "true":
            fix = Fix("write 'true'", (Edit(node.value_span, "true"),), safe=False)
            message = f"write true for {name}, not {_quote(node.value)}, which counts as false"
            hint = "did you mean 'true'?"
            yield Diagnostic("SC601", message, node.span, hint=hint, fix=fix)


def write_no_figures(region: str) -> str:
    """Return the message for a region that no source has."""
    name = "the world" if region == WORLD else f"region {_quote(region)}"
    return f"no source has figures for {name}"


def check_region_name(name: str, region: str, shortcode: Shortcode) -> Iterator[Diagnostic]:
    """Yield a diagnostic with a fix if the author wrote a name instead of the region's code."""
    if region in (name, WORLD):
        return
    node = _map_attribute_nodes(shortcode)["region"]
    fix = Fix(f"write {region}", (Edit(node.value_span, region),), safe=True)
    message = f"region {_quote(name)} is read as {region}"
    yield Diagnostic("SC508", message, node.span, "info", fix=fix)


def check_contrast(font: Colour, background: Colour, shortcode: Shortcode) -> Iterator[Diagnostic]:
    """Yield a diagnostic if small text in an author's colours is hard to read."""
    contrast = compute_contrast(font, background)
    if contrast is not None and contrast >= AA:
        return
    nodes = _map_attribute_nodes(shortcode)
    colour_nodes = [nodes[name] for name in _COLOUR_ATTRIBUTES if name in nodes]
    if not colour_nodes:
        return
    colours, span = f"{font.css} on {background.css}", colour_nodes[0].span
    if contrast is None:
        yield Diagnostic("SC505", f"the contrast of {colours} cannot be computed", span, "info")
        return
    message = f"{colours} has a contrast of {contrast:.2f}, less than {AA}"
    fix = None
    if "font-color" in nodes:
        readable = choose_readable(font, background)
        edit = Edit(nodes["font-color"].value_span, readable.css)
        fix = Fix(f"change font-color to {readable.css}", (edit,), safe=False)
    yield Diagnostic("SC505", message, span, fix=fix)


def _quote(text: str) -> str:
    """Return a value in quotes for a message, shortened and on one line."""
    return repr(text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…")

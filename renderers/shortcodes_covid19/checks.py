"""Checks: what is wrong with a card although each of its attributes is right."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from shortcodes.diagnostics import Diagnostic, Edit, Fix
from shortcodes.nodes import Attribute, Shortcode, Span
from shortcodes.schemas.schema import Checked
from shortcodes_covid19.colours import AA, Colour, contrast, readable
from shortcodes_covid19.data_sources.bundled import Snapshot
from shortcodes_covid19.figures import WORLD
from shortcodes_covid19.regions import resolve_region

_SHOWN = 40
_COLOURS = ("font-color", "bg-color")


def check(checked: Checked) -> Iterator[Diagnostic]:
    """Give what is wrong with cards, by their values: SC504, SC505 and SC508.

    Which regions there are is asked of the figures inside the package: nothing is fetched.
    """
    regions = [resolve_region(values["region"]) for _, values in checked]
    known = _inside().fetch(dict.fromkeys(regions))
    for (shortcode, values), region in zip(checked, regions, strict=True):
        if region not in known:
            yield no_figures(region, shortcode)
        yield from read_otherwise(values["region"], region, shortcode)
        yield from hard_to_read(values["font-color"], values["bg-color"], shortcode)


@cache
def _inside() -> Snapshot:
    return Snapshot()


def _nodes_of(shortcode: Shortcode) -> dict[str, Attribute]:
    """Return the named attributes by name in lower case; of two the last."""
    return {node.name.lower(): node for node in shortcode.attribute_nodes if node.name}


def place_of_region(shortcode: Shortcode) -> Span:
    """Return where a card names its region; the whole tag where it names none."""
    nodes = _nodes_of(shortcode)
    return nodes["region"].span if "region" in nodes else shortcode.open_span


def no_figures(region: str, shortcode: Shortcode) -> Diagnostic:
    """Return that no source knows a region, at its place."""
    return Diagnostic("SC504", unknown(region), place_of_region(shortcode))


def unknown(region: str) -> str:
    """Return that no source knows a region."""
    which = "the world" if region == WORLD else f"region {shown(region)}"
    return f"no source has figures for {which}"


def read_otherwise(written: str, region: str, shortcode: Shortcode) -> Iterator[Diagnostic]:
    """Give that a region is written in another way than its code."""
    if region in (written, WORLD):
        return
    node = _nodes_of(shortcode)["region"]
    fix = Fix(f"write {region}", (Edit(node.value_span, region),), safe=True)
    message = f"region {shown(written)} is read as {region}"
    yield Diagnostic("SC508", message, node.span, "info", fix=fix)


def hard_to_read(font: Colour, ground: Colour, shortcode: Shortcode) -> Iterator[Diagnostic]:
    """Give that small text will be hard to read in the colours of an author."""
    found = contrast(font, ground)
    if found is not None and found >= AA:
        return
    nodes = _nodes_of(shortcode)
    given = [nodes[name] for name in _COLOURS if name in nodes]
    if not given:
        return
    colours, span = f"{font.css} on {ground.css}", given[0].span
    if found is None:
        yield Diagnostic("SC505", f"the contrast of {colours} cannot be told", span, "info")
        return
    message = f"{colours} has a contrast of {found:.2f}, less than {AA}"
    better, fix = readable(font, ground), None
    if "font-color" in nodes:
        edit = Edit(nodes["font-color"].value_span, better.css)
        fix = Fix(f"write in {better.css}", (edit,), safe=False)
    yield Diagnostic("SC505", message, span, fix=fix)


def shown(text: str) -> str:
    """Return a value the way a message quotes it: short, and on one line."""
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")

"""Checks: what is wrong with a card although each of its attributes is right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from shortcodes.diagnostics import Diagnostic
from shortcodes.engine.schema import Checked
from shortcodes.nodes import Attribute, Shortcode, Span
from shortcodes_covid19.colours import AA, Colour, contrast
from shortcodes_covid19.snapshot import Snapshot

_SHOWN = 40


def check(checked: Checked) -> Iterator[Diagnostic]:
    """Give what is wrong with cards, by their values: SC504 and SC505.

    Which regions there are is asked of the figures inside the package: nothing is fetched.
    """
    known = _inside().fetch({values["region"] for _, values in checked})
    for shortcode, values in checked:
        nodes = nodes_of(shortcode)
        if values["region"] not in known:
            yield no_figures(values["region"], nodes, shortcode.open_span)
        yield from low_contrast(values["font-color"], values["bg-color"], nodes)


@cache
def _inside() -> Snapshot:
    return Snapshot()


def nodes_of(shortcode: Shortcode) -> dict[str, Attribute]:
    """Return the named attributes by name in lower case; of two the last."""
    return {node.name.lower(): node for node in shortcode.attribute_nodes if node.name}


def no_figures(region: str, nodes: Mapping[str, Attribute], open_span: Span) -> Diagnostic:
    """Return that the source knows nothing about a region."""
    span = nodes["region"].span if "region" in nodes else open_span
    return Diagnostic("SC504", f"the source has no figures for region {shown(region)}", span)


def low_contrast(
    font: Colour, ground: Colour, nodes: Mapping[str, Attribute]
) -> Iterator[Diagnostic]:
    """Give that small text will be hard to read in the colours of an author."""
    given = [nodes[name].span for name in ("font-color", "bg-color") if name in nodes]
    if not given:
        return
    found = contrast(font, ground)
    colours = f"{font.css} on {ground.css}"
    if found is None:
        message = f"the contrast of {colours} cannot be told"
    elif found < AA:
        message = f"{colours} has a contrast of {found:.2f}, less than {AA}"
    else:
        return
    yield Diagnostic("SC505", message, given[0], "info")


def shown(text: str) -> str:
    """Return a value the way a message quotes it: short, and on one line."""
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")

"""Gaps: what is between the attributes of an opening tag, their names and values."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.nodes import Shortcode, Span


def read_gaps(shortcode: Shortcode) -> str:
    """Return all that is between the names and values of an opening tag."""
    source = shortcode.document.source
    return "".join(source[start:end] for start, end in find_gaps(shortcode))


def find_gaps(shortcode: Shortcode) -> Iterator[Span]:
    """Yield the spans of an opening tag that are outside its names and values, in order."""
    position, end = shortcode.open_span
    for attribute in shortcode.attribute_nodes:
        yield position, attribute.span[0]
        if attribute.name_span:
            opening = attribute.quotes[0] if attribute.quotes else ""
            yield attribute.name_span[1], attribute.value_span[0] - len(opening)
        position = attribute.span[1]
    yield position, end

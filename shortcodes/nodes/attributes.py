"""Attributes: the names and values of an opening tag, as nodes and as plain values."""

from __future__ import annotations

from typing import NamedTuple

Span = tuple[int, int]
"""The start and end of a part of the text, in code points, the end exclusive."""

Values = tuple[dict[str, str], tuple[str, ...]]
"""The values of named attributes, by name, and those of positional attributes. Of several
attributes with one name the last one wins."""


def shift_span(span: Span, offset: int) -> Span:
    """Return a span in a text of which its own begins at an offset."""
    return span[0] + offset, span[1] + offset


class Attribute(NamedTuple):
    """One attribute of an opening tag, named or positional."""

    name: str | None
    """The name as written; `None` if the attribute is positional."""
    value: str
    """The value without its quotes, with entities decoded and everything else as written."""
    raw: str
    """The value as written between its quotes, or without quotes, before entities are decoded."""
    quotes: tuple[str, str] | None
    """The opening and closing quote as written; `None` if the value has none. The closing quote is
    empty if the value is never closed, or if a lone quote is an empty value."""
    span: Span
    """The whole attribute: name, equals sign and value with its quotes."""
    name_span: Span | None
    """The name; `None` if the attribute is positional."""
    value_span: Span
    """The value without its quotes: the span of `raw`."""

"""Doubting: opening tags whose quotes say that neither reading is what was meant.

Both dialects take what stands there for a value; a person sees that a quote, a bracket or a space
is missing. Nothing rewrites such a tag as it was read.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from shortcodes.diagnostics import Edit
from shortcodes.nodes import Attribute, Shortcode, Span

Kind = Literal["runaway", "separated", "swallowed"]

_TAG = re.compile(r"\[/?[A-Za-z]")
_DOUBLE, _SINGLE = '"“”„‟″‶«»＂', "'‘’‚‛′‵"


class Doubt(NamedTuple):
    """What seems to be wrong in an opening tag, and what would mend it."""

    kind: Kind
    """A "]" is missing, something separates attributes, or the end of a quoted value is missing."""
    span: Span
    edits: tuple[Edit, ...]


def doubt(text: str, shortcode: Shortcode) -> Doubt | None:
    """Return what is doubtful in the opening tag of a shortcode, if anything is."""
    named = 0
    for attribute in shortcode.attribute_nodes:
        if attribute.quotes is None and _TAG.search(attribute.raw):
            return _runaway(shortcode, named) if named else None
        if attribute.quotes and attribute.raw:
            found = _doubt(text, shortcode, attribute, attribute.quotes[0])
            if found:
                return found
        named = attribute.span[1] if attribute.name else named
    return None


def _runaway(shortcode: Shortcode, place: int) -> Doubt:
    return Doubt("runaway", (shortcode.open_span[0], place), (Edit((place, place), "]"),))


def _doubt(text: str, shortcode: Shortcode, attribute: Attribute, quote: str) -> Doubt | None:
    patterns = _PATTERNS.get(quote)
    if patterns is None or not patterns.quote.search(attribute.raw):
        return None
    start, end = attribute.value_span
    if tag := _TAG.search(text, start, end):
        begin = max(start, *(text.rfind(bracket, start, tag.start()) for bracket in "[]"))
        if match := patterns.ending.search(text, begin, tag.start() + 1):
            return _runaway(shortcode, match.end())
    spans = [match.span(1) for match in patterns.separated.finditer(text, start, end)]
    if spans:
        return Doubt("separated", spans[0], tuple(Edit(span, " ") for span in spans))
    match = patterns.swallowed.search(text, start, end)
    if match and not _in_tag(text[start : match.start()]):
        place = match.start()
        return Doubt("swallowed", (attribute.span[0], place), (Edit((place, place), quote),))
    return None


def _in_tag(before: str) -> bool:
    """Whether an HTML tag is open at the end of a text."""
    return before.rfind("<") > before.rfind(">")


class _Patterns(NamedTuple):
    quote: re.Pattern[str]
    ending: re.Pattern[str]
    """A quote that could end the value, if a tag ends behind it."""
    separated: re.Pattern[str]
    """A quote that could, what is no space, and another attribute."""
    swallowed: re.Pattern[str]
    """Another attribute whose quote would end the value."""


def _patterns(quotes: str) -> _Patterns:
    one = f"[{quotes}]"
    return _Patterns(
        quote=re.compile(one),
        ending=re.compile(rf"{one}(?=[\s\[])"),
        separated=re.compile(rf"{one}(\s*+[,;]\s*+)[\w-]++\s*+=\s*+{one}"),
        swallowed=re.compile(rf"(?<![\s=])\s++[\w-]++={one}"),
    )


_PATTERNS = {
    quote: patterns
    for quotes in (_DOUBLE, _SINGLE)
    for patterns in [_patterns(quotes)]
    for quote in quotes
}

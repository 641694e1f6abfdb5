"""Damage: opening tags whose quotes show that neither dialect reads what was meant.

Both dialects read a value there; a person sees that a quote, a bracket or a space is missing. Such
a tag is never rewritten the way it was read.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from shortcodes.diagnostics import Edit
from shortcodes.lenient.grammar import quote_marks
from shortcodes.nodes import Attribute, Shortcode, Span

Kind = Literal["runaway", "separated", "swallowed"]

_TAG = re.compile(r"\[/?[A-Za-z]")
_DOUBLE, _SINGLE, _ = quote_marks()


class Damage(NamedTuple):
    """What seems to be wrong in an opening tag, and the edits that would repair it."""

    kind: Kind
    """What is wrong: "runaway" if a "]" is missing, "separated" if a comma or semicolon separates
    attributes, "swallowed" if the closing quote of a value is missing."""
    span: Span
    edits: tuple[Edit, ...]


def find_damage(text: str, shortcode: Shortcode) -> Damage | None:
    """Return what seems to be wrong in the opening tag of a shortcode, if anything does."""
    named_end = 0
    for attribute in shortcode.attribute_nodes:
        if attribute.quotes is None and _TAG.search(attribute.raw):
            return _build_runaway(shortcode, named_end) if named_end else None
        if attribute.quotes and attribute.raw:
            damage = _find_in_value(text, shortcode, attribute, attribute.quotes[0])
            if damage:
                return damage
        named_end = attribute.span[1] if attribute.name else named_end
    return None


def _build_runaway(shortcode: Shortcode, offset: int) -> Damage:
    return Damage("runaway", (shortcode.open_span[0], offset), (Edit((offset, offset), "]"),))


def _find_in_value(
    text: str, shortcode: Shortcode, attribute: Attribute, quote: str
) -> Damage | None:
    patterns = _PATTERNS.get(quote)
    if patterns is None or not patterns.quote.search(attribute.raw):
        return None
    start, end = attribute.value_span
    if tag := _TAG.search(text, start, end):
        begin = max(start, *(text.rfind(bracket, start, tag.start()) for bracket in "[]"))
        if match := patterns.ending.search(text, begin, tag.start() + 1):
            return _build_runaway(shortcode, match.end())
    spans = [match.span(1) for match in patterns.separated.finditer(text, start, end)]
    if spans:
        return Damage("separated", spans[0], tuple(Edit(span, " ") for span in spans))
    match = patterns.swallowed.search(text, start, end)
    if match and not _ends_in_tag(text[start : match.start()]):
        offset = match.start()
        return Damage("swallowed", (attribute.span[0], offset), (Edit((offset, offset), quote),))
    return None


def _ends_in_tag(text: str) -> bool:
    """Return whether an HTML tag is open at the end of a text."""
    return text.rfind("<") > text.rfind(">")


class _Patterns(NamedTuple):
    quote: re.Pattern[str]
    ending: re.Pattern[str]
    """A quote that could end the value, if a tag begins after it."""
    separated: re.Pattern[str]
    """A quote that could end the value, a separator that is not white space, another attribute."""
    swallowed: re.Pattern[str]
    """Another attribute whose quote would end the value."""


def _build_patterns(quotes: str) -> _Patterns:
    quote = f"[{quotes}]"
    return _Patterns(
        quote=re.compile(quote),
        ending=re.compile(rf"{quote}(?=[\s\[])"),
        separated=re.compile(rf"{quote}(\s*+[,;]\s*+)[\w-]++\s*+=\s*+{quote}"),
        swallowed=re.compile(rf"(?<![\s=])\s++[\w-]++={quote}"),
    )


_PATTERNS = {
    quote: patterns
    for quotes in (_DOUBLE, _SINGLE)
    for patterns in [_build_patterns(quotes)]
    for quote in quotes
}

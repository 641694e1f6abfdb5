"""Damage: opening tags whose quotes show that neither dialect reads what was meant.

Both dialects read a value there; a person sees that a quote, a bracket or a space is missing. Such
a tag is never rewritten the way it was read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from shortcodes.diagnostics import Edit
from shortcodes.lenient.grammar import quote_marks
from shortcodes.nodes import Attribute, Shortcode, Span

Kind = Literal["runaway", "separated", "swallowed", "unassigned"]

_TAG = re.compile(r"\[/?[A-Za-z]")
_DOUBLE, _SINGLE, _ = quote_marks()
_SIGNS = r"[:=~>\-\u2010-\u2015\u2192\uFE66\uFF1A\uFF1D]*+"
_NAME_AND_SIGN = re.compile(rf"([A-Za-z](?:\w|-++(?=\w)|(?!).)*+)({_SIGNS})", re.ASCII)
"""A name, and what people write after it for an equals sign."""
_SIGN = re.compile(_SIGNS)
_OTHER_SIGN = re.compile(
    rf"(?<=[\s{_DOUBLE}{_SINGLE}])([A-Za-z]\w*+)(?=\W)({_SIGNS})(?<!\w)(?=[{_DOUBLE}{_SINGLE}])",
    re.ASCII,
)
"""A name in a tag, with such a sign before a quote."""


class Damage(NamedTuple):
    """What seems to be wrong in an opening tag, and the edits that would repair it."""

    kind: Kind
    """What is wrong: "runaway" if a "]" is missing, "separated" if a comma or semicolon separates
    attributes, "swallowed" if the closing quote of a value is missing, "unassigned" if another sign
    than "=", or none, is between a name and a value."""
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
    return _find_unassigned(shortcode) if shortcode.positional else None


def _find_unassigned(shortcode: Shortcode) -> Damage | None:
    """Return the damage of a tag in which quoted values follow names without an equals sign."""
    first: Span | None = None
    signs: set[Span] = set()
    for before, after in pairwise(shortcode.attribute_nodes):
        if before.quotes is None and after.quotes and after.name is None:
            sign = _find_sign(before, after)
            if sign:
                first = first or (before.span[0], after.span[1])
                signs.add(sign)
    if first is None:
        return None
    further = _OTHER_SIGN.finditer(shortcode.document.source, *shortcode.open_span)
    names = [match for match in further if match[2] != "="]
    end = min([first[1], *(match.start() for match in names if match.start() > first[0])])
    edits = [Edit(span, "=") for span in sorted(signs.union(match.span(2) for match in names))]
    text = shortcode.document.source[first[0] : end].rstrip()
    return Damage("unassigned", (first[0], first[0] + len(text)), tuple(edits))


def _find_sign(before: Attribute, after: Attribute) -> Span | None:
    """Return the span of what is written for the equals sign between a word and a value."""
    is_adjacent = before.span[1] == after.span[0]
    if before.name is None:
        match = _NAME_AND_SIGN.fullmatch(before.raw)
        if match and (is_adjacent or match[2]):
            return before.span[0] + match.end(1), after.span[0]
    elif before.name_span and before.raw and is_adjacent and _SIGN.fullmatch(before.raw):
        return before.name_span[1], after.span[0]
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


def apply_to_tag(shortcode: Shortcode, edits: Sequence[Edit]) -> str:
    """Return the opening tag of a shortcode after edits in it."""
    text, (start, end) = shortcode.document.source, shortcode.open_span
    parts, offset = [], start
    for edit in edits:
        parts += [text[offset : edit.span[0]], edit.text]
        offset = edit.span[1]
    return "".join([*parts, text[offset:end]])

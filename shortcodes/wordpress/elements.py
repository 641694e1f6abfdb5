"""Elements: the HTML in a text whose brackets WordPress hides from the text around it.

In some parts of them it looks for shortcodes all the same (rules 30 to 37).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_HARMLESS = re.compile(r"[^<]*+(?:<(?!!--|!\[CDATA\[)[^>\[\]]*+>[^<]*+|(?!).)*+")
_HIDING = (("<!--", "-->", 2), ("<![CDATA[", "]]>", 9))
"""How comments and CDATA begin and end, and after how many code points the end may follow."""

_ELEMENT_NAME = re.compile(r"<\s*+[a-zA-Z0-9]++\s*+", re.ASCII)
_LOOKS_LIKE_SHORTCODE = re.compile(r"<\s*+\[\[?[^\[\]]++\]", re.ASCII)
_ATTRIBUTE = (
    r"(?:[_a-zA-Z][\w:.-]*+|\[\[?[^\[\]]++\]\]?)"
    r"""(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"']++(?=\s|\Z))|(?=\s|\Z))\s*+"""
)
_ONE_ATTRIBUTE = re.compile(_ATTRIBUTE, re.ASCII)
_ALL_ATTRIBUTES = re.compile(f"(?:{_ATTRIBUTE}|(?!).)*+", re.ASCII)
_SPACE = " \t\n\v\f\r"


class ElementPart(NamedTuple):
    """A part of an element in which WordPress looks for shortcodes: an attribute, or all of it."""

    start: int
    end: int
    is_quoted: bool
    """Whether a quote precedes the first bracket, so that the output of handlers is made safe."""


class Element(NamedTuple):
    """An element, comment or CDATA section that holds a bracket."""

    start: int
    end: int
    parts: tuple[ElementPart, ...]


def find_elements(text: str, *, ignore_html: bool = False) -> Iterator[Element]:
    """Yield the elements of a text that hold brackets, in order.

    With `ignore_html`, none of them has parts (rule 31).
    """
    position = 0
    while True:
        skipped = _HARMLESS.match(text, position)
        start = skipped.end() if skipped else position
        if start == len(text):
            return
        position, is_plain = _find_end(text, start)
        if text.find("[", start, position) >= 0:
            may_hold_shortcodes = (
                is_plain and text.find("]", start, position) >= 0 and not ignore_html
            )
            yield Element(
                start,
                position,
                tuple(_find_parts(text, start, position)) if may_hold_shortcodes else (),
            )
        elif text.find("]", start, position) >= 0:
            yield Element(start, position, ())


def hide_brackets(text: str) -> str:
    """Return a text with its brackets replaced by the entities that hide them (rule 4)."""
    return text.replace("[", "&#91;").replace("]", "&#93;")


def _find_end(text: str, start: int) -> tuple[int, bool]:
    """Return the end of an element, and whether it is neither a comment nor CDATA (rule 30)."""
    for opening, closing, skip in _HIDING:
        if text.startswith(opening, start):
            end = text.find(closing, start + skip)
            return (end + len(closing) if end >= 0 else len(text)), False
    end = text.find(">", start)
    return (end + 1 if end >= 0 else len(text)), True


def _find_parts(text: str, start: int, end: int) -> Iterator[ElementPart]:
    """Yield the parts of an element in which WordPress looks for shortcodes (rules 33 and 34)."""
    name = _ELEMENT_NAME.match(text, start, end)
    inside = _find_attributes_end(text, name.end(), end) if name else None
    if name is None or inside is None or not _ALL_ATTRIBUTES.fullmatch(text, name.end(), inside):
        if _LOOKS_LIKE_SHORTCODE.match(text, start, end):
            yield ElementPart(start, end, is_quoted=False)
        return
    for match in _ONE_ATTRIBUTE.finditer(text, name.end(), inside):
        attribute = match.group()
        bracket = attribute.find("[")
        if bracket >= 0 and "]" in attribute:
            before = attribute[:bracket]
            yield ElementPart(*match.span(), is_quoted='"' in before or "'" in before)


def _find_attributes_end(text: str, start: int, end: int) -> int:
    """Return the end of the attributes of an element: before its ">", or before the "/" there."""
    if text[end - 1] == ">":
        end -= 1
    inside = text[start:end].rstrip(_SPACE)
    if inside.endswith("/"):
        return start + len(inside[:-1].rstrip(_SPACE))
    return end

"""Elements: the HTML in a text whose brackets WordPress hides from the text around it, and the
places in it where it looks for shortcodes none the less (rules 30 to 37).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_HARMLESS = re.compile(r"[^<]*+(?:<(?!!--|!\[CDATA\[)[^>\[\]]*+>[^<]*+|(?!).)*+")
_HIDING = (("<!--", "-->", 2), ("<![CDATA[", "]]>", 9))
"""What begins a comment or CDATA, what ends it, and from where on the end is looked for."""

_ELEMENT_NAME = re.compile(r"<\s*+[a-zA-Z0-9]++\s*+", re.ASCII)
_LOOKS_LIKE_SHORTCODE = re.compile(r"<\s*+\[\[?[^\[\]]++\]", re.ASCII)
_ATTRIBUTE = (
    r"(?:[_a-zA-Z][\w:.-]*+|\[\[?[^\[\]]++\]\]?)"
    r"""(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"']++(?=\s|\Z))|(?=\s|\Z))\s*+"""
)
_ONE_ATTRIBUTE = re.compile(_ATTRIBUTE, re.ASCII)
_ALL_ATTRIBUTES = re.compile(f"(?:{_ATTRIBUTE}|(?!).)*+", re.ASCII)
_SPACE = " \t\n\v\f\r"


class Piece(NamedTuple):
    """A place in an element where shortcodes are looked for: an attribute, or all of it."""

    start: int
    end: int
    quoted: bool
    """A quote comes before the first bracket, so that what a handler gives has to be made safe."""


class Element(NamedTuple):
    """An element, comment or CDATA section that holds a bracket."""

    start: int
    end: int
    pieces: tuple[Piece, ...]


def elements(text: str, *, ignore_html: bool = False) -> Iterator[Element]:
    """Give the elements of a text that hold brackets, in order.

    With `ignore_html` none has pieces (rule 31).
    """
    position = 0
    while True:
        skipped = _HARMLESS.match(text, position)
        start = skipped.end() if skipped else position
        if start == len(text):
            return
        position, plain = _end(text, start)
        if text.find("[", start, position) >= 0:
            both = plain and text.find("]", start, position) >= 0 and not ignore_html
            yield Element(start, position, tuple(_pieces(text, start, position)) if both else ())
        elif text.find("]", start, position) >= 0:
            yield Element(start, position, ())


def hidden(text: str) -> str:
    """Return a text with its brackets as the entities that hide them until the end (rule 4)."""
    return text.replace("[", "&#91;").replace("]", "&#93;")


def _end(text: str, start: int) -> tuple[int, bool]:
    """Return where an element ends, and whether it is neither a comment nor CDATA (rule 30)."""
    for opening, closing, skip in _HIDING:
        if text.startswith(opening, start):
            end = text.find(closing, start + skip)
            return (end + len(closing) if end >= 0 else len(text)), False
    end = text.find(">", start)
    return (end + 1 if end >= 0 else len(text)), True


def _pieces(text: str, start: int, end: int) -> Iterator[Piece]:
    """Give the places in an element where shortcodes are looked for (rules 33 and 34)."""
    name = _ELEMENT_NAME.match(text, start, end)
    inside = _inside(text, name.end(), end) if name else None
    if name is None or inside is None or not _ALL_ATTRIBUTES.fullmatch(text, name.end(), inside):
        if _LOOKS_LIKE_SHORTCODE.match(text, start, end):
            yield Piece(start, end, quoted=False)
        return
    for match in _ONE_ATTRIBUTE.finditer(text, name.end(), inside):
        attribute = match.group()
        bracket = attribute.find("[")
        if bracket >= 0 and "]" in attribute:
            before = attribute[:bracket]
            yield Piece(*match.span(), quoted='"' in before or "'" in before)


def _inside(text: str, start: int, end: int) -> int:
    """Return where the attributes of an element end: before its ">", or the slash before that."""
    if text[end - 1] == ">":
        end -= 1
    inside = text[start:end].rstrip(_SPACE)
    if inside.endswith("/"):
        return start + len(inside[:-1].rstrip(_SPACE))
    return end

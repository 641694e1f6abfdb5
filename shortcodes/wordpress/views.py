"""Views: a text as WordPress looks for shortcodes in it, with what it hides from itself hidden.

Of the same length as the text, so that a place in a view is the same place in the text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from shortcodes.wordpress.elements import Piece, elements, hidden

_MASK = str.maketrans("[]", "&&")  # what WordPress puts there begins with the same character
_ENTITY_OR_BRACKET = re.compile(r"&#9([13]);|[\[\]]")


class Views(NamedTuple):
    """The two views of a text."""

    outer: str
    """Without the brackets of elements: where the shortcodes of the text are looked for."""
    inner: str
    """With those in `pieces`: where the shortcodes of elements are looked for."""
    pieces: tuple[Piece, ...]


def views(text: str) -> Views:
    """Return the views of a text (rules 30 to 34)."""
    outer: list[str] = []
    inner: list[str] = []
    pieces: list[Piece] = []
    position = 0
    for element in elements(text) if "<" in text else ():
        between, inside = text[position : element.start], text[element.start : element.end]
        masked = inside.translate(_MASK)
        outer += (between, masked)
        inner.append(between)
        position = element.start
        for piece in element.pieces:
            inner.append(masked[position - element.start : piece.start - element.start])
            inner.append(text[piece.start : piece.end])
            position = piece.end
        inner.append(masked[position - element.start :])
        position = element.end
        pieces += element.pieces
    if not position:
        return Views(text, text, ())
    rest = text[position:]
    made = "".join((*outer, rest))
    return Views(made, "".join((*inner, rest)) if pieces else made, tuple(pieces))


def as_seen(raw: str, view: str, *, nested: bool) -> str:
    """Return a value as a handler gets it: hidden brackets as entities (rule 4).

    `view` is the part of the view at the place of `raw`. What is `nested` in a content has been
    through this twice.
    """
    if "&" not in view:
        return raw

    def seen(match: re.Match[str]) -> str:
        if match[1]:
            return f"&#09{match[1]};"
        if view[match.start()] == match[0]:
            return match[0]
        return hidden(match[0]).replace("#", "#0") if nested else hidden(match[0])

    return _ENTITY_OR_BRACKET.sub(seen, raw)

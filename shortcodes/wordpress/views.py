"""Views: a text as WordPress looks for shortcodes in it, without the brackets that it hides.

A view is as long as the text, so that offsets are the same in both.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from shortcodes.wordpress.elements import ElementPart, find_elements, hide_brackets

_MASK = str.maketrans("[]", "&&")  # what WordPress puts there begins with the same character
_ENTITY_OR_BRACKET = re.compile(r"&#9([13]);|[\[\]]")


class Views(NamedTuple):
    """The two views of a text."""

    outer: str
    """The text without the brackets of elements, for the shortcodes of the text."""
    inner: str
    """The text with the brackets in `parts`, for the shortcodes in elements."""
    parts: tuple[ElementPart, ...]


def make_views(text: str) -> Views:
    """Return the views of a text (rules 30 to 34)."""
    outer: list[str] = []
    inner: list[str] = []
    parts: list[ElementPart] = []
    position = 0
    for element in find_elements(text) if "<" in text else ():
        between, inside = text[position : element.start], text[element.start : element.end]
        masked = inside.translate(_MASK)
        outer += (between, masked)
        inner.append(between)
        position = element.start
        for part in element.parts:
            inner.append(masked[position - element.start : part.start - element.start])
            inner.append(text[part.start : part.end])
            position = part.end
        inner.append(masked[position - element.start :])
        position = element.end
        parts += element.parts
    if not position:
        return Views(text, text, ())
    outer.append(text[position:])
    outer_view = inner_view = "".join(outer)
    if parts:
        inner_view = "".join((*inner, text[position:]))
    return Views(outer_view, inner_view, tuple(parts))


def show_brackets(raw: str, view: str, *, nested: bool) -> str:
    """Return a value as a handler gets it, with hidden brackets as entities (rule 4).

    Args:
        raw: The value as written.
        view: The same span of the view.
        nested: Whether the shortcode is in the content of another one, so that its brackets were
            hidden twice.
    """
    if "&" not in view:
        return raw

    def replace(match: re.Match[str]) -> str:
        if match[1]:
            return f"&#09{match[1]};"
        if view[match.start()] == match[0]:
            return match[0]
        return hide_brackets(match[0]).replace("#", "#0") if nested else hide_brackets(match[0])

    return _ENTITY_OR_BRACKET.sub(replace, raw)

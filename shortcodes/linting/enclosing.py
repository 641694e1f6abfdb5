"""Closing tags that are forgotten, or written as opening ones, by what schemas say of a tag."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import NamedTuple

from shortcodes.nodes import Shortcode, Span
from shortcodes.schemas.encloses import Encloses

_END = re.compile(
    r"\n[ \t\r]*+\n|</(?:[pP]|[dD][iI][vV]|[lL][iI]|[tT][dDhH]|"
    r"[bB][lL][oO][cC][kK][qQ][uU][oO][tT][eE])\b|\Z"
)
_EMPTY = re.compile(r"(?:\s|</?(?:[pP]|[bB][rR])\b[^<>]*+>|(?!).)++")
"""What a likely content does not begin with."""
_LONGEST_SPACE = 100
"""How many spaces before the likely place of a closing tag are left behind it."""


class Unclosed(NamedTuple):
    """A shortcode that always encloses text, and is never closed."""

    shortcode: Shortcode
    place: int
    """Where its closing tag may belong."""


class Misclosed(NamedTuple):
    """A tag that was meant as a closing tag, and what it closes."""

    shortcode: Shortcode
    closes: Span


class Enclosing(NamedTuple):
    """What is wrong with the closing tags of a text, by its schemas."""

    unclosed: tuple[Unclosed, ...] = ()
    misclosed: tuple[Misclosed, ...] = ()
    needless: tuple[Shortcode, ...] = ()
    """Shortcodes that enclose text, and never use it."""


def find_enclosing(
    text: str,
    shortcodes: Iterable[Shortcode],
    find_use: Callable[[str], Encloses | None],
    lacks: Callable[[Shortcode], bool],
) -> Enclosing:
    """Return what is wrong with the closing tags of a text.

    Args:
        text: The text.
        shortcodes: Those of the text, in order.
        find_use: Returns what the schema of a name says about enclosed text.
        lacks: Returns whether a shortcode lacks an attribute that its schema requires.
    """
    pending: dict[str, _Opener] = {}
    unclosed: list[_Opener] = []
    misclosed: list[Misclosed] = []
    needless: list[Shortcode] = []
    paragraphs = _Paragraphs(text)
    scopes = [len(text)]  # the ends of the contents that enclose a shortcode
    for shortcode in shortcodes:
        name, start, use = shortcode.name, shortcode.open_span[0], find_use(shortcode.name)
        while start >= scopes[-1] and len(scopes) > 1:
            scopes.pop()
        opener = pending.pop(name, None)
        is_closed = shortcode.close_span is not None
        is_bare = not (is_closed or any(shortcode.values))
        is_meant = is_bare and (use == "always" or lacks(shortcode))
        if opener and is_meant and start < opener.limit and paragraphs.may_close(opener, shortcode):
            misclosed.append(Misclosed(shortcode, opener.shortcode.open_span))
            continue
        if opener and use == "always":
            unclosed.append(opener._replace(limit=min(opener.limit, start)))
        if shortcode.close_span:
            scopes.append(shortcode.close_span[0])
            if use == "never":
                needless.append(shortcode)
        if shortcode.kind == "standalone" and use != "never":
            pending[name] = _Opener(shortcode, scopes[-1])
    unclosed += (o for o in pending.values() if find_use(o.shortcode.name) == "always")
    places = [Unclosed(o.shortcode, paragraphs.find_place(o)) for o in unclosed]
    return Enclosing(tuple(places), tuple(misclosed), tuple(needless))


class _Opener(NamedTuple):
    shortcode: Shortcode
    limit: int
    """Before which its closing tag belongs."""


class _Paragraphs:
    """The paragraphs of a text."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _ends(self) -> list[int]:
        return [match.start() for match in _END.finditer(self._text)]

    def _find_end(self, offset: int) -> int:
        return self._ends[bisect_left(self._ends, offset)]

    def may_close(self, opener: _Opener, shortcode: Shortcode) -> bool:
        """Return whether a tag without attributes may have been meant to close another one: it ends
        in a slash, is in the same paragraph, or ends one.
        """
        begin, (start, end) = opener.shortcode.open_span[1], shortcode.open_span
        if shortcode.kind == "self-closing" or start <= self._find_end(begin):
            return True
        empty = _EMPTY.match(self._text, end)
        return self._find_end(end) <= (empty.end() if empty else end)

    def find_place(self, opener: _Opener) -> int:
        """Return where the closing tag of a shortcode may belong: at the end of its paragraph, or
        of the next one if no text follows it there.
        """
        begin = opener.shortcode.open_span[1]
        empty = _EMPTY.match(self._text, begin, opener.limit)
        place = min(self._find_end(empty.end() if empty else begin), opener.limit)
        for _ in range(_LONGEST_SPACE):
            if place <= begin or not self._text[place - 1].isspace():
                break
            place -= 1
        return place

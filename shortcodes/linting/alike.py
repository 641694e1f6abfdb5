"""Alike: what all dialects read the same, as far as it can be told without a second reading.

Most delimiters and texts are. What is not told to be alike may be so nevertheless: then both
readings are made.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from shortcodes.nodes import Row

_IN_QUOTES = r"""(?:"[^"“”„‟″‶«»＂\[\]<>&\\]*+(?<!=)"|'[^'‘’‚‛′‵\[\]<>&\\]*+(?<!=)')"""
_BARE = r"""[^\s\u00A0\u200B\u202F\[\]=/"'“”„‟″‶«»＂‘’‚‛′‵<>&\\]++"""
PLAIN = re.compile(
    rf"\[[A-Za-z][\w-]*+(?:\s++(?:(?!0=)[\w-]++=(?:{_IN_QUOTES}(?=\s*+(?:[\w-]++=|/?\]))|{_BARE}(?=[\s\]]))"
    rf"|{_BARE}(?=[\s\]]))|(?!).)*+\s*+/?\]",
    re.ASCII,
)
"""An opening delimiter that all dialects read alike: of what the grammar calls healthy, that which
needs no thought in WordPress either."""


_RUN = re.compile(r"\[([^<>&/\[\]=\x00-\x20]++)")
_CLOSING = re.compile(r"\[/([^<>&/\[\]=\x00-\x20]++)\]")
_NAME = re.compile(r"[\w-]*+", re.ASCII)
_COMMENT = r"!--(?:[^<>\[\]-]|-(?!->)|(?!).)*+(?:-->|\Z)"
_NO_BRACKETS_IN_ELEMENTS = re.compile(
    rf"[^<]*+(?:<(?:{_COMMENT}|(?!!--)[^<>\[\]]*+(?:>|\Z))[^<]*+|(?!).)*+"
)


def begun(text: str) -> list[str]:
    """Return what stands behind every bracket that WordPress may take for a name."""
    return _RUN.findall(text)


def alike(text: str, rows: Sequence[Row], names: Iterable[str]) -> bool:
    """Return whether WordPress finds what these rows say, whose opening delimiters it reads alike.

    True only where nothing else in the text begins like one of the names, no HTML element holds a
    bracket, nothing is escaped, and each is closed by the first closing tag of its name behind it.
    """
    if "[[" in text or not _NO_BRACKETS_IN_ELEMENTS.fullmatch(text):
        return False
    known = frozenset(names)
    count = 0
    for run in begun(text):
        if run in known:
            count += 1
        elif (match := _NAME.match(run)) and match[0] in known:
            return False
    return count == len(rows) and ("[/" not in text or _closed_alike(text, rows))


def _closed_alike(text: str, rows: Sequence[Row]) -> bool:
    places: dict[str, list[int]] = {}
    for match in _CLOSING.finditer(text):
        places.setdefault(match[1], []).append(match.start())
    scopes = [len(text)]  # where the contents end that a row stands in
    for name, start, open_end, closing, end, _, _ in rows:
        while start >= scopes[-1] < len(text):
            scopes.pop()
        found = places.get(name, ())
        place = bisect_left(found, open_end)
        first = found[place] if place < len(found) else len(text)
        if text[open_end - 2] == "/":
            if closing:
                return False
        elif closing:
            if first != closing or end > scopes[-1]:
                return False
            scopes.append(closing)
        elif first < scopes[-1]:
            return False
    return True

"""Agreement: whether all dialects read a text the same, found without reading it twice.

Most texts, and most delimiters, are read the same. A negative answer is only a suspicion: then the
text is read in both dialects, and the readings are compared.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from shortcodes.lenient.grammar import quote_marks
from shortcodes.nodes import Row

_MARKS = quote_marks()
_IN_QUOTES = rf"(?:\"[^{_MARKS.double}\[\]<>&\\]*+(?<!=)\"|'[^{_MARKS.single}\[\]<>&\\]*+(?<!=)')"
_GAP = r"\u0085\u00A0\u061C\u2000-\u200B\u200E\u200F\u2028-\u202F\u205F\u2066-\u2069\u3000\uFEFF"
_BARE = rf"[^\s{_GAP}\[\]=/{_MARKS.all}<>&\\]++"
PLAIN = re.compile(
    rf"\[[A-Za-z][\w-]*+(?:\s++(?:(?!0=)[\w-]++=(?:{_IN_QUOTES}(?=\s*+(?:[\w-]++=|/?\]))|{_BARE}(?=[\s\]]))"
    rf"|{_BARE}(?=[\s\]]))|(?!).)*+\s*+/?\]",
    re.ASCII,
)
"""An opening delimiter that all dialects read the same: the part of what the grammar calls healthy
that is simple in WordPress too."""


_RUN = re.compile(r"\[([^<>&/\[\]=\x00-\x20]++)")
_CLOSING = re.compile(r"\[/([^<>&/\[\]=\x00-\x20]++)\]")
_NAME = re.compile(r"[\w-]*+", re.ASCII)
_COMMENT = r"!--(?:[^<>\[\]-]|-(?!->)|(?!).)*+(?:-->|\Z)"
_NO_BRACKETS_IN_ELEMENTS = re.compile(
    rf"[^<]*+(?:<(?:{_COMMENT}|(?!!--)[^<>\[\]]*+(?:>|\Z))[^<]*+|(?!).)*+"
)


def find_possible_names(text: str) -> list[str]:
    """Return what follows each opening bracket that WordPress may take for a name."""
    return _RUN.findall(text)


def find_closing_names(text: str) -> list[str]:
    """Return the names in everything that looks like a closing tag."""
    return _CLOSING.findall(text)


def is_read_alike(text: str, rows: Sequence[Row], names: Iterable[str]) -> bool:
    """Return whether WordPress certainly finds the shortcodes of these rows, and no others.

    The opening delimiters of the rows must already be known to be read the same. The answer is
    `True` only if nothing else in the text begins like one of the names, no HTML element contains
    a bracket, nothing is escaped, and each shortcode is closed by the next closing tag with its
    name.
    """
    if "[[" in text or not _NO_BRACKETS_IN_ELEMENTS.fullmatch(text):
        return False
    known = frozenset(names)
    count = 0
    for run in find_possible_names(text):
        if run in known:
            count += 1
        elif (match := _NAME.match(run)) and match[0] in known:
            return False
    return count == len(rows) and ("[/" not in text or _are_closed_alike(text, rows))


def _are_closed_alike(text: str, rows: Sequence[Row]) -> bool:
    closing_tags: dict[str, list[int]] = {}
    for match in _CLOSING.finditer(text):
        closing_tags.setdefault(match[1], []).append(match.start())
    scopes = [len(text)]  # the ends of the contents that enclose a row
    for name, start, open_end, closing, end, _, _ in rows:
        while start >= scopes[-1] < len(text):
            scopes.pop()
        candidates = closing_tags.get(name, ())
        index = bisect_left(candidates, open_end)
        next_closing = candidates[index] if index < len(candidates) else len(text)
        if text[open_end - 2] == "/":
            if closing:
                return False
        elif closing:
            if next_closing != closing or end > scopes[-1]:
                return False
            scopes.append(closing)
        elif next_closing < scopes[-1]:
            return False
    return True

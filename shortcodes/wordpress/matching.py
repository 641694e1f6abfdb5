"""Matching: from the openings of a text to the shortcodes WordPress sees, none inside another.

Second stage of the WordPress dialect (rules 5 to 16). One pass; closing tags are indexed once, so
that no opening searches ahead of itself.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from shortcodes.wordpress.names import Names, Opening

_NONE: list[int] = []


class Match(NamedTuple):
    """One shortcode or escape, as offsets into the text."""

    start: int
    """With the further bracket before it, where one stands."""
    end: int
    """With the further bracket behind it."""
    left: bool
    """A further opening bracket stands before it."""
    right: bool
    """A further closing bracket stands behind it."""
    name: str
    attributes_start: int
    attributes_end: int
    """Before the slash of a self-closing one."""
    self_closing: bool
    content_start: int
    """Behind the "]" of the opening delimiter, or of a whole one without closing tag."""
    content_end: int
    """Where the closing tag begins; `content_start` where there is none."""
    close_end: int
    """Behind the closing tag; `content_start` where there is none."""

    @property
    def escaped(self) -> bool:
        """Whether doubled brackets stand around it (rule 15)."""
        return self.left and self.right


Written = tuple[int, int, str, str, str, str, str, str]
"""Start and end of one shortcode or escape, and its parts as written: the further opening bracket,
the name, the attributes, the slash, the content, the further closing bracket. What is not there is
empty."""


class Closings:
    """The closing tags of a text, looked up by name; indexed when first asked for."""

    def __init__(self, text: str, names: Names) -> None:
        self._text = text
        self._names = names
        self._found: dict[str, list[int]] | None = None

    def after(self, name: str, position: int, end: int) -> int:
        """Return where the first closing tag of a name begins that lies between the two, or -1."""
        if self._found is None:
            self._found = self._names.closings(self._text)
        starts = self._found.get(name, _NONE)
        place = bisect_left(starts, position)
        if place < len(starts) and starts[place] + len(name) + 3 <= end:
            return starts[place]
        return -1


def complete(text: str, opening: Opening, bracket: int, end: int, closings: Closings) -> Match:
    """Return the shortcode that an opening begins whose delimiter ends with the "]" at `bracket`,
    in a text that is taken to end at `end`.
    """
    start, left, name, name_end = opening
    content = content_end = close_end = bracket + 1
    self_closing = text[bracket - 1] == "/"
    if not self_closing:
        closing = closings.after(name, content, end)
        if closing >= 0:
            content_end, close_end = closing, closing + len(name) + 3
    right = close_end < end and text[close_end] == "]"
    return Match(
        start - left,
        close_end + right,
        left > 0,
        right,
        name,
        name_end,
        bracket - self_closing,
        self_closing,
        content,
        content_end,
        close_end,
    )


def matches(text: str, names: Names) -> Iterator[Written]:
    """Give the shortcodes and escapes of a text, leftmost first, none inside another."""
    closings = Closings(text, names)
    last = text.rfind("]")  # behind it there is none (rule 10)
    delimiters = _delimiters(text, names, 0, last)
    position = 0
    while delimiter := next(delimiters, None):
        start, end, left, name, attributes = delimiter
        if start < position:
            continue
        slash = content = ""
        if attributes[-1:] == "/":
            attributes, slash = attributes[:-1], "/"
        elif (closing := closings.after(name, end, len(text))) >= 0:
            content = text[end:closing]
            end = closing + len(name) + 3
        right = text[end : end + 1]
        if right == "]":
            end += 1
        else:
            right = ""
        yield start, end, left, name, attributes, slash, content, right
        position = end
        if content:
            delimiters = _delimiters(text, names, end, last)


_Delimiter = tuple[int, int, str, str, str]
"""Start and end of an opening delimiter, the further bracket before it, the name, and what stands
between that and the "]"."""


def _delimiters(text: str, names: Names, start: int, last: int) -> Iterator[_Delimiter]:
    """Give the opening delimiters of a text from a place up to its last "]", none inside another
    (rule 9).
    """
    if names.few:
        for found in names.delimiter.finditer(text, start, last + 1):
            left, name, attributes = found.groups()
            yield found.start(), found.end(), left, name, attributes
        return
    for begin, left, name, name_end in names.openings(text, start):
        if name_end > last:
            return
        if begin >= start:
            bracket = text.index("]", name_end)
            start = bracket + 1
            yield begin - left, start, "[" * left, name, text[name_end:bracket]


def nested_matches(text: str, names: Names) -> Iterator[Match]:
    """Give the matches of a text, each followed by those of its content, and so on.

    That is the order in which asking the content of each would find them, without asking.
    """
    closings = Closings(text, names)
    scopes = [(len(text), text.rfind("]"), 0)]  # its end, its last bracket, where to go on
    position = 0
    for opening in names.openings(text):
        start, _, _, name_end = opening
        while start >= scopes[-1][0]:
            position = max(position, scopes.pop()[2])
        end, last, _ = scopes[-1]
        if start < position or name_end > last:
            continue
        match = complete(text, opening, text.index("]", name_end), end, closings)
        yield match
        position = match.end
        if match.content_end > match.content_start:
            inner_last = text.rfind("]", match.content_start, match.content_end)
            scopes.append((match.content_end, inner_last, match.end))
            position = match.content_start

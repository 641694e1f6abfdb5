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


def matches(text: str, names: Names) -> Iterator[Match]:
    """Give the shortcodes and escapes of a text, leftmost first, none inside another."""
    closings = Closings(text, names)
    position = 0
    for opening, bracket in _delimiters(text, names):
        if opening[0] >= position:
            match = complete(text, opening, bracket, len(text), closings)
            position = match.end
            yield match


def _delimiters(text: str, names: Names) -> Iterator[tuple[Opening, int]]:
    """Give the opening delimiters of a text, none inside another, each with its "]" (rule 9).

    Behind the last "]" there is none (rule 10).
    """
    last = text.rfind("]")
    if names.few:
        for found in names.delimiter.finditer(text, 0, last + 1):
            start, end = found.span()
            left = len(found[1])
            yield (start + left, left, found[2], found.end(2)), end - 1
        return
    position = 0
    for opening in names.openings(text):
        if opening[3] > last:
            return
        if opening[0] >= position:
            position = text.index("]", opening[3])
            yield opening, position


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

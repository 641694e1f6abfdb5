"""Matching: from the openings of a text to the shortcodes WordPress sees, none inside another.

This is the second stage of the WordPress dialect (rules 5 to 16). It takes one pass; closing tags
are indexed once, so that no opening searches ahead of itself.
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
    """The start, with the further bracket before it if there is one."""
    end: int
    """The end, with the further bracket after it if there is one."""
    has_left: bool
    """Whether a further opening bracket precedes it."""
    has_right: bool
    """Whether a further closing bracket follows it."""
    name: str
    attributes_start: int
    attributes_end: int
    """The end of the attributes, before the slash of a self-closing tag."""
    is_self_closing: bool
    content_start: int
    """After the "]" of the opening tag."""
    content_end: int
    """The start of the closing tag; `content_start` if there is none."""
    close_end: int
    """After the closing tag; `content_start` if there is none."""

    @property
    def is_escape(self) -> bool:
        """Whether doubled brackets are around it (rule 15)."""
        return self.has_left and self.has_right


MatchSource = tuple[int, int, str, str, str, str, str, str]
"""The start and end of a shortcode or escape, and its parts as written: the further opening
bracket, the name, the attributes, the slash, the content, the further closing bracket. A part that
it does not have is empty."""


class ClosingTags:
    """The closing tags of a text, by name; indexed when one is first asked for."""

    def __init__(self, text: str, names: Names) -> None:
        self._text = text
        self._names = names
        self._starts: dict[str, list[int]] | None = None

    def find_start(self, name: str, start: int, end: int) -> int:
        """Return the start of the first closing tag of a name between two offsets, or -1."""
        if self._starts is None:
            self._starts = self._names.find_closings(self._text)
        starts = self._starts.get(name, _NONE)
        index = bisect_left(starts, start)
        if index < len(starts) and starts[index] + len(name) + 3 <= end:
            return starts[index]
        return -1


def complete_match(
    text: str, opening: Opening, bracket: int, end: int, closings: ClosingTags
) -> Match:
    """Return the shortcode that an opening begins.

    Args:
        text: The text.
        opening: The beginning of the shortcode.
        bracket: The offset of the "]" that ends its opening tag.
        end: Where the text is taken to end.
        closings: The closing tags of the text.
    """
    start, left, name, name_end = opening
    content = content_end = close_end = bracket + 1
    is_self_closing = text[bracket - 1] == "/"
    if not is_self_closing:
        closing = closings.find_start(name, content, end)
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
        bracket - is_self_closing,
        is_self_closing,
        content,
        content_end,
        close_end,
    )


def iterate_matches(text: str, names: Names) -> Iterator[MatchSource]:
    """Yield the shortcodes and escapes of a text from left to right, none inside another."""
    closings = ClosingTags(text, names)
    last = text.rfind("]")  # after it there is none (rule 10)
    delimiters = _find_delimiters(text, names, 0, last)
    position = 0
    while delimiter := next(delimiters, None):
        start, end, left, name, attributes = delimiter
        if start < position:
            continue
        slash = content = ""
        if attributes[-1:] == "/":
            attributes, slash = attributes[:-1], "/"
        elif (closing := closings.find_start(name, end, len(text))) >= 0:
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
            delimiters = _find_delimiters(text, names, end, last)


_Delimiter = tuple[int, int, str, str, str]
"""The start and end of an opening delimiter, the further bracket before it, the name, and the text
between the name and the "]"."""


def _find_delimiters(text: str, names: Names, start: int, last: int) -> Iterator[_Delimiter]:
    """Yield the opening delimiters of a text from `start` up to its last "]", none inside another
    (rule 9).
    """
    if names.are_few:
        for match in names.delimiter.finditer(text, start, last + 1):
            left, name, attributes = match.groups()
            yield match.start(), match.end(), left, name, attributes
        return
    for begin, left, name, name_end in names.find_openings(text, start):
        if name_end > last:
            return
        if begin >= start:
            bracket = text.index("]", name_end)
            start = bracket + 1
            yield begin - left, start, "[" * left, name, text[name_end:bracket]


def find_nested_matches(text: str, names: Names) -> Iterator[Match]:
    """Yield the matches of a text, each followed by the matches in its content, and so on.

    This is the order in which a search of each content in turn would find them.
    """
    closings = ClosingTags(text, names)
    scopes = [(len(text), text.rfind("]"), 0)]  # the end, the last bracket, where to go on
    position = 0
    for opening in names.find_openings(text):
        start, _, _, name_end = opening
        while start >= scopes[-1][0]:
            position = max(position, scopes.pop()[2])
        end, last, _ = scopes[-1]
        if start < position or name_end > last:
            continue
        match = complete_match(text, opening, text.index("]", name_end), end, closings)
        yield match
        position = match.end
        if match.content_end > match.content_start:
            inner_last = text.rfind("]", match.content_start, match.content_end)
            scopes.append((match.content_end, inner_last, match.end))
            position = match.content_start

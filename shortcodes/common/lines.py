"""The lines of a text, and the positions at which people find its offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from shortcodes.common.checks import check_type

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_LINE_FEED = re.compile(r"\n")  # the search for it is much faster


class Position(NamedTuple):
    """A line and a column, both counted from 1, the column in code points."""

    line: int
    column: int


class Lines:
    """The lines of one text. A line ends at a line feed, a carriage return, or both."""

    __slots__ = ("_length", "starts")

    def __init__(self, text: str) -> None:
        breaks = _LINE_BREAK if "\r" in text else _LINE_FEED
        self.starts = [0, *(match.end() for match in breaks.finditer(text))]
        """The offset at which each line begins."""
        self._length = len(text)

    def get_start(self, line: int) -> int:
        """Return where a line begins; the line after the last one begins at the end of the text."""
        return self.starts[line - 1] if line <= len(self.starts) else self._length

    def find_line(self, offset: int) -> int:
        """Return the number of the line in which an offset lies."""
        return bisect_right(self.starts, offset)

    def find_position(self, offset: int) -> Position:
        """Return the line and column of an offset in code points.

        Raises:
            IndexError: The offset is outside the text.

        """
        check_type("offset", offset, int)
        if not 0 <= offset <= self._length:
            raise IndexError(f"offset {offset} is outside the text of {self._length}")
        line = self.find_line(offset)
        return Position(line, offset - self.starts[line - 1] + 1)

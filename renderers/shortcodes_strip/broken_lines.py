"""The third step of stripping: a line of a paragraph that held only tags goes with its `<br>`.

WordPress turns the end of each line into `<br />`. Without the shortcode, the line would be an
empty one on the page. Any other `<br>` was meant, and stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from shortcodes_strip.blank_patterns import compile_patterns
from shortcodes_strip.remains import Point, Remains

_BEGINNINGS = "pPbB"
"""The second characters of tags of paragraphs and line breaks."""


def find_tag_lines(remains: Remains) -> Sequence[tuple[Point, Point]]:
    """Return the start and the end of each such line, with the `<br>` that goes with it."""
    if not any("<br" in text or "<BR" in text for text in remains.texts):
        return ()
    finder = _Finder(remains)
    for index in range(len(remains.texts)):
        finder.read(index)
    return finder.found


class _Finder:
    """Reads the texts from left to right."""

    def __init__(self, remains: Remains) -> None:
        self.found: list[tuple[Point, Point]] = []
        self._texts = remains.texts
        self._in_bracket = remains.in_bracket
        self._patterns = compile_patterns()
        self._line: Point | None = None
        """The first gap in a line of which only gaps and white space were read so far."""
        self._break: Point | None = None
        """The `<br>` before that line; `None` if it is the first of its paragraph."""
        self._in_paragraph = False
        self._looked_until = 0
        """In how many texts paragraphs were looked for."""

    def read(self, index: int) -> None:
        """Read the text with an index: the end of a line, and the beginning of the last one."""
        text, offset = self._texts[index], 0
        if self._line and (end := self._patterns.line_end.match(text)):
            offset = end.end()
            if end["break"]:
                if self._break is None or self._is_in_paragraph(index):
                    self.found.append((self._line, (index, offset)))
                end = self._patterns.line_end.match(text, offset)
                if end and not end["break"] and end.end() == len(text):
                    self._line = (index, len(text))
                    return
            elif offset == len(text):
                return  # the line goes on
            elif self._break:
                self._add_last_line(self._break, (index, 0))
        self._begin_line(index, offset)

    def _begin_line(self, index: int, offset: int) -> None:
        """Find the line that begins at the end of a text."""
        text = self._texts[index]
        self._line = self._break = None
        start = text.rfind("<", offset)
        if start < 0 or text[start + 1 : start + 2] not in _BEGINNINGS or self._in_bracket[index]:
            return
        if tag := self._patterns.line_start.match(text, start):
            self._line = (index, len(text))
            self._break = (index, start) if tag["break"] else None

    def _add_last_line(self, start: Point, end: Point) -> None:
        """Add the last line of a paragraph, with the `<br>` before it."""
        while self.found and self.found[-1][0] >= start:
            self.found.pop()  # a line between
        self.found.append((start, end))

    def _is_in_paragraph(self, index: int) -> bool:
        """Return whether a paragraph is open before the text with an index."""
        for text in self._texts[self._looked_until : index]:
            for tag in _compile_paragraph_tag().finditer(text):
                self._in_paragraph = not tag["slash"]
        self._looked_until = max(self._looked_until, index)
        return self._in_paragraph


@cache
def _compile_paragraph_tag() -> re.Pattern[str]:
    return re.compile(r"(?i)<(?P<slash>/?)p(?=[\s>])")

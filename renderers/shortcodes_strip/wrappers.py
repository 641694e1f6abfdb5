"""The second step of stripping: HTML that contained only shortcodes and white space goes.

WordPress wraps a shortcode on a line of its own in a paragraph, and its editor wraps both in the
comments of a block, `<!-- wp:paragraph -->`. Without the shortcode, an empty paragraph would be a
gap on the page, and an empty block a broken one in the editor.
"""

from __future__ import annotations

from collections.abc import Sequence

from shortcodes_strip.blank_patterns import compile_patterns
from shortcodes_strip.remains import Point, Remains

_BOM = "\ufeff"
_BEGINNINGS = "!pPbB"
"""The second characters of comments, and of tags of paragraphs and line breaks."""


# A tuple rather than a named one, which takes three times as long to make.
_Opened = tuple[str | None, Point]
"""An opening tag or comment: the name of its block, which is `None` for a paragraph, and where it
begins."""


def find_empty_wrappers(remains: Remains) -> Sequence[tuple[Point, Point]]:
    """Return the start and the end of each paragraph and block that has become empty."""
    finder = _Finder(remains)
    for index, text in enumerate(remains.texts):
        offset = finder.read_beginning(index) if finder.opened else 0
        start = text.rfind("<", offset)
        if start >= 0 and text[start + 1 : start + 2] in _BEGINNINGS:
            finder.read_end(index, offset)
    return finder.found


class _Finder:
    """Reads the texts from left to right."""

    def __init__(self, remains: Remains) -> None:
        self.found: list[tuple[Point, Point]] = []
        self.opened: list[_Opened] = []
        """What is open, if there was only blank text since."""
        self._texts = remains.texts
        self._in_bracket = remains.in_bracket
        self._patterns = compile_patterns()
        self._beginning: Point = (0, len(_BOM) if self._texts[0].startswith(_BOM) else 0)
        """Up to where nothing stays."""

    def read_beginning(self, index: int) -> int:
        """Read tags and blank text, and return the offset of what follows them."""
        text, offset = self._texts[index], 0
        if not self._patterns.may_be_blank.match(text):
            self.opened = []
            return 0
        while tag := self._patterns.wrapper.match(text, offset):
            if tag["tag"] is None:
                return len(text)
            if tag["slash"] or tag["tag"].startswith("</"):
                block, opened = self.opened.pop() if self.opened else (None, (index, 0))
                if block != tag["block"] or opened[0] == index:
                    break
                offset = self._add(block, opened, (index, tag.end()))
            elif self._in_bracket[index]:
                break
            else:
                self.opened.append((tag["block"], (index, tag.start("tag"))))
                offset = tag.end()
        self.opened = []
        return offset

    def read_end(self, index: int, offset: int) -> None:
        """Find what begins at the end of a text."""
        if self._in_bracket[index]:
            return
        text = self._texts[index]
        opened: list[_Opened] = []
        end = len(text)
        while (start := text.rfind("<", offset, end)) >= 0:
            if text[start + 1 : start + 2] not in _BEGINNINGS:
                break
            if tag := self._patterns.opened.match(text, start, end):
                opened.append((tag["block"], (index, start)))
            elif not self._patterns.blank.match(text, start, end):
                break
            end = start
        self.opened = opened[::-1]

    def _add(self, block: str | None, start: Point, end: Point) -> int:
        """Add what an opening and a closing tag enclose, and return the offset of its end."""
        index, offset = end
        while self.found and self.found[-1][0] >= start:
            self.found.pop()  # it is inside
        if block is not None and self._is_at_beginning(start):
            # A block is set apart from the next one by a blank line, which leads to nothing now.
            lines = self._patterns.blank_lines.match(self._texts[index], offset)
            offset = lines.end() if lines else offset
            self._beginning = (index, offset)
        self.found.append((start, (index, offset)))
        return offset

    def _is_at_beginning(self, point: Point) -> bool:
        """Return whether nothing but white space stays before a point."""
        index, offset = self._beginning
        return index == point[0] and not self._texts[index][offset : point[1]].strip()

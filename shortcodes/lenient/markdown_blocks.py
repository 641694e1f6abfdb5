"""Blocks of code in Markdown, as CommonMark finds them: fenced and indented, also in lists and
quotations.

A fence outside lists and quotations that nothing closes begins no block, since converters disagree
where its code ends. What a footnote or a definition holds is no indented code.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Final, NamedTuple

from shortcodes.lenient.grammar import terminals

FindEnd = Callable[[str, int, int], int]
"""Returns the end of what an opener begins, by its name in the grammar, its start and its end, or
its end again if nothing closes it. Starts must not fall."""

_QUOTATION: Final = -1
"""The container that a ">" opens; that of a list item is the columns of its indentation."""
_MOST_CONTAINERS: Final = 100
"""How many containers may be nested; what is deeper is read as a paragraph."""
_TAB: Final = 4
"""The columns between tab stops. Code is indented by as many, and so is what a footnote holds."""


def find_code_blocks(text: str, find_end: FindEnd) -> dict[int, int]:
    """Return the end of each block of code, by the offset of its first line.

    Args:
        text: The text, in which a line feed ends each line.
        find_end: Finds the end of a fence outside containers, of a comment, and of an element that
            holds no Markdown.
    """
    if not any(mark in text for mark in ("```", "~~~", "    ", "\t")):
        return {}
    return _Reader(text, find_end).read()


class _Fence(NamedTuple):
    """An opening fence in a container."""

    start: int
    mark: str
    depth: int
    """How many containers are around it."""


class _Reader:
    """Reads a text line by line."""

    def __init__(self, text: str, find_end: FindEnd) -> None:
        self._text = text
        self._find_end = find_end
        self._patterns = _compile_patterns()
        self._blocks: dict[int, int] = {}
        self._containers: list[int] = []
        self._fence: _Fence | None = None
        self._indented_code = -1
        """Where the indented code began that may go on; -1 if there is none."""
        self._is_paragraph = False
        self._is_empty_item = False
        """Whether the last line began a list item and held no more."""
        self._offset = self._column = self._base = 0
        """Where the text of a line begins, in which column, and the column where its containers
        end."""

    def read(self) -> dict[int, int]:
        """Return the blocks."""
        text, position = self._text, 0
        while position < len(text):
            line_end = text.find("\n", position) + 1 or len(text)
            position = max(line_end, self._read_line(position, line_end))
        if self._fence:
            self._blocks[self._fence.start] = len(text)
        return self._blocks

    def _read_line(self, start: int, end: int) -> int:
        """Read a line, and return from where to go on."""
        matched = self._match_containers(start)
        if self._fence and self._continue_fence(self._fence, start, end, matched):
            return end
        if self._is_blank():
            del self._containers[matched - self._is_empty_item :]
            self._is_paragraph = self._is_empty_item = False
            return end
        self._is_empty_item = False
        if not self._is_paragraph:
            del self._containers[matched:]
        matched = self._open_containers(matched)
        if self._column - self._base >= _TAB and not self._is_paragraph and not self._is_blank():
            if self._indented_code < 0:
                self._indented_code = start
            self._blocks[self._indented_code] = end
            return end
        self._indented_code = -1
        return end if self._is_blank() else self._read_leaf(start, matched)

    def _match_containers(self, start: int) -> int:
        """Go to the text of a line, and return how many of the open containers go on in it."""
        self._offset, self._column, self._base = start, 0, 0
        self._skip_spaces()
        for matched, container in enumerate(self._containers):
            indentation = self._column - self._base
            if container == _QUOTATION:
                if indentation >= _TAB or not self._text.startswith(">", self._offset):
                    return matched
                self._enter_quotation()
            elif not self._is_blank():
                if indentation < container:
                    return matched
                self._base += container
        return len(self._containers)

    def _continue_fence(self, fence: _Fence, start: int, end: int, matched: int) -> bool:
        """Return whether a line is part of fenced code in a container."""
        if matched < fence.depth:
            self._blocks[fence.start] = start
            self._fence = None
            return False
        closing = self._patterns.closing_fence.match(self._text, self._offset)
        if (
            closing
            and self._column - self._base < _TAB
            and closing[1][0] == fence.mark[0]
            and len(closing[1]) >= len(fence.mark)
        ):
            self._blocks[fence.start] = end
            self._fence = None
        return True

    def _open_containers(self, matched: int) -> int:
        """Open the containers that begin in a line, in which those that did not go on end; return
        how many of the open ones the line is in.
        """
        text = self._text
        while self._column - self._base < _TAB and len(self._containers) < _MOST_CONTAINERS:
            if text.startswith(">", self._offset):
                self._end_containers(matched)
                self._containers.append(_QUOTATION)
                self._enter_quotation()
            elif marker := self._patterns.marker.match(text, self._offset):
                is_inside = self._is_paragraph and matched == len(self._containers)
                if self._patterns.rule.match(text, self._offset) or (
                    is_inside and not self._patterns.interrupting.match(text, self._offset)
                ):
                    break
                self._end_containers(matched)
                self._enter_item(marker)
            else:
                break
            matched = len(self._containers)
        return matched

    def _end_containers(self, matched: int) -> None:
        del self._containers[matched:]
        self._is_paragraph = False
        self._indented_code = -1

    def _enter_quotation(self) -> None:
        self._offset += 1
        self._column += 1
        self._base = self._column + self._text.startswith((" ", "\t"), self._offset)
        self._skip_spaces()

    def _enter_item(self, marker: re.Match[str]) -> None:
        """Go to what is behind the marker of a list item, a footnote or a definition."""
        marker_start = self._column - self._base
        self._offset = marker.end()
        self._column += len(marker[0])
        marker_end = self._column
        self._skip_spaces()
        if marker["footnote"] is not None:
            self._containers.append(_TAB)
            self._base = self._column
            return
        spaces = self._column - marker_end
        self._is_empty_item = self._is_blank()
        if spaces > _TAB or self._is_empty_item:
            spaces = 1
        width = marker_start + len(marker[0]) + spaces
        self._containers.append(width)
        self._base += width

    def _read_leaf(self, start: int, matched: int) -> int:
        """Read a line that is no indented code, and return from where to go on."""
        text, offset, patterns = self._text, self._offset, self._patterns
        if self._column - self._base < _TAB:
            if fence := patterns.fence.match(text, offset):
                return self._open_fence(start, fence, matched)
            if opener := patterns.verbatim.match(text, offset):
                end = self._find_end(opener.lastgroup or "", offset, opener.end())
                if end > opener.end():
                    self._end_containers(matched)
                    return text.find("\n", end) + 1 or len(text)
            elif patterns.no_paragraph.match(text, offset):
                self._end_containers(matched)
                return start
            elif self._is_paragraph and patterns.underline.match(text, offset):
                self._is_paragraph = matched < len(self._containers)
                return start
        self._is_paragraph = True
        return start

    def _open_fence(self, start: int, fence: re.Match[str], matched: int) -> int:
        """Read the opening fence of code, and return from where to go on."""
        self._end_containers(matched)
        if self._containers:
            self._fence = _Fence(start, fence[0], len(self._containers))
            return start
        end = self._find_end("FENCE_OPEN", start, fence.end())
        if end == fence.end():
            return start  # nothing closes it
        self._blocks[start] = end
        return self._text.find("\n", end) + 1 or len(self._text)

    def _is_blank(self) -> bool:
        """Return whether nothing follows in the line."""
        return self._text[self._offset : self._offset + 1] in ("", "\n", "\r")

    def _skip_spaces(self) -> None:
        text, offset, column = self._text, self._offset, self._column
        while (character := text[offset : offset + 1]) in (" ", "\t"):
            column += 1 if character == " " else _TAB - column % _TAB
            offset += 1
        self._offset, self._column = offset, column


class _Patterns(NamedTuple):
    """What lines begin with."""

    marker: re.Pattern[str]
    interrupting: re.Pattern[str]
    rule: re.Pattern[str]
    fence: re.Pattern[str]
    closing_fence: re.Pattern[str]
    verbatim: re.Pattern[str]
    no_paragraph: re.Pattern[str]
    underline: re.Pattern[str]


@cache
def _compile_patterns() -> _Patterns:
    t = terminals(True)
    mark = "|".join(rf"(?:{mark}[ \t]*+|(?!).){{3,}}+" for mark in (r"\*", "-", "_"))
    rule = rf"(?:{mark})\r?+(?:\n|\Z)"
    verbatim = [name for name in t if name.endswith("_OPEN") and t[name].startswith("<")]
    return _Patterns(
        # The marker of a list item, a definition or a footnote.
        marker=re.compile(
            r"(?:[-+*:]|[0-9]{1,9}[.)])(?=[ \t\r\n]|\Z)|(?P<footnote>\[\^[^\]\n]{1,200}+\]:)"
        ),
        # Those that may begin directly after the line of a paragraph.
        interrupting=re.compile(r"(?:[-+*:]|1[.)])[ \t]++[^ \t\r\n]"),
        rule=re.compile(rule),
        fence=re.compile(r"`{3,}+(?=[^`\n]*+(?:\n|\Z))|~{3,}+"),
        closing_fence=re.compile(r"(`{3,}+|~{3,}+)[ \t]*+\r?+(?:\n|\Z)"),
        verbatim=re.compile("|".join(f"(?P<{name}>{t[name]})" for name in verbatim)),
        no_paragraph=re.compile(rf"#{{1,6}}(?=[ \t\r\n]|\Z)|{rule}"),
        underline=re.compile(r"=++[ \t]*+\r?+(?:\n|\Z)"),
    )

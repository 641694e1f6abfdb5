"""The last step of stripping: lines that contained only shortcodes and white space go.

If blank lines surround such lines, those before stay and those after go. At the end of the text,
the blank lines between such lines go as well; if the text did not end with a line break, so do
those before, since they only led to what is gone. Everything else stays as it was: line breaks of
any kind, a byte order mark, a missing final line break.

Only lines next to a cut are looked at; the text between is copied as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from shortcodes_strip.blank_patterns import compile_patterns

_HEAD = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n)")
_BREAK = re.compile(r"\r\n|\r|\n")
_BOM = "\ufeff"


def remove_empty_lines(texts: Sequence[str]) -> str:
    """Return the texts between cuts as one, without the lines that are left empty."""
    first_text = texts[0]
    mark = _BOM if first_text.startswith(_BOM) else ""
    collector = _LineCollector()
    line = [collector.add_whole_lines(first_text, len(mark))]
    for text in texts[1:]:
        if head := _HEAD.match(text):
            line.append(head.group())
            collector.add_cut_line("".join(line))
            line = [collector.add_whole_lines(text, head.end())]
        else:
            line.append(text)
    if len(texts) > 1 and len(line) > 1:
        collector.add_cut_line("".join(line))
        ended_with_break = False
    else:
        ended_with_break = not line[0]
        collector.add_last_line(line[0])
    return mark + collector.join(ended_with_break=ended_with_break)


class _LineCollector:
    """Collects the lines that stay.

    It holds back the last run of blank lines, in parts: those before, between and after the lines
    that went.
    """

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._blank_parts = [""]

    def add_cut_line(self, line: str) -> None:
        """Add a line that something was taken out of."""
        if compile_patterns().blank.match(line):
            self._blank_parts.append("")
        else:
            self._add_words(line)

    def add_last_line(self, line: str) -> None:
        """Add a last line without a line break."""
        if line.strip():
            self._add_words(line)
        else:
            self._blank_parts[-1] += line

    def add_whole_lines(self, text: str, start: int) -> str:
        """Add all lines from `start` that end within the text, and return the rest."""
        # The text may be long: each part of it is copied once.
        end = max(text.rfind("\n", start) + 1, text.rfind("\r", start) + 1, start)
        stripped_end = _find_words_end(text, start, end)
        if stripped_end == start:
            self._blank_parts[-1] += text[start:end]
            return text[end:]
        blank = compile_patterns().blank_lines.match(text, start, end)
        words_start = blank.end() if blank else start
        line_break = _BREAK.search(text, stripped_end, end)
        assert line_break  # noqa: S101 - the lines end with one
        self._blank_parts[-1] += text[start:words_start]
        self._add_words(text[words_start : line_break.end()])
        self._blank_parts[-1] = text[line_break.end() : end]
        return text[end:]

    def join(self, *, ended_with_break: bool) -> str:
        """Return all that stays; `ended_with_break` if the text ended with a line break."""
        before, after = self._blank_parts[0], self._blank_parts[-1]
        lines_went = len(self._blank_parts) > 1
        if lines_went and not ended_with_break and (before or not after):
            return _remove_last_break("".join(self._texts))
        return "".join([*self._texts, before or after])

    def _add_words(self, text: str) -> None:
        """Add a text that begins and ends with a line that is not blank."""
        blank = next(filter(None, self._blank_parts), "")
        self._texts += (blank, text)
        self._blank_parts = [""]


def _find_words_end(text: str, start: int, end: int) -> int:
    """Return the offset of the white space that a part of a text ends with."""
    size = 64
    while True:
        tail_start = max(start, end - size)
        tail = text[tail_start:end].rstrip()
        if tail or tail_start == start:
            return tail_start + len(tail)
        size *= 2  # so that long white space is read only a few times


def _remove_last_break(text: str) -> str:
    """Return a text without the line break at its end."""
    breaks = ("\r\n", "\n", "\r")
    return text.removesuffix(next(filter(text.endswith, breaks), ""))

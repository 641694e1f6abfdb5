"""Last step of stripping: a line that held nothing but removed shortcodes and white space goes.

Where blank lines meet over such lines, those before stay and those after go. At the end of the
text the blank lines between such lines go as well, and where the text did not end with a line
break, also those before: they only led to what is gone. Everything else stays as it was: line
breaks of either kind, a byte order mark, a missing final line break.

Only lines around removed places are looked at; what lies between is passed on in one piece.
"""

from __future__ import annotations

import re

from shortcodes_strip.blank_patterns import patterns

_HEAD = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n)")
_BLANK_LINES = re.compile(r"(?:[^\S\r\n]*+(?>\r\n|\r|\n))++")
_BREAK = re.compile(r"\r\n|\r|\n")
_BOM = "\ufeff"


def without_empty_lines(texts: list[str]) -> str:
    """Return the texts between removed places, without the lines that are left empty."""
    first = texts[0]
    mark = _BOM if first.startswith(_BOM) else ""
    kept = _Kept()
    line = [kept.whole_lines(first, len(mark))]
    for text in texts[1:]:
        if head := _HEAD.match(text):
            line.append(head.group())
            kept.cut_line("".join(line))
            line = [kept.whole_lines(text, head.end())]
        else:
            line.append(text)
    if len(texts) > 1 and len(line) > 1:
        kept.cut_line("".join(line))
        ended = False
    else:
        ended = not line[0]
        kept.last_line(line[0])
    return mark + kept.text(ended=ended)


class _Kept:
    """What stays, and the run of blank lines that is being read.

    Of the run there are the blank lines before, between and after the lines that went.
    """

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._run = [""]

    def cut_line(self, line: str) -> None:
        """Take a line that something was removed from."""
        if patterns().only.match(line):
            self._run.append("")
        else:
            self._words(line)

    def last_line(self, line: str) -> None:
        """Take a last line without a line break."""
        if line.strip():
            self._words(line)
        else:
            self._run[-1] += line

    def whole_lines(self, text: str, start: int) -> str:
        """Take all lines from `start` on that end in the text, and return the rest."""
        # The text may be long: each part of it is copied once.
        end = max(text.rfind("\n", start) + 1, text.rfind("\r", start) + 1, start)
        stripped = _words_end(text, start, end)
        if stripped == start:
            self._run[-1] += text[start:end]
            return text[end:]
        blank = _BLANK_LINES.match(text, start, end)
        words_start = blank.end() if blank else start
        words_end = _BREAK.search(text, stripped, end)
        assert words_end  # noqa: S101 - the lines end with one
        self._run[-1] += text[start:words_start]
        self._words(text[words_start : words_end.end()])
        self._run[-1] = text[words_end.end() : end]
        return text[end:]

    def text(self, *, ended: bool) -> str:
        """Return all that stays; `ended`, when the text ended with a line break."""
        before, last = self._run[0], self._run[-1]
        went = len(self._run) > 1 and not ended and (bool(before) or not last)
        if went:
            return _without_break("".join(self._texts))
        return "".join([*self._texts, before or last])

    def _words(self, text: str) -> None:
        """Take a text that begins and ends with a line that is not blank."""
        kept = next(filter(None, self._run), "")
        self._texts += (kept, text)
        self._run = [""]


def _words_end(text: str, start: int, end: int) -> int:
    """Return where the white space begins that a part of a text ends with."""
    size = 64
    while True:
        begin = max(start, end - size)
        tail = text[begin:end].rstrip()
        if tail or begin == start:
            return begin + len(tail)
        size *= 2  # so that much white space is read a few times at most


def _without_break(text: str) -> str:
    """Return a text without its last line break, looked for at its end only."""
    breaks = ("\r\n", "\n", "\r")
    last = next(filter(text.endswith, breaks), "")
    return text.removesuffix(last)

"""Last step of stripping: a line that held nothing but removed shortcodes and white space goes.

Where blank lines meet over such lines, those before stay and those after go. At the end of the
text the blank lines between such lines go as well. Everything else stays as it was: line breaks of
either kind, a byte order mark, a missing final line break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import dropwhile, groupby, takewhile
from typing import NamedTuple

from shortcodes_strip.cuts import Piece

_LINE = re.compile(r"([^\r\n]*+)(\r\n|\r|\n|\Z)")
_FINAL_BREAK = re.compile(r"(?:\r\n|\r|\n)\Z")
_BOM = "\ufeff"


class _Line(NamedTuple):
    text: str
    end: str
    """The line break; empty for a last line without one."""
    cut: bool
    """Something was removed from it."""

    @property
    def blank(self) -> bool:
        return not self.text.strip()

    @property
    def removed(self) -> bool:
        return self.cut and self.blank


def without_empty_lines(found: list[Piece]) -> str:
    """Return the text of the pieces without the lines that their removal left empty."""
    mark = _BOM if found[0] is not None and found[0].startswith(_BOM) else ""
    lines = list(_lines(found, len(mark)))
    kept: list[_Line] = []
    for blank, group in groupby(lines, key=lambda line: line.blank):
        run = list(group)
        kept += _kept_of(run, at_end=run[-1] is lines[-1]) if blank else run
    text = mark + "".join(line.text + line.end for line in kept)
    last_went = not (kept and kept[-1] is lines[-1])
    if last_went and not lines[-1].end:
        # The text did not end with a line break, and neither does what is left of it.
        return _FINAL_BREAK.sub("", text)
    return text


def _lines(found: list[Piece], start: int) -> Iterator[_Line]:
    """Give the lines of the pieces; a line break inside something removed ends no line."""
    texts: list[str] = []
    cut = False
    for piece in found:
        if piece is None:
            cut = True
            continue
        for match in _LINE.finditer(piece, start):
            text, end = match.groups()
            texts.append(text)
            if end:
                yield _Line("".join(texts), end, cut)
                texts, cut = [], False
        start = 0
    if cut or any(texts):
        yield _Line("".join(texts), "", cut)


def _kept_of(run: list[_Line], *, at_end: bool) -> list[_Line]:
    """Return the lines that stay of a run of blank ones."""
    before = list(takewhile(lambda line: not line.removed, run))
    if before:
        return before
    if at_end:
        after = list(takewhile(lambda line: not line.removed, reversed(run)))
        return after[::-1]
    rest = dropwhile(lambda line: line.removed, run)
    return list(takewhile(lambda line: not line.removed, rest))

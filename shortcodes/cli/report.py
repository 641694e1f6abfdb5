"""Diagnostics as lines, `file:line:column: CODE message`, and excerpts of their texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from shortcodes.cli.io.printing import note
from shortcodes.common.log_text import escape_controls
from shortcodes.diagnostics import Diagnostic
from shortcodes.nodes import Document

_WIDTH = 80
_BEFORE = 30
"""Terminal cells of an excerpt, and code points of it before the span."""

_LINE_BREAK = re.compile(r"[\r\n]")
_RIGHT_TO_LEFT = frozenset({"R", "AL"})


def print_diagnostics(name: str, document: Document, diagnostics: Iterable[Diagnostic]) -> None:
    """Print a line for every diagnostic to standard error."""
    for diagnostic in diagnostics:
        line, column = document.position(diagnostic.span[0])
        note(f"{name}:{line}:{column}: {diagnostic.code} {diagnostic.message}")


class Excerpt(NamedTuple):
    """The line on which a span begins, cut to the width of a terminal."""

    line: str
    before: int
    """Cells of the line before the span."""
    width: int
    """Cells of the span in the line. 0 if the line has letters that are written from right to left:
    a terminal may reorder it, so that marks under it would be in the wrong column."""
    text: str
    """The text of the span, cut too."""


def cut_excerpt(source: str, span: tuple[int, int]) -> Excerpt:
    """Return the excerpt for a span of a text, looking no further than it shows."""
    start, end = span
    first = max(0, start - _BEFORE)
    before = _LINE_BREAK.split(source[first:start])[-1]
    is_cut = len(before) == start - first and first > 0 and source[first - 1] not in "\r\n"
    after = _LINE_BREAK.split(source[start : start + _WIDTH], maxsplit=1)[0]
    goes_on = len(after) == _WIDTH and bool(source[start + _WIDTH : start + _WIDTH + 1])
    whole, after, marked = map(
        escape_controls, (before + after, after, after[: max(1, end - start)])
    )
    before = whole.removesuffix(after)  # a command to a log may begin before the span
    if is_cut or len(before) > _BEFORE:
        before = "…" + before[-_BEFORE:]
    visible = _cut(after, _WIDTH - _count_cells(before))
    if visible == after and goes_on:
        visible = visible[:-1] + "…"
    text = _cut(marked, _WIDTH // 2)
    is_reordered = any(
        unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in before + visible
    )
    width = 0 if is_reordered else max(1, _count_cells(visible[: len(marked)]))
    return Excerpt(before + visible, _count_cells(before), width, text)


def _cut(text: str, cells: int) -> str:
    """Return text cut to a number of cells, with an ellipsis if anything was cut."""
    if _count_cells(text) <= cells:
        return text
    width = 0
    for length, letter in enumerate(text):
        width += _count_cells(letter)
        if width >= cells:
            return text[:length] + "…"
    return text


def _count_cells(text: str) -> int:
    """Return the number of terminal cells of a text; a Chinese character takes two."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # slow to import

    return cell_len(text)

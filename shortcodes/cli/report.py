"""Diagnostics as lines, `file:line:column: CODE message`, and the line of a text at a place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from shortcodes.cli.io.printing import note, escape_controls
from shortcodes.diagnostics import Diagnostic
from shortcodes.nodes import Document

_WIDTH = 80
_BEFORE = 30
"""Cells of a line that are shown, and code points of them before the place."""

_LINE_BREAK = re.compile(r"[\r\n]")
_RIGHT_TO_LEFT = frozenset({"R", "AL"})


def print_diagnostics(name: str, document: Document, diagnostics: Iterable[Diagnostic]) -> None:
    """Print a line for every diagnostic to standard error."""
    for found in diagnostics:
        line, column = document.position(found.span[0])
        note(f"{name}:{line}:{column}: {found.code} {found.message}")


class Excerpt(NamedTuple):
    """The line that a place begins on, cut to what fits."""

    line: str
    before: int
    """Cells of it before the place."""
    width: int
    """Cells of the place in it; 0 in a line with letters that are written from right to left: a
    terminal may turn it around, and marks under it would stand at the wrong place."""
    place: str
    """The place itself, cut too."""


def cut_excerpt(source: str, span: tuple[int, int]) -> Excerpt:
    """Return the excerpt for a span of a text; it looks no further than what it shows."""
    start, end = span
    first = max(0, start - _BEFORE)
    before = _LINE_BREAK.split(source[first:start])[-1]
    is_cut = len(before) == start - first and first > 0 and source[first - 1] not in "\r\n"
    after = _LINE_BREAK.split(source[start : start + _WIDTH], maxsplit=1)[0]
    goes_on = len(after) == _WIDTH and bool(source[start + _WIDTH : start + _WIDTH + 1])
    whole, after, marked = map(escape_controls, (before + after, after, after[: max(1, end - start)]))
    before = whole.removesuffix(after)  # what a log obeys may stand across the place
    if is_cut or len(before) > _BEFORE:
        before = "…" + before[-_BEFORE:]
    shown = _cut(after, _WIDTH - _count_cells(before))
    if shown == after and goes_on:
        shown = shown[:-1] + "…"
    place = _cut(marked, _WIDTH // 2)
    turns = any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in before + shown)
    width = 0 if turns else max(1, _count_cells(shown[: len(marked)]))
    return Excerpt(before + shown, _count_cells(before), width, place)


def _cut(text: str, cells: int) -> str:
    """Return text that takes no more cells than given, with an ellipsis where it was cut."""
    if _count_cells(text) <= cells:
        return text
    taken = 0
    for length, letter in enumerate(text):
        taken += _count_cells(letter)
        if taken >= cells:
            return text[:length] + "…"
    return text


def _count_cells(text: str) -> int:
    """Return how many cells of a terminal a text takes: letters of Chinese take two."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # loaded where it is needed

    return cell_len(text)

"""Diagnostics as lines: `file:line:column: CODE message`, on a terminal with the place shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

import click

from shortcodes.diagnostics import Diagnostic
from shortcodes.nodes import Document

_WIDTH = 80
_BEFORE = 30
"""Code points of a line that are shown, and how many of them before the place."""

_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_LINE_BREAK = re.compile(r"[\r\n]")
_RIGHT_TO_LEFT = frozenset({"R", "AL", "RLE", "RLO", "RLI"})


def lines(
    name: str, document: Document, diagnostics: Iterable[Diagnostic], *, show: bool = False
) -> Iterator[str]:
    """Give a line for every diagnostic; with `show`, coloured and followed by its place."""
    for found in diagnostics:
        line, column = document.position(found.span[0])
        place, message = f"{name}:{line}:{column}:", printable(found.message)
        if show:
            code = click.style(found.code, fg=_COLOURS[found.severity], bold=True)
            yield f"{click.style(place, bold=True)} {code} {message}"
            yield from _excerpt(document.source, found.span)
        else:
            yield f"{place} {found.code} {message}"


def to_stderr(name: str, document: Document, diagnostics: Iterable[Diagnostic]) -> None:
    """Print diagnostics to standard error."""
    for line in lines(name, document, diagnostics):
        click.echo(line, err=True)


def _excerpt(source: str, span: tuple[int, int]) -> Iterator[str]:
    """Give the line of a place, cut to what fits, and a line of carets under it."""
    start, end = span
    first = max(source.rfind("\n", 0, start), source.rfind("\r", 0, start)) + 1
    left = max(first, start - _BEFORE)
    right = min(len(source), left + _WIDTH)
    if line_break := _LINE_BREAK.search(source, start, right):
        right = line_break.start()
    shown = printable(source[left:right])
    yield f"  {shown}"
    if not any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in shown):
        # A terminal may turn such a line around, and carets would point at the wrong place.
        carets = "^" * max(1, min(end, right) - start)
        yield "  " + " " * (start - left) + click.style(carets, fg="red")


def printable(text: str) -> str:
    """Return text that cannot command a terminal."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)

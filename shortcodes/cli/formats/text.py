"""Findings for people: a line with place, code and message, the line of the text, the hint.

The first line of each finding is what it was without the others, so that editors and `grep` take
it; all others begin with a space. A pipe gets the same as a terminal, but for the colours: most who
read a log want to see the line too, and programs have formats of their own.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import IO

import click

from shortcodes.cli.checking.findings import Checked, Finding
from shortcodes.cli.io.printing import escape_controls, escape_line
from shortcodes.cli.report import Excerpt
from shortcodes.diagnostics import Fix

_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}


def write(results: Iterable[Checked], output: IO[bytes]) -> None:
    """Write the findings of every file."""
    for checked in results:
        for line in _lines(checked):
            output.write(f"{click.unstyle(line)}\n".encode())


def write_for_people(results: Iterable[Checked], output: IO[bytes]) -> None:
    """Write the findings of every file, for a terminal, in colours where they are wanted."""
    if os.environ.get("NO_COLOR"):
        write(results, output)
        return
    for checked in results:
        for line in _lines(checked):
            output.write(f"{line}\n".encode())


def mark(fix: Fix | None) -> str:
    """Return what says of a finding whether it can be mended: `[*]` safely, `[?]` perhaps."""
    return "" if fix is None else "[*]" if fix.safe else "[?]"


def _lines(checked: Checked) -> Iterator[str]:
    for finding in checked.findings:
        yield from _of(checked.name, finding)


def _of(name: str, finding: Finding) -> Iterator[str]:
    found, (line, column) = finding.diagnostic, finding.place.start
    place = click.style(escape_line(f"{name}:{line}:{column}:"), bold=True)
    code = click.style(found.code, fg=_COLOURS[found.severity], bold=True)
    fixable = click.style(mark(found.fix), fg="green") if found.fix else ""
    yield " ".join(part for part in (place, code, fixable, escape_controls(found.message)) if part)
    gutter = " " * max(4, len(str(line)) + 1)
    if finding.excerpt:
        yield from _excerpt(finding.excerpt, f"{line:>{len(gutter) - 1}} ", gutter)
    if found.hint:
        yield f"{gutter}{_quiet('=')} {escape_controls(found.hint)}"
    if found.fix:
        command = "--fix" if found.fix.safe else "--unsafe-fixes"
        yield f"{gutter}{_quiet('=')} {command}: {escape_controls(found.fix.message)}"


def _excerpt(excerpt: Excerpt, number: str, gutter: str) -> Iterator[str]:
    yield f"{_quiet(number + '|')} {excerpt.line}".rstrip()
    if excerpt.width:
        carets = click.style("^" * excerpt.width, fg="red")
        yield f"{_quiet(gutter + '|')} {' ' * excerpt.before}{carets}"
    else:
        yield f"{_quiet(gutter + '^')} {click.style(excerpt.text, fg='red')}"


def _quiet(text: str) -> str:
    return click.style(text, dim=True)

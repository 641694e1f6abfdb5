"""Findings for people: a line with location, code and message, the line of the text, the hint.

The first line of each finding is complete, so that editors and `grep` can use it; all others begin
with a space. A pipe gets the same as a terminal, without colours: people who read a log want to see
the line too, and for programs there are other formats.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO

import click

from shortcodes.cli.checking.findings import FileResult, Finding
from shortcodes.cli.io.printing import has_colours
from shortcodes.cli.report import Excerpt
from shortcodes.common.log_text import escape_controls, escape_line
from shortcodes.diagnostics import Fix

_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}


def write(results: Iterable[FileResult], output: IO[bytes]) -> None:
    """Write the findings of every file."""
    for result in results:
        for line in _format_result(result):
            output.write(f"{click.unstyle(line)}\n".encode())


def write_for_people(results: Iterable[FileResult], output: IO[bytes]) -> None:
    """Write the findings of every file, for a terminal, in colours unless `NO_COLOR` is set."""
    if not has_colours():
        write(results, output)
        return
    for result in results:
        for line in _format_result(result):
            output.write(f"{line}\n".encode())


def format_mark(fix: Fix | None) -> str:
    """Return `[*]` for a safe fix, `[?]` for an unsafe one, and nothing if there is no fix."""
    return "" if fix is None else "[*]" if fix.safe else "[?]"


def _format_result(result: FileResult) -> Iterator[str]:
    for finding in result.findings:
        yield from _format_finding(result.name, finding)
    if result.unlisted:
        name = escape_line(result.name)
        yield f"  and {result.unlisted:,} more in {name}, which --limit 0 lists"


def _format_finding(name: str, finding: Finding) -> Iterator[str]:
    diagnostic, (line, column) = finding.diagnostic, finding.range.start
    location = click.style(escape_line(f"{name}:{line}:{column}:"), bold=True)
    code = click.style(diagnostic.code, fg=_COLOURS[diagnostic.severity], bold=True)
    fixable = click.style(format_mark(diagnostic.fix), fg="green") if diagnostic.fix else ""
    yield " ".join(
        part for part in (location, code, fixable, escape_controls(diagnostic.message)) if part
    )
    gutter = " " * max(4, len(str(line)) + 1)
    if finding.excerpt:
        yield from _format_excerpt(finding.excerpt, f"{line:>{len(gutter) - 1}} ", gutter)
    if diagnostic.hint:
        yield f"{gutter}{_dim('=')} {escape_controls(diagnostic.hint)}"
    if diagnostic.fix:
        command = "--fix" if diagnostic.fix.safe else "--unsafe-fixes"
        yield f"{gutter}{_dim('=')} {command}: {escape_controls(diagnostic.fix.message)}"


def _format_excerpt(excerpt: Excerpt, number: str, gutter: str) -> Iterator[str]:
    yield f"{_dim(number + '|')} {excerpt.line}".rstrip()
    if excerpt.width:
        carets = click.style("^" * excerpt.width, fg="red")
        yield f"{_dim(gutter + '|')} {' ' * excerpt.before}{carets}"
    else:
        yield f"{_dim(gutter + '^')} {click.style(excerpt.text, fg='red')}"


def _dim(text: str) -> str:
    return click.style(text, dim=True)

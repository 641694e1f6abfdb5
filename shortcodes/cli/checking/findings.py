"""The result of checking one file: findings with their positions, or why there are none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from shortcodes.cli.io.encodings import UTF8
from shortcodes.cli.report import Excerpt, cut_excerpt
from shortcodes.common.lines import Lines, Position
from shortcodes.diagnostics import Diagnostic
from shortcodes.files.held_folders import FoundFolder, Identity

MOST_LISTED = 1000
"""The most findings of one code that a file has. The last of them stands for all that follow."""


class TextRange(NamedTuple):
    """A span of a text as lines and columns."""

    start: Position
    end: Position
    """The position after the last code point."""


class Finding(NamedTuple):
    """A diagnostic of a file, with its position and those of the edits of its fix."""

    diagnostic: Diagnostic
    range: TextRange
    edits: tuple[TextRange, ...]
    excerpt: Excerpt | None
    """The line of the text, for formats that people read."""


class ProblemCount(NamedTuple):
    """How many problems of one code a file has, and how many of them have a fix."""

    problems: int = 0
    safe_fixes: int = 0
    unsafe_fixes: int = 0

    def add(self, other: ProblemCount) -> ProblemCount:
        """Return the sum of both."""
        return ProblemCount(*map(sum, zip(self, other, strict=True)))


@dataclass(frozen=True, slots=True)
class FileResult:
    """The result of checking one file."""

    name: str
    findings: tuple[Finding, ...] = ()
    """What is wrong, in order; if the file was fixed, what is still wrong."""
    counts: Mapping[str, ProblemCount] = field(default_factory=dict)
    """The number of problems by code, also of those that are not listed."""
    before: str = ""
    after: str | None = None
    """The text before the fixes, and after them if they change anything."""
    fixed: int = 0
    """How many problems the fixes solve."""
    encoding: str = UTF8
    """The encoding of both texts."""
    warnings: tuple[str, ...] = ()
    failure: str = ""
    """Why the file could not be checked, or its fixes not be written."""
    identity: Identity | None = None
    """The identity of the file, to recognize it when its fixes are written."""
    folder: FoundFolder | None = None
    """The folder in which the file was found."""
    unlisted: int = 0
    """How many more findings there are, which the output does not list."""


def build_findings(
    text: str, diagnostics: Iterable[Diagnostic], *, excerpts: bool
) -> tuple[Finding, ...]:
    """Return the diagnostics of a text as findings, at most `MOST_LISTED` of each code."""
    lines = Lines(text)
    return tuple(
        Finding(
            diagnostic,
            _build_range(lines, diagnostic.span),
            tuple(_build_range(lines, edit.span) for edit in diagnostic.fix.edits)
            if diagnostic.fix
            else (),
            cut_excerpt(text, diagnostic.span) if excerpts else None,
        )
        for diagnostic in _list_first(diagnostics)
    )


def count_problems(diagnostics: Iterable[Diagnostic]) -> dict[str, ProblemCount]:
    """Return the number of diagnostics by code."""
    counts: dict[str, ProblemCount] = {}
    for (code, is_safe), count in Counter(
        (diagnostic.code, diagnostic.fix and diagnostic.fix.safe) for diagnostic in diagnostics
    ).items():
        more = ProblemCount(count, count * (is_safe is True), count * (is_safe is False))
        counts[code] = counts.get(code, ProblemCount()).add(more)
    return counts


def _list_first(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the first diagnostics of each code, and one for all others of it."""
    diagnostics = list(diagnostics)
    totals = Counter(diagnostic.code for diagnostic in diagnostics)
    listed: Counter[str] = Counter()
    for diagnostic in diagnostics:
        code = diagnostic.code
        listed[code] += 1
        if listed[code] < MOST_LISTED or totals[code] == MOST_LISTED == listed[code]:
            yield diagnostic
        elif listed[code] == MOST_LISTED:
            message = f"{totals[code] - MOST_LISTED + 1} more problems of this kind are not listed"
            yield replace(diagnostic, message=message, hint="", fix=None)


def _build_range(lines: Lines, span: tuple[int, int]) -> TextRange:
    return TextRange(lines.find_position(span[0]), lines.find_position(span[1]))

"""The result of checking one file: findings with their positions, or why there are none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from shortcodes.cli.report import Excerpt, cut_excerpt
from shortcodes.diagnostics import Diagnostic
from shortcodes.files.held_folders import FoundFolder, Identity
from shortcodes.nodes import Document, Position


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


@dataclass(frozen=True, slots=True)
class FileResult:
    """The result of checking one file."""

    name: str
    findings: tuple[Finding, ...] = ()
    """What is wrong, in order; if the file was fixed, what is still wrong."""
    before: str = ""
    after: str | None = None
    """The text before the fixes, and after them if they change anything."""
    fixed: int = 0
    """How many problems the fixes solve."""
    warnings: tuple[str, ...] = ()
    failure: str = ""
    """Why the file could not be checked, or its fixes not be written."""
    identity: Identity | None = None
    """The identity of the file, to recognize it when its fixes are written."""
    folder: FoundFolder | None = None
    """The folder in which the file was found."""


def build_findings(
    document: Document, diagnostics: Iterable[Diagnostic], *, excerpts: bool
) -> tuple[Finding, ...]:
    """Return the diagnostics of a document as findings."""
    return tuple(
        Finding(
            diagnostic,
            _build_range(document, diagnostic.span),
            tuple(_build_range(document, edit.span) for edit in diagnostic.fix.edits)
            if diagnostic.fix
            else (),
            cut_excerpt(document.source, diagnostic.span) if excerpts else None,
        )
        for diagnostic in diagnostics
    )


def _build_range(document: Document, span: tuple[int, int]) -> TextRange:
    return TextRange(document.position(span[0]), document.position(span[1]))

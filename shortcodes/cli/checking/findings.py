"""What came of one file: findings with their places, or why there are none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from shortcodes.cli.report import Excerpt, cut_excerpt
from shortcodes.diagnostics import Diagnostic
from shortcodes.files.held_folders import Identity
from shortcodes.nodes import Document, Position


class Place(NamedTuple):
    """A span of a text."""

    start: Position
    end: Position
    """Behind the last code point."""


class Finding(NamedTuple):
    """A diagnostic, where it is, and where the edits of its fix are."""

    diagnostic: Diagnostic
    place: Place
    edits: tuple[Place, ...]
    excerpt: Excerpt | None
    """For those who read the findings, not for programs."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of one file."""

    name: str
    findings: tuple[Finding, ...] = ()
    """What is wrong, by place; where the file was fixed, what is wrong still."""
    before: str = ""
    after: str | None = None
    """Its text as it was and with the fixes, where there are any to make."""
    fixed: int = 0
    """How many problems the fixes mend."""
    warnings: tuple[str, ...] = ()
    failure: str = ""
    """Why it could not be checked, or its fixes not be written."""
    which: Identity | None = None
    """The file itself, by which it is known again when its fixes are written."""


def findings(
    document: Document, diagnostics: Iterable[Diagnostic], *, excerpts: bool
) -> tuple[Finding, ...]:
    """Return the diagnostics of a document with their places."""
    return tuple(
        Finding(
            found,
            _place(document, found.span),
            tuple(_place(document, edit.span) for edit in found.fix.edits) if found.fix else (),
            cut_excerpt(document.source, found.span) if excerpts else None,
        )
        for found in diagnostics
    )


def _place(document: Document, span: tuple[int, int]) -> Place:
    return Place(document.position(span[0]), document.position(span[1]))

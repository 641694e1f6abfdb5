"""Diagnostics: problems in a text, each with its span, its severity and, if possible, a fix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement for a span of the text."""

    span: tuple[int, int]
    """The start and end in code points; equal if text is inserted."""
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that belong together: either all of them are made or none."""

    message: str
    """What it does, in the imperative: "write straight quotes"."""
    edits: tuple[Edit, ...]
    """The edits in order, without overlaps."""
    safe: bool = True
    """Whether the dialect reads the same shortcodes after the fix."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem in a text."""

    code: str
    """`SC` and three digits, of which the first one or two are the group
    (`shortcodes.linting.codes`)."""
    message: str
    """A lower-case fact."""
    span: tuple[int, int]
    """The start and end in code points."""
    severity: Severity = "warning"
    hint: str = ""
    """What a person can do about it; empty if the message says it."""
    fix: Fix | None = None
    """Edits that would fix it, if they are known."""

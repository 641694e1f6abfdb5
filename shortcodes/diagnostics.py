"""Diagnostics: what is wrong in a text, where, how bad it is, and what would mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to stand in a place of the text."""

    span: tuple[int, int]
    """Start and end in code points; equal where something is inserted."""
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that belong together: all of them are made or none."""

    message: str
    """What it does, in the imperative: "write straight quotes"."""
    edits: tuple[Edit, ...]
    """In order; no two overlap."""
    safe: bool = True
    """Whether the shortcodes say the same after it, as the dialect reads them."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that was found, with its place."""

    code: str
    """`SC` and three digits; the first one or two say the group (`shortcodes.linting.codes`)."""
    message: str
    """A lower-case fact."""
    span: tuple[int, int]
    """Start and end in code points."""
    severity: Severity = "warning"
    hint: str = ""
    """What a person can do about it; empty where the message says it."""
    fix: Fix | None = None
    """What would mend it, where that is known."""

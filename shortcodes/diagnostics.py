"""Diagnostics: what is wrong in a text, where, and how bad it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that was found, with its place."""

    code: str
    """`SC` and three digits; the first says the group: 1 structure, 2 quotes, 3 attributes,
    4 rendering, 5 the card, 6 schemas, 7 WordPress's own tags, 8 other forms of the tree."""
    message: str
    """A lower-case fact."""
    span: tuple[int, int]
    """Start and end in code points."""
    severity: Severity = "warning"

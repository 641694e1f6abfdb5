"""Fixes of diagnostics, applied without the library."""

from __future__ import annotations

from shortcodes import Diagnostic


def apply_fix(text: str, diagnostic: Diagnostic) -> str | None:
    """Return the text with one diagnostic fixed, `None` where it has no fix."""
    if diagnostic.fix is None:
        return None
    for edit in reversed(diagnostic.fix.edits):
        text = text[: edit.span[0]] + edit.text + text[edit.span[1] :]
    return text

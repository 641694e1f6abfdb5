"""Strict rendering: problems that end a build."""

from __future__ import annotations

from collections.abc import Sequence

from shortcodes.diagnostics import Diagnostic
from shortcodes.errors import StrictError
from shortcodes.nodes import Document

MAX_LISTED = 20
"""Problems that the message of the error lists; `diagnostics` has them all."""


def find_problems(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return the errors and warnings among diagnostics."""
    return [diagnostic for diagnostic in diagnostics if diagnostic.severity != "info"]


def refuse_problems(document: Document, diagnostics: Sequence[Diagnostic]) -> None:
    """Raise `StrictError` if there are errors or warnings among the diagnostics of a document."""
    problems = find_problems(diagnostics)
    if not problems:
        return
    lines = ["1 problem" if len(problems) == 1 else f"{len(problems):,} problems"]
    for problem in problems[:MAX_LISTED]:
        line, column = document.position(problem.span[0])
        lines.append(f"line {line}, column {column}: {problem.code} {problem.message}")
    if len(problems) > MAX_LISTED:
        lines.append(f"and {len(problems) - MAX_LISTED:,} more")
    raise StrictError("\n".join(lines), problems)

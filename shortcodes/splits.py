"""Splits: the diagnostics of delimiters that stay as they are because of the HTML around them."""

from __future__ import annotations

from shortcodes.diagnostics import Diagnostic
from shortcodes.nodes import Document

_HINT = "remove it, or every <svg>, <math>, <select> and <frameset> of the text"


def diagnose_splits(document: Document) -> list[Diagnostic]:
    """Return a diagnostic for each delimiter of `document.split_by_html`.

    If HTML in the text is ambiguous, its position is part of the message.
    """
    delimiters = document.split_by_html
    if not delimiters:
        return []
    reason, hint = "an HTML tag splits the shortcode", ""
    if ambiguity := document.ambiguity:
        html = document.source[slice(*ambiguity)] + ">" * (document.source[ambiguity[1] - 1] != "[")
        line, column = document.position(ambiguity[0])
        reason = f"browsers may read the {html} at line {line}, column {column} in two ways"
        hint = _HINT
    diagnostics = []
    for delimiter in delimiters:
        slash = "/" if delimiter.is_closing else ""
        message = f"[{slash}{delimiter.name}] is read as text: {reason}"
        span = delimiter.start, delimiter.end
        diagnostics.append(Diagnostic("SC109", message, span, hint=hint))
    return diagnostics

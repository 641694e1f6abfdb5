"""Applying fixes: the text with those that can be made together."""

from __future__ import annotations

from collections.abc import Iterable

from shortcodes.diagnostics import Diagnostic, Edit, Fix


def apply_fixes(
    text: str, diagnostics: Iterable[Diagnostic], *, unsafe: bool = False
) -> tuple[list[Diagnostic], str]:
    """Return the diagnostics whose fixes could be made, and the text with these fixes.

    The fixes are made in order; one whose edits overlap those of another waits for the next round.
    The same fix of several diagnostics is made once, and a fix that changes nothing is ignored.
    """
    chosen: dict[Fix, None] = {}
    edits: list[Edit] = []
    fixed: list[Diagnostic] = []
    end = 0
    proposed = [d for d in diagnostics if d.fix and d.fix.edits and (unsafe or d.fix.safe)]
    for diagnostic in sorted(proposed, key=lambda d: d.fix.edits[0].span if d.fix else d.span):
        fix = diagnostic.fix
        if fix is None or all(text[slice(*edit.span)] == edit.text for edit in fix.edits):
            continue
        if fix not in chosen:
            if fix.edits[0].span[0] < end:
                continue
            chosen[fix] = None
            edits += fix.edits
            end = max(fix.edits[-1].span[1], fix.edits[0].span[0] + 1)
        fixed.append(diagnostic)
    parts, position = [], 0
    for edit in edits:
        parts += [text[position : edit.span[0]], edit.text]
        position = edit.span[1]
    return fixed, "".join([*parts, text[position:]])

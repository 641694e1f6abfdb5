"""Fixing: what rules propose is written, round by round, until nothing changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import NoneType
from typing import Unpack

from shortcodes.checks import check_type
from shortcodes.diagnostics import Diagnostic, Edit, Fix
from shortcodes.linting.options import LintOptions
from shortcodes.linting.run import findings, lint, reusable, subject
from shortcodes.linting.suppression import KEYWORD
from shortcodes.linting.table import RULES
from shortcodes.linting.table import select as selected

ROUNDS = 10
"""How often a text is read again for what the last fixes made possible."""

_UNCARRIED = RULES["SC203"]


@dataclass(frozen=True, slots=True)
class Fixed:
    """A text after its fixes."""

    text: str
    fixed: tuple[Diagnostic, ...]
    """What was mended, in order; the places are those of the text as it was in that round, so
    those of the first round are places in the text that was given."""
    left: tuple[Diagnostic, ...]
    """What is wrong in the text still, by place."""


def fix(
    text: str,
    *,
    unsafe: bool = False,
    diagnostics: list[Diagnostic] | None = None,
    **options: Unpack[LintOptions],
) -> str:
    """Return a text with the fixes of the selected rules. See `shortcodes.fix`."""
    check_type("diagnostics", diagnostics, list, NoneType)
    options = reusable(options)
    if diagnostics is not None:
        diagnostics += sorted(_UNCARRIED.check(subject(text, **options)), key=lambda d: d.span)
    return _rounds(text, unsafe, options)[0]


def fixed(text: str, *, unsafe: bool = False, **options: Unpack[LintOptions]) -> Fixed:
    """Return a text with the fixes of the selected rules, what they mended, and what is left.

    With `unsafe` those too that may change what a shortcode says.
    """
    options = reusable(options)
    after, done = _rounds(text, unsafe, options)
    return Fixed(after, tuple(done), tuple(lint(after, **options)))


def _rounds(text: str, unsafe: bool, options: LintOptions) -> tuple[str, list[Diagnostic]]:
    rules = [
        rule for rule in selected(options.get("select"), options.get("ignore", ())) if rule.fixes
    ]
    check_type("text", text, str)
    check_type("unsafe", unsafe, bool)
    done: list[Diagnostic] = []
    if "[" not in text and KEYWORD not in text:
        subject("", **options)  # which checks them
        return text, done
    for _ in range(ROUNDS):
        mended, text = applied(text, findings(subject(text, **options), rules), unsafe=unsafe)
        if not mended:
            break
        done += mended
    return text, done


def applied(
    text: str, found: Iterable[Diagnostic], *, unsafe: bool = False
) -> tuple[list[Diagnostic], str]:
    """Return the diagnostics whose fixes could be made, and the text with these.

    They are taken in order; one whose edits overlap those of another is left for the next round.
    The same fix of several diagnostics is made once, and a fix that changes nothing is none.
    """
    taken: dict[Fix, None] = {}
    edits: list[Edit] = []
    mended: list[Diagnostic] = []
    end = 0
    proposed = [d for d in found if d.fix and d.fix.edits and (unsafe or d.fix.safe)]
    for diagnostic in sorted(proposed, key=lambda d: d.fix.edits[0].span if d.fix else d.span):
        fix = diagnostic.fix
        if fix is None or all(text[slice(*edit.span)] == edit.text for edit in fix.edits):
            continue
        if fix not in taken:
            if fix.edits[0].span[0] < end:
                continue
            taken[fix] = None
            edits += fix.edits
            end = max(fix.edits[-1].span[1], fix.edits[0].span[0] + 1)
        mended.append(diagnostic)
    parts, position = [], 0
    for edit in edits:
        parts += [text[position : edit.span[0]], edit.text]
        position = edit.span[1]
    return mended, "".join([*parts, text[position:]])

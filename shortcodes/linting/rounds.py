"""Fixing: the fixes that rules propose are made, round by round, until nothing changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from shortcodes.diagnostics import Diagnostic
from shortcodes.linting.applying import apply_fixes
from shortcodes.linting.rule import Rule, Subject
from shortcodes.linting.run import run_rules
from shortcodes.linting.table import RULES
from shortcodes.nodes import Document

ROUNDS = 10
"""How often a text is fixed again, for what the last fixes made possible."""

_UNCARRIED = RULES["SC203"]


@dataclass(frozen=True, slots=True)
class FixedSubject:
    """A text after its fixes."""

    document: Document
    """The fixed text, as it was read to see that nothing more can be fixed."""
    fixed: tuple[Diagnostic, ...]
    """What was fixed, in order. The spans are those of the text as it was in that round, so those
    of the first round are spans of the original text."""
    left: tuple[Diagnostic, ...]
    """What is still wrong in the text, sorted by span."""

    @property
    def text(self) -> str:
        """The fixed text."""
        return self.document.source


def report_uncarried(original: Subject) -> Iterable[Diagnostic]:
    """Return the values of a text that straight quotes cannot hold."""
    return _UNCARRIED.check(original)


def fix_subject(original: Subject, rules: Sequence[Rule], *, unsafe: bool) -> FixedSubject:
    """Fix a text until there is nothing more to fix, at most `ROUNDS` times.

    If unsafe fixes leave something to fix even then, only safe ones are made: what always makes
    another fix possible mends nothing. What the safe ones make of the text is tried once more.
    """
    result = _try_in_rounds(original, rules, unsafe=unsafe)
    if result.is_settled or not unsafe:
        return result.fixed
    safe = _try_in_rounds(original, rules, unsafe=False)
    if safe.fixed.text == original.text:
        return safe.fixed
    retried = _try_in_rounds(original.read_fixed_text(safe.fixed.text), rules, unsafe=True)
    if not retried.is_settled:
        return safe.fixed
    return replace(retried.fixed, fixed=safe.fixed.fixed + retried.fixed.fixed)


class _Attempt(NamedTuple):
    """What some rounds make of a text."""

    fixed: FixedSubject
    is_settled: bool
    """Whether there was nothing more to fix in the end."""


def _try_in_rounds(current: Subject, rules: Sequence[Rule], *, unsafe: bool) -> _Attempt:
    fixing = {rule.code for rule in rules if rule.fixes}
    done: list[Diagnostic] = []
    for round_ in range(ROUNDS + 1):
        diagnostics = run_rules(current, rules)
        fixable = (diagnostic for diagnostic in diagnostics if diagnostic.code in fixing)
        fixed, text = apply_fixes(current.text, fixable, unsafe=unsafe)
        if not fixed or round_ == ROUNDS:
            break
        done += fixed
        current = current.read_fixed_text(text)
    return _Attempt(FixedSubject(current.document, tuple(done), tuple(diagnostics)), not fixed)

"""Fixing: the fixes that rules propose are made, round by round, until nothing changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import NoneType
from typing import NamedTuple, Unpack

from shortcodes.common.checks import check_type
from shortcodes.diagnostics import Diagnostic
from shortcodes.linting.applying import apply_fixes
from shortcodes.linting.options import LintOptions
from shortcodes.linting.rule import Rule, Subject
from shortcodes.linting.run import Linter, run_rules
from shortcodes.linting.suppression import KEYWORD
from shortcodes.linting.table import RULES
from shortcodes.nodes import Document

ROUNDS = 10
"""How often a text is fixed again, for what the last fixes made possible."""

_UNCARRIED = RULES["SC203"]


@dataclass(frozen=True, slots=True)
class Fixed:
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


def fix(
    text: str,
    *,
    unsafe: bool = False,
    diagnostics: list[Diagnostic] | None = None,
    **options: Unpack[LintOptions],
) -> str:
    """Return a text with the fixes of the selected rules. See `shortcodes.fix`."""
    check_type("diagnostics", diagnostics, list, NoneType)
    check_type("text", text, str)
    check_type("unsafe", unsafe, bool)
    return fix_with(Linter(**options), text, unsafe=unsafe, diagnostics=diagnostics)


def fix_with(
    linter: Linter,
    text: str,
    *,
    unsafe: bool = False,
    diagnostics: list[Diagnostic] | None = None,
) -> str:
    """Return a text with the fixes of a linter's rules."""
    rules = [rule for rule in linter.rules if rule.fixes]
    if "[" not in text and KEYWORD not in text:
        return text
    original = linter.build_subject(text)
    if diagnostics is not None:
        diagnostics += sorted(_UNCARRIED.check(original), key=lambda d: d.span)
    return _fix_in_rounds(original, rules, unsafe=unsafe).text


def fix_and_lint(text: str, *, unsafe: bool = False, **options: Unpack[LintOptions]) -> Fixed:
    """Return a text with the fixes of the selected rules, what they fixed, and what is left.

    With `unsafe`, fixes that may change what a shortcode means are made too.
    """
    check_type("unsafe", unsafe, bool)
    return fix_and_lint_with(Linter(**options), text, unsafe=unsafe)


def fix_and_lint_with(linter: Linter, text: str, *, unsafe: bool = False) -> Fixed:
    """Return a text with the fixes of a linter's rules, what they fixed, and what is left."""
    return _fix_in_rounds(linter.build_subject(text), linter.rules, unsafe=unsafe)


def _fix_in_rounds(original: Subject, rules: Sequence[Rule], *, unsafe: bool) -> Fixed:
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

    fixed: Fixed
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
    return _Attempt(Fixed(current.document, tuple(done), tuple(diagnostics)), not fixed)

"""The base classes of rules, each of which finds one kind of problem in a text."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from functools import partial
from typing import ClassVar

from shortcodes.diagnostics import Diagnostic, Fix
from shortcodes.linting.code import Code
from shortcodes.linting.subject import Subject
from shortcodes.nodes import Span

__all__ = ["Candidate", "Rule", "Subject", "YieldingRule"]

Candidate = tuple[Span, Callable[[], Diagnostic]]
"""A span, and a function that builds its diagnostic: many candidates are never reported."""


class Rule(Code, ABC):
    """A check for one kind of problem in a text."""

    yields_to: ClassVar[tuple[str, ...]] = ()
    """Codes, or beginnings of codes, of rules that explain more: what overlaps one of their
    findings is not reported by this rule."""
    comes_last: ClassVar[bool] = False
    """Whether it checks which findings of the other rules were suppressed."""

    @abstractmethod
    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield what is wrong in a text, in any order, in linear time."""

    def candidates(self, subject: Subject) -> Iterator[Candidate]:
        """Yield the same as candidates, built only where no rule in `yields_to` has a finding."""
        return ((item.span, partial(_return_it, item)) for item in self.check(subject))

    def found(
        self, message: str, span: tuple[int, int], *, hint: str = "", fix: Fix | None = None
    ) -> Diagnostic:
        """Return a diagnostic of this rule."""
        return Diagnostic(self.code, message, span, self.severity, hint, fix)

    @property
    def fixes(self) -> bool:
        """Whether it can propose fixes."""
        return "Fix safety" in self.headings


class YieldingRule(Rule):
    """A rule that is often silent because another one explains more."""

    @abstractmethod
    def candidates(self, subject: Subject) -> Iterator[Candidate]:
        """Yield everything that may be reported, in any order, in linear time."""

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield a diagnostic for every candidate."""
        return (build() for _, build in self.candidates(subject))


def _return_it(diagnostic: Diagnostic) -> Diagnostic:
    return diagnostic

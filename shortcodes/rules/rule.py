"""Codes and rules: what may be wrong with shortcodes, and what finds it."""

from __future__ import annotations

import inspect
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from functools import partial
from typing import ClassVar

from shortcodes.diagnostics import Diagnostic, Fix, Severity
from shortcodes.nodes import Span
from shortcodes.rules.subject import Subject

__all__ = ["Candidate", "Code", "Rule", "Subject", "YieldingRule"]

_HEADING = re.compile(r"^## (.++)$", re.MULTILINE)


class Code:
    """What a code stands for. The docstring of a subclass is its page of the documentation."""

    code: ClassVar[str]
    name: ClassVar[str]
    """What the class is called, in lower case with hyphens."""
    severity: ClassVar[Severity] = "warning"

    @property
    def summary(self) -> str:
        """The first sentence of the page."""
        return self.page.partition("\n\n")[0].replace("\n", " ")

    @property
    def page(self) -> str:
        """The docstring, as Markdown."""
        return inspect.cleandoc(type(self).__doc__ or "")

    @property
    def headings(self) -> list[str]:
        """The headings of the page, in order."""
        return _HEADING.findall(self.page)


Candidate = tuple[Span, Callable[[], Diagnostic]]
"""A place, and what makes the diagnostic for it: much is never said."""


class Rule(Code, ABC):
    """What finds one kind of problem in a text."""

    yields_to: ClassVar[tuple[str, ...]] = ()
    """Codes, or beginnings of them, of rules that say it better: what overlaps a finding of
    theirs is said by them alone."""
    comes_last: ClassVar[bool] = False
    """Whether it looks at what the others found and what of that was suppressed."""

    @abstractmethod
    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Give what is wrong in a text, in any order, in linear time."""

    def candidates(self, subject: Subject) -> Iterator[Candidate]:
        """Give the same, to be made only where no other rule says it better."""
        return ((found.span, partial(_itself, found)) for found in self.check(subject))

    def found(
        self, message: str, span: tuple[int, int], *, hint: str = "", fix: Fix | None = None
    ) -> Diagnostic:
        """Return a diagnostic of this rule."""
        return Diagnostic(self.code, message, span, self.severity, hint, fix)

    @property
    def fixes(self) -> bool:
        """Whether it may propose fixes."""
        return "Fix safety" in self.headings


class YieldingRule(Rule):
    """A rule that often says nothing because another one says it better."""

    @abstractmethod
    def candidates(self, subject: Subject) -> Iterator[Candidate]:
        """Give what may be said, in any order, in linear time."""

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Give everything that may be said."""
        return (make() for _, make in self.candidates(subject))


def _itself(found: Diagnostic) -> Diagnostic:
    return found

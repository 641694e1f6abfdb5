"""A rule: what may be wrong with shortcodes, said in one file each and found in one pass."""

from __future__ import annotations

import inspect
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import ClassVar

from shortcodes.diagnostics import Diagnostic, Fix, Severity
from shortcodes.rules.subject import Subject

__all__ = ["Rule", "Subject"]

_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)


class Rule(ABC):
    """What finds one kind of problem. Its docstring is its page of the documentation."""

    code: ClassVar[str]
    name: ClassVar[str]
    """The name of its file, with hyphens."""
    severity: ClassVar[Severity] = "warning"
    yields_to: ClassVar[tuple[str, ...]] = ()
    """Codes, or beginnings of them, of rules that say it better: what starts inside one of these
    findings' shortcodes is said by them alone."""
    comes_last: ClassVar[bool] = False
    """Whether it looks at what the others found and what of that was suppressed."""

    @abstractmethod
    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Give what is wrong in a text, in any order, in linear time."""

    def found(
        self, message: str, span: tuple[int, int], *, hint: str = "", fix: Fix | None = None
    ) -> Diagnostic:
        """Return a diagnostic of this rule."""
        return Diagnostic(self.code, message, span, self.severity, hint, fix)

    @property
    def summary(self) -> str:
        """The first sentence of the docstring."""
        return self.page.partition("\n")[0]

    @property
    def page(self) -> str:
        """The docstring, as Markdown."""
        return inspect.cleandoc(type(self).__doc__ or "")

    @property
    def headings(self) -> list[str]:
        """The headings of the page, in order."""
        return _HEADING.findall(self.page)

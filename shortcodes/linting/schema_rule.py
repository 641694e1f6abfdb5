"""The base of the rules about schemas: a schema finds problems, and each rule reports one code."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic
from shortcodes.linting.rule import Rule, Subject


class SchemaRule(Rule):
    """A rule that reports what schemas find under its code, as rendering does too."""

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield what the schemas find under this code."""
        return (misfit for misfit in subject.misfits if misfit.code == self.code)

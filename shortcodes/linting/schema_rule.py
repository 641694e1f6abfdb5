"""What the rules about schemas share: a schema finds it, and each rule says it under its code."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic
from shortcodes.linting.rule import Rule, Subject


class SchemaRule(Rule):
    """What the schemas of shortcodes find under the code of the rule, when rendering and here."""

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Give what the schemas find."""
        return (found for found in subject.misfits if found.code == self.code)

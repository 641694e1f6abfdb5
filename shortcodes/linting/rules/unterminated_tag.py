"""SC101: an opening tag without its closing bracket."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from shortcodes.diagnostics import Diagnostic, Severity
from shortcodes.linting.rule import Rule, Subject


class UnterminatedTag(Rule):
    """An opening tag never ends: it has no `]`.

    ## What it does
    Finds text that begins like a shortcode with an attribute, `[name attribute=`, but has no `]` of
    its own.

    ## Why is this bad
    It is not a shortcode. Readers see it as it is written.

    ## Example
    ```text
    [map zoom="7" place="Cairo"
    ```

    ## Use instead
    ```text
    [map zoom="7" place="Cairo"]
    ```
    """

    code = "SC101"
    name = "unterminated-tag"
    severity: ClassVar[Severity] = "error"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield a finding for every such opening tag, at its name."""
        for delimiter in subject.loose.unterminated:
            message = f'the tag [{delimiter.name} has no "]" of its own'
            yield self.found(message, (delimiter.start, delimiter.end))

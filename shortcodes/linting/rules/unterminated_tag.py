"""SC101: an opening tag that breaks off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from shortcodes.diagnostics import Diagnostic, Severity
from shortcodes.linting.rule import Rule, Subject


class UnterminatedTag(Rule):
    """An opening tag never meets its `]`.

    ## What it does
    Finds what begins like a shortcode with an attribute, `[name attribute=`, and breaks off: no `]`
    of its own follows.

    ## Why is this bad
    It is no shortcode. Readers see it as it is written.

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
        """Give every such opening, at its name."""
        for delimiter in subject.loose.unterminated:
            message = f'[{delimiter.name} is never terminated: no "]" of its own follows'
            yield self.found(message, (delimiter.start, delimiter.end))

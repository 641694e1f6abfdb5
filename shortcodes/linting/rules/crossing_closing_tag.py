"""SC103: a closing tag that comes after the end of the shortcode around its opening tag."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from shortcodes.diagnostics import Diagnostic, Severity
from shortcodes.linting.rule import Rule, Subject


class CrossingClosingTag(Rule):
    """A closing tag comes too late: the shortcode around its opening tag is already closed.

    ## What it does
    Finds closing tags whose opening tag is inside another shortcode that ends before them.

    ## Why is this bad
    The inner shortcode encloses nothing, and readers see its closing tag as it is written.

    ## Example
    ```text
    [row][column]text[/row][/column]
    ```

    ## Use instead
    ```text
    [row][column]text[/column][/row]
    ```
    """

    code = "SC103"
    name = "crossing-closing-tag"
    severity: ClassVar[Severity] = "error"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield a finding for every such closing tag."""
        for delimiter in subject.loose.crossing:
            message = (
                f"[/{delimiter.name}] comes after the shortcode around its opening tag was closed"
            )
            yield self.found(message, (delimiter.start, delimiter.end))

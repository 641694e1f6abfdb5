"""SC103: a closing tag whose opener stands in a shortcode that was closed before it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from shortcodes.diagnostics import Diagnostic, Severity
from shortcodes.linting.rule import Rule, Subject


class CrossingClosingTag(Rule):
    """A closing tag crosses a shortcode that was closed before it.

    ## What it does
    Finds closing tags whose opening tag stands inside another shortcode that ends earlier.

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
        """Give every such closing tag."""
        for delimiter in subject.loose.crossing:
            message = f"[/{delimiter.name}] crosses a shortcode that was closed before it"
            yield self.found(message, (delimiter.start, delimiter.end))

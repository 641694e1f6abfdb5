"""SC605: text that a shortcode encloses and does not use."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic, Edit, Fix
from shortcodes.linting.rule import Rule, Subject


class NeedlessContent(Rule):
    """A shortcode encloses text, but never uses it.

    ## What it does
    Finds shortcodes with a closing tag whose schema says that they never enclose text.

    ## Why is this bad
    Readers do not see the text between the tags.

    ## Example
    ```text
    [today]Good morning![/today]
    ```

    ## Use instead
    ```text
    [today] Good morning!
    ```

    ## Fix safety
    Unsafe: the text appears on the page, where it did not before.
    """

    code = "SC605"
    name = "needless-content"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield a finding for every such shortcode, at its closing tag."""
        for shortcode in subject.by_schema.enclosing.needless:
            if shortcode.close_span:
                message = f"delete [/{shortcode.name}]: this shortcode encloses no text"
                edits = (Edit(shortcode.close_span, ""),)
                fix = Fix("delete the closing tag", edits, safe=False)
                yield self.found(message, shortcode.close_span, fix=fix)

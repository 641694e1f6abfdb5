"""SC202: a quote that is never closed."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic
from shortcodes.rules.rule import Rule, Subject


class UnclosedQuote(Rule):
    """A quote is never closed.

    ## What it does
    Finds values that begin with a quote and have no closing one. Such a value is taken to end
    before the next attribute or the `]`.

    ## Why is this bad
    WordPress takes the quote as part of the value and ends the value at the next space.

    ## Example
    ```text
    [map place="Port Said zoom=7]
    ```

    ## Use instead
    ```text
    [map place="Port Said" zoom=7]
    ```

    ## Fix safety
    Safe in the lenient dialect: the value stays the same, and WordPress reads it too.
    """

    code = "SC202"
    name = "unclosed-quote"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Give every such value."""
        for shortcode in subject.suspects:
            for attribute in shortcode.attribute_nodes:
                if attribute.quotes and not attribute.quotes[1] and attribute.raw:
                    message = f"the quote {attribute.quotes[0]} is never closed"
                    yield self.found(message, attribute.span, fix=subject.mend(shortcode))

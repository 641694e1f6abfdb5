"""SC204: a value that holds the straight quotes it stands in."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic
from shortcodes.rules.rule import Rule, Subject


class NestedQuotes(Rule):
    """A value holds the quotes that it stands in.

    ## What it does
    Finds values in `"` that hold a `"`, and values in `'` that hold a `'`.

    ## Why is this bad
    To WordPress the value ends there, or it is none at all. No backslash helps.

    ## Example
    ```text
    [quote text="They said "no" again"]
    ```

    ## Use instead
    ```text
    [quote text='They said "no" again']
    ```

    ## Fix safety
    Safe in the lenient dialect: the value stays the same, and WordPress reads it too. Where it
    holds both quotes it cannot be fixed so, and entities are written, which is unsafe.
    """

    code = "SC204"
    name = "nested-quotes"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Give every shortcode with such values, at the first of them."""
        for shortcode in subject.suspects:
            for attribute in shortcode.attribute_nodes:
                quotes = attribute.quotes or ("", "")
                if (
                    quotes[0] == quotes[1]
                    and quotes[0] in ('"', "'")
                    and quotes[0] in attribute.raw
                ):
                    message = f"the value holds the quote {quotes[0]} that it stands in"
                    yield self.found(message, attribute.span, fix=subject.mend(shortcode))
                    break

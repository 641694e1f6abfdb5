"""SC204: a value that holds the straight quotes it stands in."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic
from shortcodes.linting.rule import Rule, Subject

_PAIRS = (('"', '"'), ("'", "'"))


class NestedQuotes(Rule):
    """A value holds the quotes that it stands in.

    ## What it does
    Finds values in `"` that hold a `"`, and values in `'` that hold a `'`.

    ## Why is this bad
    To WordPress the value ends there, or it is none at all. No backslash helps.

    ## Example
    ```text
    [testimonial text="They said "no" again"]
    ```

    ## Use instead
    ```text
    [testimonial text='They said "no" again']
    ```

    ## Fix safety
    Safe in the lenient dialect: the value stays the same, and WordPress reads it too. Where it
    holds both quotes it cannot be fixed so, and entities are written, which is unsafe.
    """

    code = "SC204"
    name = "nested-quotes"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Give every shortcode with such values, at the first of them."""
        for shortcode in subject.undoubted:
            nested = [a for a in shortcode.attribute_nodes if a.quotes in _PAIRS]
            for attribute in nested:
                quote = (attribute.quotes or "")[0]
                if quote in attribute.raw:
                    message = f"the value holds the quote {quote} that it stands in"
                    yield self.found(message, attribute.span, fix=subject.mend(shortcode))
                    break

"""SC204: a value that contains the straight quotes that enclose it."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic
from shortcodes.linting.rule import Rule, Subject

_PAIRS = (('"', '"'), ("'", "'"))


class NestedQuotes(Rule):
    """A value contains the kind of quote that encloses it.

    ## What it does
    Finds values in `"` that contain a `"`, and values in `'` that contain a `'`.

    ## Why is this bad
    WordPress ends the value at that quote, or reads no value at all. A backslash does not help.

    ## Example
    ```text
    [testimonial text="They said "no" again"]
    ```

    ## Use instead
    ```text
    [testimonial text='They said "no" again']
    ```

    ## Fix safety
    Safe in the lenient dialect if all values are plausible: each quote in them stands before a
    letter or digit, or ends a pair in the value. Any other quote may be damage, so the fix is
    unsafe. A value that contains both kinds of quote is written with entities, which is unsafe too.
    """

    code = "SC204"
    name = "nested-quotes"
    yields_to = ("SC911",)

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield one finding for every shortcode with such values, at the first of them."""
        for shortcode in subject.undoubted:
            nested = [a for a in shortcode.attribute_nodes if a.quotes in _PAIRS]
            for attribute in nested:
                quote = (attribute.quotes or "")[0]
                if quote in attribute.raw:
                    message = f"the value contains the quote {quote} that encloses it"
                    yield self.found(message, attribute.span, fix=subject.mend(shortcode))
                    break

"""SC202: a quote that is never closed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from shortcodes.linting.rule import Candidate, Subject, YieldingRule


class UnclosedQuote(YieldingRule):
    """A quote is never closed.

    ## What it does
    Finds values that begin with a quote and have no closing quote. The lenient dialect ends such a
    value before the next attribute or the `]`.

    ## Why is this bad
    WordPress takes the quote for a part of the value and ends the value at the next space.

    ## Example
    ```text
    [map place="Port Said zoom=7]
    ```

    ## Use instead
    ```text
    [map place="Port Said" zoom=7]
    ```

    ## Fix safety
    Safe in the lenient dialect if all values are plausible, and this one ends in no punctuation:
    the value stays the same, and WordPress can read it.
    """

    code = "SC202"
    name = "unclosed-quote"
    yields_to = ("SC108", "SC206")

    def candidates(self, subject: Subject) -> Iterator[Candidate]:
        """Yield a candidate for every such value."""
        for shortcode in subject.suspects:
            for attribute in shortcode.attribute_nodes:
                if attribute.quotes and not attribute.quotes[1] and attribute.raw:
                    message, span = (
                        f"the quote {attribute.quotes[0]} is never closed",
                        attribute.span,
                    )
                    yield span, partial(self.found, message, span, fix=subject.mend(shortcode))

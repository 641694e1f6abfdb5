"""SC201: values in quotes that WordPress does not read."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic
from shortcodes.linting.rule import Rule, Subject
from shortcodes.nodes import Attribute

_HINT = "put the value between two straight quotes, \" or '"
_READ_BY_WORDPRESS = frozenset("\"'")


class ForeignQuotes(Rule):
    """A value is in quotes that WordPress does not read.

    ## What it does
    Finds values in curly quotes, primes, guillemets or quotes written as entities, and values
    between two quotes that do not match. Each shortcode is reported once, at the first of them.

    ## Why is this bad
    WordPress reads only `"` and `'` as quotes, and only in pairs. It takes any other quote for a
    part of the value and ends the value at the next space, so that most of it is lost. Such quotes
    come from typographic filters: WordPress's own writes them into every shortcode that no plug-in
    has registered.

    ## Example
    ```text
    [map zoom=”7″ place=“Port Said”]
    ```

    ## Use instead
    ```text
    [map zoom="7" place="Port Said"]
    ```

    ## Fix safety
    Safe in the lenient dialect if all values are plausible: the attributes stay the same, and
    WordPress can read them.
    """

    code = "SC201"
    name = "foreign-quotes"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield one finding for every shortcode with such values, at the first of them."""
        for shortcode in subject.suspects:
            unread = [
                attribute for attribute in shortcode.attribute_nodes if _is_foreign(attribute)
            ]
            if unread:
                count = "1 value is" if len(unread) == 1 else f"{len(unread)} values are"
                message = f"{count} in quotes that WordPress does not read"
                yield self.found(message, unread[0].span, hint=_HINT, fix=subject.mend(shortcode))


def _is_foreign(attribute: Attribute) -> bool:
    if attribute.quotes is None:
        return False
    opening, closing = attribute.quotes
    quotes = {opening, closing or opening}
    return len(quotes) > 1 or not quotes <= _READ_BY_WORDPRESS

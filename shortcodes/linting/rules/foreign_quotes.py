"""SC201: values in quotes that WordPress does not read."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic
from shortcodes.linting.rule import Rule, Subject
from shortcodes.nodes import Attribute

_HINT = "only \" and ' are quotes to it, and only two of the same"
_READ_BY_WORDPRESS = frozenset("\"'")


class ForeignQuotes(Rule):
    """Values stand in quotes that WordPress does not read.

    ## What it does
    Finds values in curly quotes, primes, guillemets, quotes written as entities, and between two
    quotes that do not match. A shortcode is reported once, at the first of its values.

    ## Why is this bad
    To WordPress only `"` and `'` are quotes, and only two of the same. It takes all others as part
    of the value and ends the value at the next space, so that most of it is lost. Typographers
    write them: WordPress's own does so wherever no plug-in has registered the shortcode.

    ## Example
    ```text
    [map zoom=”7″ place=“Port Said”]
    ```

    ## Use instead
    ```text
    [map zoom="7" place="Port Said"]
    ```

    ## Fix safety
    Safe in the lenient dialect: the attributes stay the same, and WordPress reads them too.
    """

    code = "SC201"
    name = "foreign-quotes"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Give every shortcode with such values, at the first of them."""
        for shortcode in subject.suspects:
            unread = [
                attribute for attribute in shortcode.attribute_nodes if _is_foreign(attribute)
            ]
            if unread:
                count = "1 value" if len(unread) == 1 else f"{len(unread)} values"
                message = f"{count} in quotes that WordPress does not read"
                yield self.found(message, unread[0].span, hint=_HINT, fix=subject.mend(shortcode))


def _is_foreign(attribute: Attribute) -> bool:
    if attribute.quotes is None:
        return False
    opening, closing = attribute.quotes
    quotes = {opening, closing or opening}
    return len(quotes) > 1 or not quotes <= _READ_BY_WORDPRESS

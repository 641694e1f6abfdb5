"""SC304: a name and its value without an equals sign between them."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic, Fix
from shortcodes.linting.rule import Rule, Subject


class MissingEqualsSign(Rule):
    """There is no equals sign between a name and its value.

    ## What it does
    Finds words that a value in quotes follows directly, or after a colon, a dash, an arrow or
    several equals signs. Each shortcode is reported once, at the first of them.

    ## Why is this bad
    Only `=` gives a value to an attribute. The word and the value become two values without names,
    or one, and the attribute stays unset.

    ## Example
    ```text
    [map zoom:"7" place="Cairo"]
    ```

    ## Use instead
    ```text
    [map zoom="7" place="Cairo"]
    ```

    ## Fix safety
    Unsafe: it is a guess that the word is the name of the value.
    """

    code = "SC304"
    name = "missing-equals-sign"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield one finding for every such shortcode, at the first name and its value."""
        for kind, span, edits in subject.doubts.values():
            if kind == "unassigned":
                name = subject.text[span[0] : edits[0].span[0]] if edits else "the name"
                fix = Fix("write an equals sign", edits, safe=False) if edits else None
                message = f'put "=" between {name} and its value'
                yield self.found(message, span, fix=fix)

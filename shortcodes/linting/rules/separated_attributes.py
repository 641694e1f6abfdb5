"""SC205: a comma or semicolon between attributes."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic, Fix
from shortcodes.linting.rule import Rule, Subject


class SeparatedAttributes(Rule):
    """A comma or semicolon separates attributes.

    ## What it does
    Finds a `,` or `;` between the closing quote of a value and the next attribute. Each shortcode
    is reported once, at the first of them.

    ## Why is this bad
    Only white space separates attributes. WordPress reads the value, its quotes and the comma as
    one word; other tools look for the closing quote further on.

    ## Example
    ```text
    [map place="Cairo", zoom="7"]
    ```

    ## Use instead
    ```text
    [map place="Cairo" zoom="7"]
    ```

    ## Fix safety
    Unsafe: the comma and the text after it may be meant as a part of the value.
    """

    code = "SC205"
    name = "separated-attributes"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield one finding for every such shortcode, at the first comma."""
        for kind, span, edits in subject.doubts.values():
            if kind == "separated":
                message = f'a "{subject.text[slice(*span)].strip()}" separates attributes'
                fix = Fix("replace it with a space", edits, safe=False) if edits else None
                yield self.found(message, span, fix=fix)

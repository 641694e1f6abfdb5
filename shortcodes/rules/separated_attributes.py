"""SC205: a comma between attributes."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic, Edit, Fix
from shortcodes.rules.rule import Rule, Subject


class SeparatedAttributes(Rule):
    """A comma stands between attributes.

    ## What it does
    Finds a `,` or `;` between the quote that ends a value and the next attribute. A shortcode is
    reported once, at the first of them.

    ## Why is this bad
    Only white space separates attributes. WordPress takes the value with its quotes and the comma
    for a word of its own; other tools look for the closing quote further on.

    ## Example
    ```text
    [map place="Cairo", zoom="7"]
    ```

    ## Use instead
    ```text
    [map place="Cairo" zoom="7"]
    ```

    ## Fix safety
    Unsafe: a value may hold just that.
    """

    code = "SC205"
    name = "separated-attributes"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Give every such shortcode, at the first comma."""
        for spans in subject.separated.values():
            shown = subject.text[slice(*spans[0])].strip()
            edits = tuple(Edit(span, " ") for span in spans)
            fix = Fix("write a space instead", edits, safe=False)
            yield self.found(f'a "{shown}" stands between attributes', spans[0], fix=fix)

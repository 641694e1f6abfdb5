"""SC111: a closing tag that is written as an opening one."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic, Edit, Fix
from shortcodes.linting.rule import Rule, Subject


class UnslashedClosingTag(Rule):
    """A closing tag is written as an opening one.

    ## What it does
    Finds `[button/]` and `[button]` after an open `[button …]`, if the schema of the shortcode says
    that it always encloses text, or that it requires attributes, which this tag has not.

    ## Why is this bad
    Only `[/button]` closes. The tag opens another shortcode, and the first one encloses nothing.

    ## Example
    ```text
    [button url="/order"]Order[button/]
    ```

    ## Use instead
    ```text
    [button url="/order"]Order[/button]
    ```

    ## Fix safety
    Unsafe: it is a guess that a closing tag was meant.
    """

    code = "SC111"
    name = "unslashed-closing-tag"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield a finding for every such tag."""
        for shortcode, closes in subject.by_schema.enclosing.misclosed:
            name, span = shortcode.name, shortcode.open_span
            line = subject.document.position(closes[0]).line
            message = f"write [/{name}] to close the [{name}] of line {line}"
            fix = Fix(f"write [/{name}]", (Edit(span, f"[/{name}]"),), safe=False)
            yield self.found(message, span, fix=fix)

"""SC207: a value of several words without quotes."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic, Fix
from shortcodes.linting.rule import Rule, Subject


class UnquotedValue(Rule):
    """A value of several words has no quotes around it.

    ## What it does
    Finds values without quotes that end in a comma, with more values without a name after them. If
    a schema says that the attribute holds text, and that the shortcode takes no value without a
    name, other words after it are found too. Each shortcode is reported once.

    ## Why is this bad
    Without quotes a value ends at the first space. The rest becomes values without names, which
    have no effect.

    ## Example
    ```text
    [gallery ids=4, 8, 15]
    ```

    ## Use instead
    ```text
    [gallery ids="4, 8, 15"]
    ```

    ## Fix safety
    Unsafe: it is a guess that all the words belong to the value.
    """

    code = "SC207"
    name = "unquoted-value"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield one finding for every such shortcode, at the attribute."""
        for found in subject.by_schema.unquoted.values():
            start, end = found.edits[0].span[0], found.edits[1].span[0]
            shown = subject.text[start:end]
            shown = shown if len(shown) <= 40 else f"{shown[:39]}…"
            message = f'put quotes around the value of {found.name}: {found.name}="{shown}"'
            fix = Fix("put the value between quotes", found.edits, safe=False)
            yield self.found(message, found.span, fix=fix)

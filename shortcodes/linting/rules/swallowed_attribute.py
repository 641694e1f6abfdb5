"""SC206: a value that contains the next attribute."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic, Fix
from shortcodes.linting.rule import Rule, Subject


class SwallowedAttribute(Rule):
    """A value contains the next attribute, because its closing quote is missing.

    ## What it does
    Finds quoted values that contain a name, an equals sign and another quote, outside of HTML tags.
    Each shortcode is reported once, at the first of them.

    ## Why is this bad
    The value does not end where it should, so it takes in the attribute that follows. WordPress
    splits it at its spaces into words without names.

    ## Example
    The value of `place` is read as `Port Said style="wide`:
    ```text
    [map place="Port Said style="wide"]
    ```

    ## Use instead
    ```text
    [map place="Port Said" style="wide"]
    ```

    ## Fix safety
    Unsafe: where the value ends is a guess.
    """

    code = "SC206"
    name = "swallowed-attribute"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield one finding for every such shortcode, at the value."""
        for kind, span, edits in subject.doubts.values():
            if kind == "swallowed":
                fix = Fix("add the closing quote", edits, safe=False) if edits else None
                yield self.found(
                    "the value contains the next attribute: its closing quote is missing",
                    span,
                    fix=fix,
                )

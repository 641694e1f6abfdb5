"""SC301: an attribute that is given again."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic
from shortcodes.rules.rule import Rule, Subject


class DuplicateAttribute(Rule):
    """An attribute is given again.

    ## What it does
    Finds attributes whose name another one before them has.

    ## Why is this bad
    The last value wins; the others are lost without a word.

    ## Example
    ```text
    [map zoom="7" zoom="9"]
    ```

    ## Use instead
    ```text
    [map zoom="9"]
    ```
    """

    code = "SC301"
    name = "duplicate-attribute"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Give every attribute that is not the first of its name."""
        for attributes in subject.attributes:
            seen: set[str] = set()
            for attribute in attributes:
                if attribute.name in seen:
                    message = f"{attribute.name} is given again; the last value wins"
                    yield self.found(message, attribute.span)
                if attribute.name is not None:
                    seen.add(attribute.name)

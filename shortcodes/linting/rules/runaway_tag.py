"""SC108: an opening tag that runs into another tag."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic, Fix
from shortcodes.linting.rule import Rule, Subject


class RunawayTag(Rule):
    """An opening tag runs into another tag: its `]` is missing.

    ## What it does
    Finds opening tags in which a quote could end a value and another tag begins before the `]`.

    ## Why is this bad
    The next `]` of the text ends the tag. All before it becomes part of a value, and the other tag
    is lost.

    ## Example
    ```text
    [tab title="One" Text.[/tab]
    ```

    ## Use instead
    ```text
    [tab title="One"] Text.[/tab]
    ```

    ## Fix safety
    Unsafe: where the tag ends is a guess.
    """

    code = "SC108"
    name = "runaway-tag"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Give every such opening tag, up to where it seems to end."""
        for kind, span, edits in subject.doubts.values():
            if kind == "runaway":
                fix = Fix('write the "]"', edits, safe=False)
                yield self.found('another tag begins before its "]"', span, fix=fix)

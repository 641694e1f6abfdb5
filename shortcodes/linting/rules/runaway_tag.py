"""SC108: an opening tag that runs into another tag."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic, Fix
from shortcodes.linting.rule import Rule, Subject


class RunawayTag(Rule):
    """An opening tag runs into another tag, because its `]` is missing.

    ## What it does
    Finds opening tags in which another tag begins before the `]`, after a quote that could end a
    value.

    ## Why is this bad
    The tag ends only at the next `]` in the text. Everything up to there becomes part of a value,
    and the other tag is lost.

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
        """Yield a finding for every such opening tag, up to where it seems to end."""
        for kind, span, edits in subject.doubts.values():
            if kind == "runaway":
                fix = Fix('add the "]"', edits, safe=False) if edits else None
                yield self.found('add the missing "]": another tag begins before it', span, fix=fix)

"""SC002: a suppression comment that is not needed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from shortcodes.diagnostics import Diagnostic, Edit, Fix
from shortcodes.linting.rule import Rule, Subject
from shortcodes.linting.suppression import Suppression


class UnusedSuppression(Rule):
    """A suppression comment suppresses nothing.

    ## What it does
    Finds comments such as `<!-- shortcodes: ignore SC201 -->` where the rules that they name find
    nothing. Those rules are run for this even if they are not selected.

    ## Why is this bad
    The problem that the comment was written for is gone, and the comment will hide the next problem
    of its kind.

    ## Example
    ```text
    <!-- shortcodes: ignore SC201 -->
    [map zoom="7"]
    ```

    ## Use instead
    ```text
    [map zoom="7"]
    ```

    ## Fix safety
    Safe: only the comment is removed, or those of its codes that are not needed. Unsafe inside
    brackets, and where no space separates the comment from its neighbours: without it they could
    join and mean something else. Also unsafe in Markdown where the comment begins a line, unless it
    is alone between blank lines and no list, code or other mark follows. Inside an HTML tag there
    is no fix.
    """

    code = "SC002"
    name = "unused-suppression"
    comes_last = True

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield one finding for every comment that is not needed, or not all of it."""
        suppressions = subject.suppressions
        for suppression in suppressions.all:
            unused = suppressions.list_unused(suppression)
            if unused:
                codes = f" of {', '.join(unused)}" if suppression.codes else ""
                message = f"the suppression{codes} suppresses nothing"
                fix = _build_fix(suppression, set(unused))
                safe = suppressions.can_be_removed(suppression, whole=fix.edits[0].text == "")
                is_in_tag = subject.exact_html_tags.around(suppression.span[0]) is not None
                allowed_fix = None if is_in_tag else replace(fix, safe=safe)
                yield self.found(message, suppression.span, fix=allowed_fix)


def _build_fix(suppression: Suppression, unused: Collection[str]) -> Fix:
    """Return the fix that removes the codes, or the whole comment if no code remains."""
    remaining = [code for code, _ in suppression.codes if code not in unused]
    if not remaining:
        return Fix("remove the comment", (Edit(suppression.whole, ""),))
    span = suppression.codes[0][1][0], suppression.codes[-1][1][1]
    return Fix("remove the codes that are not needed", (Edit(span, ", ".join(remaining)),))

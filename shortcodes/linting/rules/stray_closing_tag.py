"""SC102: a closing tag that closes nothing."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic, Edit, Fix
from shortcodes.linting.rule import Rule, Subject


class StrayClosingTag(Rule):
    """A closing tag closes nothing.

    ## What it does
    Finds closing tags at which no shortcode with their name is open. If the name is one slip away
    from that of a shortcode that is never closed, the fix writes that name; such a closing tag is
    found even if its own name is not in the list of tags.

    ## Why is this bad
    Readers see the tag as it is written. Often its opening tag was deleted, or is misspelt.

    ## Example
    ```text
    [tab title="One"]First[/tab] Second[/tab]
    ```

    ## Use instead
    ```text
    [tab title="One"]First[/tab] [tab title="Two"]Second[/tab]
    ```

    ## Fix safety
    Unsafe: it is a guess that the similar name was meant.
    """

    code = "SC102"
    name = "stray-closing-tag"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield a finding for every such closing tag."""
        broken_off = (
            {tag.name: tag.start for tag in reversed(subject.loose.unterminated)}
            if subject.options
            else {}
        )
        for delimiter in [*subject.loose.stray, *subject.misspelt_closing_tags]:
            is_explained = broken_off.get(delimiter.name, delimiter.start) < delimiter.start
            if is_explained or delimiter.start in subject.unread.closed:
                continue
            message = f"[/{delimiter.name}] closes nothing"
            meant = subject.find_unclosed(delimiter)
            hint = f"did you mean [/{meant}]?" if meant else ""
            span = delimiter.start, delimiter.end
            edits = (Edit(span, f"[/{meant}]"),)
            fix = Fix(f"write [/{meant}]", edits, safe=False) if meant else None
            yield self.found(message, span, hint=hint, fix=fix)

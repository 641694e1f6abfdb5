"""SC106: a closing tag that WordPress does not read."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic, Edit, Fix
from shortcodes.linting.rule import Rule, Subject


class InexactClosingTag(Rule):
    """A closing tag contains white space, so WordPress does not read it.

    ## What it does
    Finds closing tags with something between the name and the `]`.

    ## Why is this bad
    WordPress closes a shortcode only at exactly `[/name]`. It shows any other closing tag as it is
    written, and the shortcode encloses nothing.

    ## Example
    ```text
    [note]text[/note ]
    ```

    ## Use instead
    ```text
    [note]text[/note]
    ```

    ## Fix safety
    Safe in the lenient dialect, which reads both closing tags the same way.
    """

    code = "SC106"
    name = "inexact-closing-tag"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield a finding for every such closing tag."""
        for index in subject.differences.inexact:
            shortcode = subject.meant_at(index)
            span = shortcode.close_span or shortcode.open_span
            exact = f"[/{shortcode.name}]"
            edits = (Edit(span, exact),)
            safe = subject.dialect == "lenient"
            yield self.found(
                f"WordPress does not read this closing tag: it must be {exact}",
                span,
                fix=Fix("remove the white space", edits, safe),
            )

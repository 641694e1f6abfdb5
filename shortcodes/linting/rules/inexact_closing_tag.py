"""SC106: a closing tag that WordPress does not read."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic, Edit, Fix
from shortcodes.linting.rule import Rule, Subject


class InexactClosingTag(Rule):
    """A closing tag holds white space, so that WordPress does not read it.

    ## What it does
    Finds closing tags with something between the name and the `]`.

    ## Why is this bad
    To WordPress only `[/name]` closes a shortcode. It shows the closing tag as it is written, and
    the shortcode encloses nothing.

    ## Example
    ```text
    [note]text[/note ]
    ```

    ## Use instead
    ```text
    [note]text[/note]
    ```

    ## Fix safety
    Safe in the lenient dialect: it is the same closing tag.
    """

    code = "SC106"
    name = "inexact-closing-tag"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Give every such closing tag of a shortcode."""
        for place in subject.differences.inexact:
            shortcode = subject.meant_at(place)
            place_of_it = shortcode.close_span or shortcode.open_span
            exact = f"[/{shortcode.name}]"
            edits = (Edit(place_of_it, exact),)
            safe = subject.dialect == "lenient"
            yield self.found(
                f"WordPress does not take this for the {exact} that it must be",
                place_of_it,
                fix=Fix("write it without white space", edits, safe),
            )

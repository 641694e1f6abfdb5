"""SC104: a shortcode nested in one with the same name."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic
from shortcodes.linting.rule import Rule, Subject


class SelfNesting(Rule):
    """A shortcode is nested in one with the same name, which WordPress cannot read.

    ## What it does
    Finds shortcodes inside another one with the same name. WordPress ends the outer one at the
    closing tag of the inner one.

    ## Why is this bad
    WordPress closes a shortcode at the first closing tag with its name. The rest of the content
    falls outside the shortcode, and the second closing tag is shown as it is written.

    ## Example
    ```text
    [row] [row]inner[/row] outer [/row]
    ```

    ## Use instead
    ```text
    [row] [row_inner]inner[/row_inner] outer [/row]
    ```
    """

    code = "SC104"
    name = "self-nesting"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield one finding for every shortcode whose closing tag is taken for another one's."""
        for outer, inner in subject.differences.nesting:
            shortcode = subject.meant_at(inner)
            line = subject.document.position(subject.meant_at(outer).span[0]).line
            name = shortcode.name
            message = (
                f"WordPress closes the [{name}] in line {line} with the closing tag of this one"
            )
            hint = f"use another name for the inner one: [{name}] cannot contain [{name}]"
            yield self.found(message, shortcode.open_span, hint=hint)

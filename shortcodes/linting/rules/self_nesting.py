"""SC104: a shortcode inside one of the same name."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic
from shortcodes.linting.rule import Rule, Subject


class SelfNesting(Rule):
    """A shortcode stands inside one of the same name, which WordPress cannot read.

    ## What it does
    Finds shortcodes whose closing tag WordPress takes for that of another one around them.

    ## Why is this bad
    WordPress closes a shortcode at the first closing tag of its name. What follows falls out of it,
    and the second closing tag is shown as it is written.

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
        """Give the shortcodes whose closing tags are taken, each once."""
        for outer, inner in subject.differences.nesting:
            shortcode = subject.meant_at(inner)
            line = subject.document.position(subject.meant_at(outer).span[0]).line
            name = shortcode.name
            message = f"WordPress ends the [{name}] of line {line} with the closing tag of this one"
            hint = f"give the inner one another name: [{name}] cannot hold [{name}]"
            yield self.found(message, shortcode.open_span, hint=hint)

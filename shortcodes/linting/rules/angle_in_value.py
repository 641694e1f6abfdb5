"""SC913: a lone angle bracket inside a value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic
from shortcodes.linting.entities import written
from shortcodes.linting.rule import Rule, Subject

_TAGS = re.compile(r"<[^<>]*+>")
_HARM = {
    "<": "WordPress empties the value",
    ">": "WordPress's typographer takes the tag for text",
}
_ENTITIES = {"<": "&lt;", ">": "&gt;"}


class AngleInValue(Rule):
    """A value holds a `<` or `>` that belongs to no HTML tag.

    ## What it does
    Finds values with a `<` that no `>` follows, or a `>` that no `<` precedes.

    ## Why is this bad
    WordPress empties a value with such a `<`, or takes all up to the next `>` of the text for an
    HTML tag. With a lone `>` its typographer takes the tag for prose and turns its quotes curly.

    ## Example
    ```text
    [note title="1 < 2"]
    ```

    ## Use instead
    ```text
    [note title="1 &lt; 2"]
    ```

    ## Fix safety
    Unsafe: WordPress hands the entity on as it is. In HTML it looks the same, elsewhere not.
    """

    code = "SC913"
    name = "angle-in-value"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Give every shortcode with such values, at the first of them."""
        for shortcode in subject.undoubted:
            lone = [
                (attribute, bracket)
                for attribute in shortcode.attribute_nodes
                if (bracket := _lone(attribute.raw))
            ]
            if lone:
                attribute, bracket = lone[0]
                whose = attribute.name or "a positional one"
                message = f"a {bracket} in the value of {whose}: {_HARM[bracket]}"
                fix = subject.mend(shortcode) or written(subject, [a for a, _ in lone], _ENTITIES)
                yield self.found(message, attribute.span, fix=fix)


def _lone(value: str) -> str:
    """Return the worst angle bracket of a value that is part of no tag."""
    if "<" not in value and ">" not in value:
        return ""
    rest = _TAGS.sub("", value)
    return "<" if "<" in rest else ">" if ">" in rest else ""

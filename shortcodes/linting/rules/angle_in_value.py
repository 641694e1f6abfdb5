"""SC913: a lone angle bracket in a value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic
from shortcodes.linting.entities import build_entity_fix
from shortcodes.linting.rule import Rule, Subject

_TAGS = re.compile(r"<[^<>]*+>")
_HARM = {
    "<": "WordPress empties the value",
    ">": "WordPress's typographic filter takes the tag for text",
}
_ENTITIES = {"<": "&lt;", ">": "&gt;"}


class AngleInValue(Rule):
    """A value contains a `<` or `>` that is not part of an HTML tag.

    ## What it does
    Finds values with a `<` that no `>` follows, or a `>` that no `<` precedes.

    ## Why is this bad
    WordPress empties a value with a lone `<`, or takes everything up to the next `>` in the text
    for an HTML tag. If there is a lone `>`, its typographic filter takes the tag for prose and
    makes its quotes curly.

    ## Example
    ```text
    [note title="1 < 2"]
    ```

    ## Use instead
    ```text
    [note title="1 &lt; 2"]
    ```

    ## Fix safety
    Unsafe: WordPress passes the entities on as they are. They look the same in HTML, but not
    elsewhere.
    """

    code = "SC913"
    name = "angle-in-value"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield one finding for every shortcode with such values, at the first of them."""
        for shortcode in subject.undoubted:
            lone = [
                (attribute, bracket)
                for attribute in shortcode.attribute_nodes
                if (bracket := _find_lone_bracket(attribute.raw))
            ]
            if lone:
                attribute, bracket = lone[0]
                name = attribute.name or "a positional attribute"
                message = f"the value of {name} contains a lone {bracket}: {_HARM[bracket]}"
                attributes = [node for node, _ in lone]
                fix = subject.mend(shortcode) or build_entity_fix(subject, attributes, _ENTITIES)
                yield self.found(message, attribute.span, fix=fix)


def _find_lone_bracket(value: str) -> str:
    """Return the more harmful angle bracket of a value that is not part of a tag, if any."""
    if "<" not in value and ">" not in value:
        return ""
    without_tags = _TAGS.sub("", value)
    return "<" if "<" in without_tags else ">" if ">" in without_tags else ""

"""SC912: a bracket in a value."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic
from shortcodes.linting.entities import build_entity_fix
from shortcodes.linting.rule import Rule, Subject

_HARM = {
    "]": "WordPress ends the tag there",
    "[": "WordPress's typographic filter takes the tag for text",
}
_ENTITIES = {"[": "&#91;", "]": "&#93;"}


class BracketInValue(Rule):
    """A value contains a bracket.

    ## What it does
    Finds values that contain a `]` or a `[`. Each shortcode is reported once, at the first value
    with a `]` if there is one.

    ## Why is this bad
    WordPress ends the opening tag at the first `]`, even in quotes, and shows the rest of the value
    as text. It does read a `[`, but its typographic filter takes the tag for prose and makes its
    quotes curly.

    ## Example
    ```text
    [map places="[1,2]" zoom="7"]
    ```

    ## Use instead
    ```text
    [map places="&#91;1,2&#93;" zoom="7"]
    ```

    ## Fix safety
    Unsafe: WordPress passes the entities on as they are. They look the same in HTML, but not
    elsewhere.
    """

    code = "SC912"
    name = "bracket-in-value"
    yields_to = ("SC202",)

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield one finding for every shortcode with such values."""
        for shortcode in subject.undoubted:
            attributes = [a for a in shortcode.attribute_nodes if "]" in a.raw or "[" in a.raw]
            if attributes:
                cut = next((a for a in attributes if "]" in a.raw), None)
                bracket = "]" if cut else "["
                worst = cut or attributes[0]
                shown_name = worst.name or "a positional attribute"
                message = f"the value of {shown_name} contains a {bracket}: {_HARM[bracket]}"
                fix = subject.mend(shortcode) or build_entity_fix(subject, attributes, _ENTITIES)
                yield self.found(message, worst.span, fix=fix)

"""SC912: a bracket inside a value."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic
from shortcodes.linting.entities import written
from shortcodes.linting.rule import Rule, Subject

_HARM = {
    "]": "WordPress ends the tag there",
    "[": "WordPress's typographer takes the tag for text",
}
_ENTITIES = {"[": "&#91;", "]": "&#93;"}


class BracketInValue(Rule):
    """A value holds a bracket.

    ## What it does
    Finds values that hold a `]` or a `[`. A shortcode is reported once, at the first of them.

    ## Why is this bad
    WordPress ends the opening tag at the first `]`, quotes or not: the rest of the value is shown
    as text. A `[` is read, but WordPress's typographer takes such a tag for prose and turns its
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
    Unsafe: WordPress hands the entities on as they are. In HTML they look the same; elsewhere they
    do not.
    """

    code = "SC912"
    name = "bracket-in-value"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Give every shortcode with such values, at the first of them."""
        for shortcode in subject.undoubted:
            held = [a for a in shortcode.attribute_nodes if "]" in a.raw or "[" in a.raw]
            if held:
                cut = next((a for a in held if "]" in a.raw), None)
                bracket = "]" if cut else "["
                worst = cut or held[0]
                whose = worst.name or "a positional one"
                message = f"a {bracket} in the value of {whose}: {_HARM[bracket]}"
                fix = subject.mend(shortcode) or written(subject, held, _ENTITIES)
                yield self.found(message, worst.span, fix=fix)

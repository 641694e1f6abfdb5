"""SC303: an attribute name with capital letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from shortcodes.diagnostics import Diagnostic, Edit, Fix, Severity
from shortcodes.linting.rule import Rule, Subject

_CAPITAL = re.compile("[A-Z]")


class UpperCaseAttribute(Rule):
    """An attribute name contains capital letters.

    ## What it does
    Finds attribute names with capital letters from A to Z. Each shortcode is reported once, at the
    first of them.

    ## Why is this bad
    WordPress converts names to lower case before a plug-in sees them. A plug-in that asks for
    `fullWidth` finds nothing, and of `Zoom` and `zoom` only the last one remains.

    ## Example
    ```text
    [map Zoom="7"]
    ```

    ## Use instead
    ```text
    [map zoom="7"]
    ```

    ## Fix safety
    Safe in the WordPress dialect; unsafe in the lenient dialect, which keeps names as they are.
    """

    code = "SC303"
    name = "upper-case-attribute"
    severity: ClassVar[Severity] = "info"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield one finding for every shortcode with such names."""
        text = subject.text
        for attributes in subject.attributes:
            spans = [a.name_span for a in attributes if a.name_span]
            spans = [span for span in spans if _CAPITAL.search(text, *span)]
            if not spans:
                continue
            first = text[slice(*spans[0])]
            more = f", and {len(spans) - 1} more in lower case" if len(spans) > 1 else ""
            edits = tuple(Edit(span, _lower(text[slice(*span)])) for span in spans)
            safe = subject.dialect == "wordpress"
            yield self.found(
                f"WordPress reads {first} as {_lower(first)}{more}",
                spans[0],
                fix=Fix("write the names in lower case", edits, safe=safe),
            )


def _lower(name: str) -> str:
    return _CAPITAL.sub(lambda letter: letter[0].lower(), name)

"""SC205: a comma or semicolon between attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic, Fix
from shortcodes.linting.gaps import find_gaps
from shortcodes.linting.rule import Rule, Subject

_SUSPECT = re.compile(r"[^\w\s]\s*+[,;]")
_COMMA = re.compile(r"(?<!\s)\s*+[,;]\s*+")
_MESSAGE = 'a "{}" separates attributes'


class SeparatedAttributes(Rule):
    """A comma or semicolon separates attributes.

    ## What it does
    Finds a `,` or `;` between the closing quote of a value and the next attribute, or the end of
    the tag. Each shortcode is reported once, at the first of them.

    ## Why is this bad
    Only white space separates attributes. WordPress reads the value, its quotes and the comma as
    one word.

    ## Example
    ```text
    [map place="Cairo", zoom="7"]
    ```

    ## Use instead
    ```text
    [map place="Cairo" zoom="7"]
    ```

    ## Fix safety
    Safe in the lenient dialect if all values are plausible. Unsafe where other quotes before the
    comma make it uncertain which quote ends the value.
    """

    code = "SC205"
    name = "separated-attributes"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield one finding for every such shortcode, at the first comma."""
        for shortcode in subject.undoubted:
            if not _SUSPECT.search(subject.text, *shortcode.open_span):
                continue
            commas = (_COMMA.search(subject.text, *gap) for gap in find_gaps(shortcode))
            if comma := next(filter(None, commas), None):
                message = _MESSAGE.format(comma[0].strip())
                yield self.found(message, comma.span(), fix=subject.mend(shortcode))
        for kind, span, edits in subject.doubts.values():
            if kind == "separated":
                message = _MESSAGE.format(subject.text[slice(*span)].strip())
                fix = Fix("replace it with a space", edits, safe=False) if edits else None
                yield self.found(message, span, fix=fix)

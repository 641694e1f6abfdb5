"""SC903: a backslash in a value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic, Edit, Fix
from shortcodes.html.whole import holds_tags
from shortcodes.linting.rule import Rule, Subject

_LONE = re.compile(r"(?<!\\)(?:\\\\|(?!).)*+\\(?!\\)")


class BackslashInValue(Rule):
    r"""WordPress removes a backslash from a value.

    ## What it does
    Finds values with a backslash that is not escaped by another backslash.

    ## Why is this bad
    WordPress reads a backslash and the next character as one: `\n` becomes a line break, `\d`
    becomes `d`. Other programs pass the value on as it is written.

    ## Example
    ```text
    [file path="C:\new\drafts"]
    ```

    ## Use instead
    ```text
    [file path="C:\\new\\drafts"]
    ```

    ## Fix safety
    Unsafe: with doubled backslashes WordPress reads the value that was meant, but programs that
    keep backslashes read each of them twice. There is no fix for values that contain HTML.
    """

    code = "SC903"
    name = "backslash-in-value"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield one finding for every shortcode with such values, except in Markdown."""
        if subject.document.escapes_brackets or "\\" not in subject.text:
            return
        text = subject.text
        for shortcode in subject.undoubted:
            matches = [
                (attribute, match)
                for attribute in shortcode.attribute_nodes
                for match in _LONE.finditer(text, *attribute.value_span)
            ]
            if matches:
                attribute, _ = matches[0]
                edits = tuple(Edit(match.span(), 2 * match[0]) for _, match in matches)
                name = attribute.name or "a positional attribute"
                message = f"the value of {name} contains a backslash: WordPress removes it"
                has_tags = any(map(holds_tags, {attribute.raw for attribute, _ in matches}))
                fix = None if has_tags else Fix("double the backslashes", edits, safe=False)
                yield self.found(message, attribute.span, fix=fix)

"""SC921: typographic characters in a technical value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from shortcodes.diagnostics import Diagnostic, Edit, Fix, Severity
from shortcodes.html.whole import holds_tags
from shortcodes.linting.rule import Rule, Subject
from shortcodes.nodes import Attribute

_ANY = re.compile("[×–—…™]|&(?:#(?:0?38|215|8211|8212|8230|8482)|ndash|mdash|hellip|times);")
_REPLACEMENTS: tuple[tuple[str, str], ...] = (
    (r"(?<=\d)(?:×|&#215;|&times;)(?=\d)", "x"),
    (r"(?<![\d\s])(?:–|&#8211;|&ndash;)(?![\d\s])", "--"),
    (r"(?<!\s)(?:—|&#8212;|&mdash;)(?!\s)", "---"),
    (r"(?:…|&#8230;|&hellip;)(?=[\w/.?&=])", "..."),
    (r"&#0?38;(?=[\w-]++=)", "&"),
)
"""What a typographic filter makes, in its context, and what was typed."""

_PATTERN = re.compile("|".join(f"({pattern})" for pattern, _ in _REPLACEMENTS))
_WHITE_SPACE = re.compile(r"\s")


class TypographyInValue(Rule):
    """A technical value contains typographic characters.

    ## What it does
    Finds `×` between digits, dashes, `…` and `&#038;` in values without white space, such as sizes,
    slugs, URLs and names of colours. Prose and ranges of numbers are not reported.

    ## Why is this bad
    The author typed `x`, `--`, `---`, `...` or `&`, and the plug-in that reads the value expects
    these.

    ## Example
    ```text
    [image size="300×200" link="/a?b=1&#038;c=2"]
    ```

    ## Use instead
    ```text
    [image size="300x200" link="/a?b=1&c=2"]
    ```

    ## Fix safety
    Unsafe: a dash that was typed looks the same as one from a typographic filter.
    """

    code = "SC921"
    name = "typography-in-value"
    severity: ClassVar[Severity] = "info"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield one finding for every shortcode with such values, at the first of them."""
        text = subject.text
        if text.isascii() and "&" not in text:
            return
        for shortcode in subject.shortcodes:
            if not _ANY.search(text, *shortcode.open_span):
                continue
            edits = [
                edit
                for attribute in shortcode.attribute_nodes
                for edit in _find_edits(text, attribute)
            ]
            if edits:
                start, end = edits[0].span
                message = f"the value contains {text[start:end]} where {edits[0].text} was typed"
                fix = Fix("write what was typed", tuple(edits), safe=False)
                yield self.found(message, (start, end), fix=fix)


def _find_edits(text: str, attribute: Attribute) -> Iterator[Edit]:
    start, end = attribute.value_span
    if not _WHITE_SPACE.search(text, start, end) and not holds_tags(attribute.raw):
        for match in _PATTERN.finditer(text, start, end):
            yield Edit(match.span(), _REPLACEMENTS[(match.lastindex or 1) - 1][1])

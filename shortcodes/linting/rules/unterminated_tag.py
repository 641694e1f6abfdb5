"""SC101: an opening tag without its closing bracket."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from shortcodes.delimiters import Delimiter
from shortcodes.diagnostics import Diagnostic, Severity
from shortcodes.linting.rule import Rule, Subject
from shortcodes.nodes import Document


class UnterminatedTag(Rule):
    """An opening tag never ends: it has no `]`.

    ## What it does
    Finds text that begins like a shortcode with an attribute, `[name attribute=`, but has no `]` of
    its own. The hint says where the tag breaks off, and what could have followed there: an
    attribute or the end of the tag, a value, or a closing quote.

    ## Why is this bad
    It is not a shortcode. Readers see it as it is written.

    ## Example
    ```text
    [map zoom="7" place="Cairo"
    ```

    ## Use instead
    ```text
    [map zoom="7" place="Cairo"]
    ```
    """

    code = "SC101"
    name = "unterminated-tag"
    severity: ClassVar[Severity] = "error"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield a finding for every such opening tag, at its name."""
        for delimiter in subject.loose.unterminated:
            message = f'the tag [{delimiter.name} has no "]" of its own'
            span = delimiter.start, delimiter.end
            yield self.found(message, span, hint=_describe_break(subject.document, delimiter))


def _describe_break(document: Document, tag: Delimiter) -> str:
    """Return what was expected where an opening tag breaks off, with the position."""
    broken = document.find_break(tag)
    if broken is None:
        return ""
    line, column = document.position(broken.offset)
    *others, last = broken.expected
    words = f"{', '.join(others)} or {last}" if others else last
    colon = ": the value begins" if broken.is_unclosed else ""
    return f"expected {words}{colon} at line {line}, column {column}"

"""Typography: what a typographer made of a value, turned back into what is typed.

Quotes that delimit values are the parser's; this is about the values themselves, and only where
it is asked for: nothing tells a dash that the author typed from one that the typographer made.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from shortcodes.delimiters import Break, Delimiter
from shortcodes.lenient.grammar import quote_marks
from shortcodes.nodes import Attribute, Document, Loose, Reader, Span, Values

_MARKS = quote_marks()
_DOUBLE = "".join(mark for mark in _MARKS.double if mark not in f'"{_MARKS.guillemets}')
_SINGLE = _MARKS.single.replace("'", "")

_RULES = (
    (r"<br ?/?>\r?\n", "\n"),
    (r"</p>\r?\n<p>", "\n\n"),
    (r"«[\u00A0\u202F]?|[\u00A0\u202F]?»", '"'),
    (f"[{_DOUBLE}]", '"'),
    (f"[{_SINGLE}]", "'"),
    (r"…", "..."),
    (r"(?<=\s)–(?=\s)", "-"),
    (r"(?<=\s)—(?=\s)", "--"),
    (r"–", "--"),
    (r"—", "---"),
    (r"(?<=\d)×(?=\d)", "x"),
    (r"(?<=\s)™", "(tm)"),
)
"""What is made, in its context, and what is typed for it. Of two that match, the first holds."""


@cache
def _made() -> re.Pattern[str]:
    return re.compile("|".join(f"({pattern})" for pattern, _ in _RULES))


def undone(value: str) -> str:
    """Return a value with straight quotes, hyphens, dots and line breaks in place of typography."""
    return _made().sub(lambda match: _RULES[(match.lastindex or 1) - 1][1], value)


class Undoing:
    """A reader whose values are those of another one, with typography undone."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def attributes(self, name: str, span: Span) -> tuple[Attribute, ...]:
        """Return the attributes of the opening delimiter that stands there."""
        found = self._reader.attributes(name, span)
        return tuple(attribute._replace(value=undone(attribute.value)) for attribute in found)

    def values(self, name: str, start: int, end: int) -> Values:
        """Return no more than their values."""
        named, positional = self._reader.values(name, start, end)
        return {name: undone(named[name]) for name in named}, tuple(map(undone, positional))

    def loose(self, document: Document) -> Loose:
        """Return what the other reader found in no shortcode."""
        return self._reader.loose(document)

    def find_break(self, tag: Delimiter) -> Break | None:
        """Return where an unterminated opening tag breaks off."""
        return self._reader.find_break(tag)

    def split_by_html(self) -> Sequence[Delimiter]:
        """Return what the other reader left as text because HTML splits it."""
        return self._reader.split_by_html()

    def split_items(self, document: Document) -> frozenset[int]:
        """Return the items that the other reader says are split by HTML."""
        return self._reader.split_items(document)

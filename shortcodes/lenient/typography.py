"""Typography: curly quotes, dashes and the like in values, turned back into what is typed.

The parser takes care of the quotes around values; this is about the values themselves. It is an
option, since nothing tells a dash that the author typed from one that a typographer made.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from shortcodes.delimiters import Break, Delimiter
from shortcodes.lenient.grammar import quote_marks
from shortcodes.nodes import Attribute, Document, Evidence, Items, Loose, Reader, Span, Values

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
"""Each pattern of typography, with what is typed for it. Of several that match, the first holds."""


@cache
def _compile_rules() -> re.Pattern[str]:
    return re.compile("|".join(f"({pattern})" for pattern, _ in _RULES))


def undo(value: str) -> str:
    """Return a value with straight quotes, hyphens, dots and line breaks in place of typography."""
    return _compile_rules().sub(lambda match: _RULES[(match.lastindex or 1) - 1][1], value)


class TypographyUndoer:
    """A reader whose values are those of another reader, with their typography undone."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def make_items(self, document: Document) -> Items:
        """Return the shortcodes and escapes of the text."""
        return self._reader.make_items(document)

    def read_attributes(self, name: str, span: Span) -> tuple[Attribute, ...]:
        """Return the attributes of the opening tag with this name and span."""
        attributes = self._reader.read_attributes(name, span)
        return tuple(attribute._replace(value=undo(attribute.value)) for attribute in attributes)

    def read_values(self, name: str, start: int, end: int) -> Values:
        """Return only the values of these attributes."""
        named, positional = self._reader.read_values(name, start, end)
        return {name: undo(named[name]) for name in named}, tuple(map(undo, positional))

    def find_loose(self, document: Document) -> Loose:
        """Return the delimiters that are part of no shortcode and no escape."""
        return self._reader.find_loose(document)

    def find_break(self, tag: Delimiter) -> Break | None:
        """Return where an unterminated opening tag breaks off."""
        return self._reader.find_break(tag)

    def find_split(self, document: Document) -> Sequence[Delimiter]:
        """Return the delimiters that are text because of the HTML around them."""
        return self._reader.find_split(document)

    def find_split_items(self, document: Document) -> frozenset[int]:
        """Return the indexes of the items that HTML splits."""
        return self._reader.find_split_items(document)

    def find_evidence(self, document: Document) -> Mapping[str, Evidence]:
        """Return why names are shortcodes in the text, by name."""
        return self._reader.find_evidence(document)

    def find_left_over(self, document: Document) -> Sequence[Span]:
        """Return the spans of closing tags of shortcodes that close nothing."""
        return self._reader.find_left_over(document)

    def find_ambiguity(self, document: Document) -> Span | None:
        """Return the span of the first HTML tag that browsers may read in two ways."""
        return self._reader.find_ambiguity(document)

"""The tree: a text as WordPress sees it, as a `Document`.

This is the last stage of the WordPress dialect. The children of a shortcode are what WordPress
would find in its content if the handler ran it, as most handlers do.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from shortcodes.delimiters import Delimiter
from shortcodes.detection import Tags
from shortcodes.html.ambiguity import find_ambiguity
from shortcodes.nodes import Attribute, Document, Evidence, Items, Loose, Span, Values
from shortcodes.wordpress.attributes import (
    finish_value,
    is_as_written,
    join_spaces,
    locate_attributes,
    read_values,
)
from shortcodes.wordpress.evidence import find_evidence, list_names
from shortcodes.wordpress.items import ColumnItems, Columns, Origin
from shortcodes.wordpress.names import Names, compile_names
from shortcodes.wordpress.scopes import find_items
from shortcodes.wordpress.splits import find_split_delimiters, find_split_items
from shortcodes.wordpress.strays import find_strays, find_unterminated
from shortcodes.wordpress.views import show_brackets


def read_wordpress(text: str, tags: Tags) -> _Reader:
    """Read what WordPress sees in a text. It knows nothing of code and of Markdown.

    A shortcode in an element is where it is written, though WordPress runs it before those of the
    text around the element (rule 36); a shortcode in an element inside the attributes of another
    shortcode is part of those attributes.
    """
    names = compile_names(list_names(text, tags) if "[" in text else ())
    columns = find_items(text, names) if names.order and "]" in text else Columns()
    return _Reader(text, tags, names, columns)


class _Reader:
    """What was read of a text in the WordPress dialect, and what is computed of it on demand."""

    def __init__(self, text: str, tags: Tags, names: Names, columns: Columns) -> None:
        self._text = text
        self._tags = tags
        self._names = names
        self._columns = columns

    def make_items(self, document: Document) -> Items:
        return ColumnItems(document, self._columns)

    @cached_property
    def _is_as_written(self) -> bool:
        """Whether every value in the text is what is written. Where that takes too long to find out
        for a whole text, each delimiter is looked at instead.
        """
        return self._text.isascii() and is_as_written(self._text)

    def read_values(self, name: str, start: int, end: int) -> Values:
        text = self._text
        start, end = start + 1 + len(name), end - 1 - (text[end - 2] == "/")
        if self._is_as_written or is_as_written(text[start:end]):
            return read_values(text, start, end)
        attributes = list(self._read_attributes(start, end))
        named = {attribute.name: attribute.value for attribute in attributes if attribute.name}
        return named, tuple([attribute.value for attribute in attributes if not attribute.name])

    def read_attributes(self, name: str, span: Span) -> tuple[Attribute, ...]:
        start, end = span
        slash = self._text[end - 2] == "/"
        return tuple(self._read_attributes(start + 1 + len(name), end - 1 - slash))

    def _read_attributes(self, start: int, end: int) -> Iterator[Attribute]:
        """Yield the attributes in a span, which begins after the name of a delimiter."""
        index = bisect_right(self._columns.starts, start) - 1
        return _make_attributes(self._text, (start, end), self._columns.origins[index])

    def find_left_over(self, document: Document) -> Sequence[Span]:
        return ()  # WordPress prints them

    def find_evidence(self, document: Document) -> Mapping[str, Evidence]:
        return find_evidence(self._text, self._tags)

    def find_loose(self, document: Document) -> Loose:
        closers, crossing = find_strays(document, self._names)
        return Loose(
            unterminated=list(find_unterminated(self._text, self._names)),
            stray=[closer for index, closer in enumerate(closers) if index not in crossing],
            crossing=[closers[index] for index in sorted(crossing)],
        )

    def find_break(self, tag: Delimiter) -> None:
        return None

    def find_split(self, document: Document) -> Sequence[Delimiter]:
        return list(find_split_delimiters(document))

    def find_split_items(self, document: Document) -> frozenset[int]:
        return find_split_items(document)

    def find_ambiguity(self, document: Document) -> Span | None:
        return find_ambiguity(self._text, document.code_finders)


def _make_attributes(text: str, span: Span, origin: Origin) -> Iterator[Attribute]:
    """Yield the attributes of a shortcode; names lower-cased, values as a handler gets them."""
    view, shift, nested = origin
    for parts in locate_attributes(view, span[0] - shift, span[1] - shift):
        name = view[parts.start : parts.name_end].lower() or None
        raw = text[parts.value_start + shift : parts.value_end + shift]
        value = show_brackets(raw, view[parts.value_start : parts.value_end], nested=nested)
        quote = view[parts.value_end : parts.end]  # nothing after a bare value
        start = parts.start + shift
        yield Attribute(
            name=name,
            value=finish_value(join_spaces(value)),
            raw=raw,
            quotes=(quote, quote) if quote else None,
            span=(start, parts.end + shift),
            name_span=(start, parts.name_end + shift) if name else None,
            value_span=(parts.value_start + shift, parts.value_end + shift),
        )

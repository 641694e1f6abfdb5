"""A document of several texts: each was read alone, and its offsets are shifted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from shortcodes.delimiters import Break, Delimiter, Loose
from shortcodes.nodes import (
    Attribute,
    Document,
    Escape,
    Evidence,
    Items,
    Row,
    Shortcode,
    Span,
    Values,
    shift_span,
)

PlacedPart = tuple[int, Document]
"""The document of a part, with its offset in the whole text."""


class CompositeReader:
    """What was read of the parts of a text."""

    def __init__(self, parts: Sequence[PlacedPart]) -> None:
        """Take the documents of the parts, each with its offset in the text."""
        self._parts = parts
        self._offsets = [offset for offset, _ in parts]

    def _find_part(self, offset: int) -> PlacedPart:
        return self._parts[bisect_right(self._offsets, offset) - 1]

    def make_items(self, document: Document) -> Items:
        """Return the shortcodes and escapes of all parts."""
        return _CompositeItems(document, self._parts)

    def read_attributes(self, name: str, span: Span) -> tuple[Attribute, ...]:
        """Return the attributes of the opening tag with this name and span."""
        offset, part = self._find_part(span[0])
        attributes = part.read_attributes(name, shift_span(span, -offset))
        return tuple(_shift_attribute(attribute, offset) for attribute in attributes)

    def read_values(self, name: str, start: int, end: int) -> Values:
        """Return only the values of these attributes."""
        offset, part = self._find_part(start)
        return part.values(name, start - offset, end - offset)

    def find_loose(self, document: Document) -> Loose:
        """Return the delimiters that are part of no shortcode and no escape."""
        each = [(offset, part.loose) for offset, part in self._parts]
        return Loose(
            unterminated=[tag for at, loose in each for tag in _shift(loose.unterminated, at)],
            stray=[tag for at, loose in each for tag in _shift(loose.stray, at)],
            crossing=[tag for at, loose in each for tag in _shift(loose.crossing, at)],
        )

    def find_left_over(self, document: Document) -> Sequence[Span]:
        """Return the spans of closing tags of shortcodes that close nothing, in order."""
        return [
            shift_span(span, offset)
            for offset, part in self._parts
            for span in part.left_over_spans()
        ]

    def find_evidence(self, document: Document) -> Mapping[str, Evidence]:
        """Return why names are shortcodes in the first part that has them, by name."""
        evidence: dict[str, Evidence] = {}
        for start, part in self._parts:
            for name, (reason, offset) in part.find_evidence().items():
                shifted = None if offset is None else offset + start
                evidence.setdefault(name, Evidence(reason, shifted))
        return evidence

    def find_break(self, tag: Delimiter) -> Break | None:
        """Return where an unterminated opening tag breaks off, if that can be said."""
        offset, part = self._find_part(tag.start)
        (moved,) = _shift([tag], -offset)
        found = part.find_break(moved)
        return found and found._replace(offset=found.offset + offset)

    def find_split(self, document: Document) -> Sequence[Delimiter]:
        """Return the delimiters that no renderer may touch because of the HTML around them."""
        return [tag for offset, part in self._parts for tag in _shift(part.split_by_html, offset)]

    def find_split_items(self, document: Document) -> frozenset[int]:
        """Return the indexes of the items that have such delimiters."""
        counts = accumulate((len(part.items()) for _, part in self._parts), initial=0)
        return frozenset(
            first + index
            for first, (_, part) in zip(counts, self._parts, strict=False)
            for index in part.split_items
        )

    def find_ambiguity(self, document: Document) -> Span | None:
        """Return the span of the first HTML tag that browsers may read in two ways, or `None`."""
        spans = ((offset, part.ambiguity) for offset, part in self._parts)
        return next((shift_span(span, offset) for offset, span in spans if span), None)


def _shift(delimiters: Sequence[Delimiter], offset: int) -> Iterator[Delimiter]:
    return (tag._replace(start=tag.start + offset, end=tag.end + offset) for tag in delimiters)


def _shift_attribute(attribute: Attribute, offset: int) -> Attribute:
    return attribute._replace(
        span=shift_span(attribute.span, offset),
        name_span=attribute.name_span and shift_span(attribute.name_span, offset),
        value_span=shift_span(attribute.value_span, offset),
    )


class _CompositeItems(Items):
    """The items of all parts, with the offsets and indexes of the whole text."""

    def __init__(self, document: Document, parts: Sequence[PlacedPart]) -> None:
        self._document = document
        self._parts = parts
        counts = accumulate((len(part.items()) for _, part in parts), initial=0)
        *self._firsts, self._length = counts

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, index: int) -> Shortcode | Escape:  # type: ignore[override]  # no slices
        if index < 0:
            index += self._length
        if not 0 <= index < self._length:
            raise IndexError(index)
        number = bisect_right(self._firsts, index) - 1
        first, (offset, part) = self._firsts[number], self._parts[number]
        return part.items()[index - first].move(self._document, offset, first)

    def __iter__(self) -> Iterator[Shortcode | Escape]:
        return map(self.__getitem__, range(self._length))

    def rows(self) -> Iterator[Row]:
        """Yield the items in order, at a fraction of the cost of nodes."""
        for first, (offset, part) in zip(self._firsts, self._parts, strict=True):
            for (
                name,
                start,
                open_end,
                close_start,
                end,
                subtree_end,
                is_escape,
            ) in part.items().rows():
                yield (
                    name,
                    start + offset,
                    open_end + offset,
                    close_start and close_start + offset,
                    end + offset,
                    subtree_end + first,
                    is_escape,
                )

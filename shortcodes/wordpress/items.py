"""Items: the shortcodes and escapes of a document in columns, and where each was seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import NamedTuple

from shortcodes.nodes import Document, Escape, Items, Row, Shortcode


class Origin(NamedTuple):
    """Where a shortcode was seen."""

    view: str
    shift: int
    """What to add to a place in the view to get the place in the text."""
    nested: bool
    """It stands in the content of another one."""


class Columns(NamedTuple):
    """What was found in a text, in order: a column for each part of a row, and one of origins.

    A text may hold a hundred thousand shortcodes: as many objects would keep the garbage collector
    busier than the patterns.
    """

    names: Sequence[str] = ()
    starts: Sequence[int] = ()
    open_ends: Sequence[int] = ()
    close_starts: Sequence[int] = ()
    ends: Sequence[int] = ()
    subtree_ends: Sequence[int] = ()
    escaped: Sequence[int] = ()
    origins: Sequence[Origin] = ()


class ColumnItems(Items):
    """The items of a document, made of a row of the columns when they are asked for."""

    def __init__(self, document: Document, found: Columns) -> None:
        self._document = document
        self._columns = found[:-1]

    def rows(self) -> Iterator[Row]:
        """Give the items in order."""
        return zip(*self._columns, strict=True)

    def __len__(self) -> int:
        return len(self._columns[0])

    def __getitem__(self, index: int) -> Shortcode | Escape:  # type: ignore[override]  # no slices
        names, *numbers = self._columns
        place = range(len(names))[index]
        return self._item(place, names[place], *(column[place] for column in numbers))

    def __iter__(self) -> Iterator[Shortcode | Escape]:
        return map(self._item, count(), *self._columns)

    def _item(
        self,
        index: int,
        name: str,
        start: int,
        open_end: int,
        close_start: int,
        end: int,
        subtree_end: int,
        escaped: int,
    ) -> Shortcode | Escape:
        document = self._document
        if escaped:
            return Escape(name, (start, end), (start + 1, end - 1), subtree_end, document)
        close_span = (close_start, end) if close_start else None
        closes = document.source[open_end - 2] == "/"
        return Shortcode(name, (start, open_end), close_span, closes, index, subtree_end, document)

"""Items: the shortcodes and escapes of a document in columns, and the view each was found in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import NamedTuple

from shortcodes.nodes import Document, Escape, Items, Row, Shortcode


class Origin(NamedTuple):
    """The view in which a shortcode was found."""

    view: str
    shift: int
    """What to add to an offset in the view to get the offset in the text."""
    nested: bool
    """Whether it is in the content of another shortcode."""


class Columns(NamedTuple):
    """The items of a text in order: a column for each part of a row, and one of origins.

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
    """The items of a document, each made of a row of the columns on demand."""

    def __init__(self, document: Document, columns: Columns) -> None:
        self._document = document
        self._columns = columns[:-1]

    def rows(self) -> Iterator[Row]:
        """Yield the items in order."""
        return zip(*self._columns, strict=True)

    def __len__(self) -> int:
        return len(self._columns[0])

    def __getitem__(self, index: int) -> Shortcode | Escape:  # type: ignore[override]  # no slices
        names, *numbers = self._columns
        index = range(len(names))[index]
        return self._make_item(index, names[index], *(column[index] for column in numbers))

    def __iter__(self) -> Iterator[Shortcode | Escape]:
        return map(self._make_item, count(), *self._columns)

    def _make_item(
        self,
        index: int,
        name: str,
        start: int,
        open_end: int,
        close_start: int,
        end: int,
        subtree_end: int,
        is_escape: int,
    ) -> Shortcode | Escape:
        document = self._document
        if is_escape:
            return Escape(name, (start, end), (start + 1, end - 1), subtree_end, document)
        close_span = (close_start, end) if close_start else None
        is_self_closing = document.source[open_end - 2] == "/"
        return Shortcode(
            name, (start, open_end), close_span, is_self_closing, index, subtree_end, document
        )

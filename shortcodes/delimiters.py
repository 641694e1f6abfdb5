"""Delimiters: the opening and closing tags that a scanner finds in a text, in columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, Literal, NamedTuple

CLOSING_QUOTE: Final = "a closing quote"
"""What an unclosed value lacks."""

FirstItem = Literal["", "named", "url", "value"]
"""What comes first after the tag name: an attribute with a name, a bare address, `=value` directly
after the tag name, or anything else."""

_FIRST_ITEMS: Final[tuple[FirstItem, ...]] = ("", "named", "url", "value")

UNREAD: Final = len(_FIRST_ITEMS)
"""The kind of an opening delimiter whose first item has not been read yet."""

SELF_CLOSING: Final = UNREAD + 1
"""What is added to the kind of an opening delimiter that is self-closing."""

CLOSING: Final = 2 * SELF_CLOSING
"""The kind of every closing delimiter."""


class Delimiter(NamedTuple):
    """One opening or closing delimiter, with its offsets."""

    start: int
    end: int
    name: str
    is_closing: bool
    is_self_closing: bool
    first_item: FirstItem


class Loose(NamedTuple):
    """Delimiters that are part of no shortcode, each kind in document order."""

    unterminated: Sequence[Delimiter] = ()
    """Opening tags that begin with an attribute and break off; they end after their names."""
    stray: Sequence[Delimiter] = ()
    """Closing tags that close nothing."""
    crossing: Sequence[Delimiter] = ()
    """Closing tags whose opening tag is inside a shortcode that was closed before them."""


class Break(NamedTuple):
    """Where an opening tag breaks off, so that it is no shortcode."""

    offset: int
    """The offset from which nothing can be read, or at which an unclosed value begins."""
    expected: tuple[str, ...]
    """What could have followed there, in plain words, such as "an attribute"."""

    @property
    def is_unclosed(self) -> bool:
        """Whether only a closing quote is missing."""
        return self.expected == (CLOSING_QUOTE,)


def encode_kind(first_item: FirstItem, *, is_self_closing: bool = False) -> int:
    """Return the kind of an opening delimiter, a number below `CLOSING`."""
    return _FIRST_ITEMS.index(first_item) + SELF_CLOSING * is_self_closing


def _read_nothing(start: int) -> FirstItem:
    return ""


class Delimiters(Sequence[Delimiter]):
    """The delimiters of a text: a column for each property, from which rows are made on demand.

    A text may hold a hundred thousand of them: as many objects would keep the garbage collector
    busier than the scanner.
    """

    __slots__ = ("ends", "kinds", "names", "read_first_item", "starts")

    def __init__(self, rows: Iterable[Delimiter] = ()) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.names: list[str] = []
        self.kinds: list[int] = []
        self.read_first_item: Callable[[int], FirstItem] = _read_nothing
        """Returns the first item of the `UNREAD` delimiter that begins at an offset."""
        for row in rows:
            self.append(row)

    def append(self, row: Delimiter) -> None:
        """Add a row."""
        kind = CLOSING
        if not row.is_closing:
            kind = encode_kind(row.first_item, is_self_closing=row.is_self_closing)
        self.starts.append(row.start)
        self.ends.append(row.end)
        self.names.append(row.name)
        self.kinds.append(kind)

    def extend(self, others: Delimiters, start: int, end: int) -> None:
        """Add the rows of others from the index `start` to before the index `end`."""
        self.starts += others.starts[start:end]
        self.ends += others.ends[start:end]
        self.names += others.names[start:end]
        self.kinds += others.kinds[start:end]

    def get_first_item(self, index: int) -> FirstItem:
        """Return what comes first after the tag name; "" for a closing delimiter."""
        kind = self.kinds[index]
        if kind == CLOSING:
            return ""
        item = kind % SELF_CLOSING
        return self.read_first_item(self.starts[index]) if item == UNREAD else _FIRST_ITEMS[item]

    def select_names(self, names: Iterable[str]) -> Delimiters:
        """Return the delimiters with one of the names."""
        names = frozenset(names)
        if names.issuperset(self.names):
            return self
        return self.select([index for index, name in enumerate(self.names) if name in names])

    def select(self, indexes: Sequence[int]) -> Delimiters:
        """Return the delimiters at some indexes, in the order of the indexes."""
        selected = Delimiters()
        selected.read_first_item = self.read_first_item
        selected.starts = [self.starts[index] for index in indexes]
        selected.ends = [self.ends[index] for index in indexes]
        selected.names = [self.names[index] for index in indexes]
        selected.kinds = [self.kinds[index] for index in indexes]
        return selected

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, index: int) -> Delimiter:  # type: ignore[override]  # no slices
        kind = self.kinds[index]
        is_closing = kind == CLOSING
        return Delimiter(
            self.starts[index],
            self.ends[index],
            self.names[index],
            is_closing,
            not is_closing and kind >= SELF_CLOSING,
            self.get_first_item(index),
        )

    def __iter__(self) -> Iterator[Delimiter]:
        return map(self.__getitem__, range(len(self)))

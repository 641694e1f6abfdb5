"""Delimiters: opening and closing tags as the scanner hands them to pairing, in columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, Literal, NamedTuple

First = Literal["", "named", "url", "value"]
"""What comes first after the name: an attribute with a name, a bare address, `=value` directly
after the name, or anything else."""

_FIRSTS: Final[tuple[First, ...]] = ("", "named", "url", "value")

UNTOLD: Final = len(_FIRSTS)
"""The kind of an opening delimiter of which it was not asked yet what comes first."""

SELF_CLOSING: Final = UNTOLD + 1
"""Added to the kind of an opening delimiter that closes itself."""

CLOSING: Final = 2 * SELF_CLOSING
"""The kind of every closing delimiter."""


class Delimiter(NamedTuple):
    """One opening or closing delimiter; offsets in code points."""

    start: int
    end: int
    name: str
    closing: bool
    self_closing: bool
    first: First

    @property
    def split_message(self) -> str:
        """What is said of one that HTML splits."""
        slash = "/" if self.closing else ""
        return f"[{slash}{self.name}] is read as text: an HTML tag splits the shortcode"


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


CLOSING_QUOTE: Final = "a closing quote"


def kind_of(first: First, *, self_closing: bool = False) -> int:
    """Return the kind of an opening delimiter: below `CLOSING`."""
    return _FIRSTS.index(first) + SELF_CLOSING * self_closing


def _nothing(start: int) -> First:
    return ""


class Delimiters(Sequence[Delimiter]):
    """The delimiters of a text, a column for each property; a row is made when it is asked for.

    A text may hold a hundred thousand of them: as many objects would keep the garbage collector
    busier than the scanner.
    """

    __slots__ = ("ends", "kinds", "names", "starts", "tell")

    def __init__(self, rows: Iterable[Delimiter] = ()) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.names: list[str] = []
        self.kinds: list[int] = []
        self.tell: Callable[[int], First] = _nothing
        """Says what comes first in the untold one that begins there."""
        for row in rows:
            self.append(row)

    def append(self, row: Delimiter) -> None:
        """Add a row."""
        kind = CLOSING if row.closing else kind_of(row.first, self_closing=row.self_closing)
        self.starts.append(row.start)
        self.ends.append(row.end)
        self.names.append(row.name)
        self.kinds.append(kind)

    def extend(self, others: Delimiters, first: int, end: int) -> None:
        """Add some rows of others."""
        self.starts += others.starts[first:end]
        self.ends += others.ends[first:end]
        self.names += others.names[first:end]
        self.kinds += others.kinds[first:end]

    def first(self, place: int) -> First:
        """Return what comes first after the name; nothing does in a closing delimiter."""
        kind = self.kinds[place]
        if kind == CLOSING:
            return ""
        told = kind % SELF_CLOSING
        return self.tell(self.starts[place]) if told == UNTOLD else _FIRSTS[told]

    def of(self, names: Iterable[str]) -> Delimiters:
        """Return those that bear one of the names."""
        wanted = frozenset(names)
        if wanted.issuperset(self.names):
            return self
        return self.at([place for place, name in enumerate(self.names) if name in wanted])

    def at(self, places: Sequence[int]) -> Delimiters:
        """Return those at some places, in the order of these."""
        kept = Delimiters()
        kept.tell = self.tell
        kept.starts = [self.starts[place] for place in places]
        kept.ends = [self.ends[place] for place in places]
        kept.names = [self.names[place] for place in places]
        kept.kinds = [self.kinds[place] for place in places]
        return kept

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, place: int) -> Delimiter:  # type: ignore[override]  # no slices
        kind = self.kinds[place]
        closing = kind == CLOSING
        return Delimiter(
            self.starts[place],
            self.ends[place],
            self.names[place],
            closing,
            not closing and kind >= SELF_CLOSING,
            self.first(place),
        )

    def __iter__(self) -> Iterator[Delimiter]:
        return map(self.__getitem__, range(len(self)))

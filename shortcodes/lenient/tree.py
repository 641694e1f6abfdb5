"""The lenient dialect: scan, pair, detect, and lay the tree over the source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, repeat
from operator import lt
from typing import NamedTuple, TypeVar

from shortcodes.delimiters import CLOSING, SELF_CLOSING, Break, Delimiter, Delimiters
from shortcodes.detection import Tags, eligible, names_that_count
from shortcodes.html.contexts import Context
from shortcodes.lenient.pairing import Pairs, pair
from shortcodes.lenient.scanner import Scanner
from shortcodes.nodes import (
    Attribute,
    Document,
    Escape,
    Items,
    Loose,
    Row,
    Shortcode,
    Span,
    Values,
)


def read_lenient(text: str, tags: Tags, *, skip_code: bool, markdown: bool) -> Document:
    """Return the tree of what the author of a text meant."""
    scanner = Scanner(text, skip_code=skip_code, markdown=markdown)
    found = eligible(scanner.delimiters(), tags)
    contexts = scanner.contexts(found)
    split: Delimiters | None = None
    if contexts is not None:
        found, split = _without_split_pairs(found, contexts)
        contexts = scanner.contexts(found)
    doubled = _all_doubled(text, found)
    alone = {place for place, (left, right) in doubled.items() if left and right}
    pairs = pair(found, alone, contexts)
    counting = names_that_count(found, pairs.partner, tags)
    document = Document(text, _Reader(scanner, found, pairs, split, tags), "lenient")
    document._items = _laid(document, found, pairs.partner, doubled, counting)
    return document


def _without_split_pairs(
    found: Delimiters, contexts: Sequence[Context | None]
) -> tuple[Delimiters, Delimiters]:
    """Return the delimiters without those that could only pair across HTML contexts, and these."""
    partner = pair(found, contexts=contexts).partner
    left = [place for place, other in enumerate(partner) if other < 0]
    among_left = pair(found.at(left)).partner
    split = {
        left[place]
        for place, other in enumerate(among_left)
        if other >= 0 and contexts[left[place]] != contexts[left[other]]
    }
    if not split:
        return found, Delimiters()
    kept = [place for place in range(len(found)) if place not in split]
    return found.at(kept), found.at(sorted(split))


class _Reader(NamedTuple):
    """Answers for the document what it computes only when it is asked."""

    scanner: Scanner
    delimiters: Delimiters
    pairs: Pairs
    split: Delimiters | None
    """The delimiters of pairs that HTML splits."""
    tags: Tags

    def attributes(self, name: str, span: Span) -> tuple[Attribute, ...]:
        return self.scanner.attributes(span[0])

    def values(self, name: str, start: int, end: int) -> Values:
        found = self.scanner.values(start, end)
        named = dict(found)
        if "" not in named:
            return named, ()
        del named[""]
        return named, tuple([value for name, value in found if not name])

    def find_break(self, tag: Delimiter) -> Break | None:
        return self.scanner.find_break(tag.start)

    def split_by_html(self) -> Sequence[Delimiter]:
        rows = [*self.scanner.refused, *(self.split or ())]
        if not rows:
            return ()
        delimiters = eligible(Delimiters(sorted(rows)), self.tags)
        partner = pair(delimiters).partner
        counting = names_that_count(delimiters, partner, self.tags)
        counting |= frozenset(self.delimiters.names) & names_that_count(
            self.delimiters, self.pairs.partner, self.tags
        )
        return [delimiter for delimiter in delimiters if delimiter.name in counting]

    def split_items(self, document: Document) -> frozenset[int]:
        return frozenset()  # they are text

    def loose(self, document: Document) -> Loose:
        unpaired: tuple[list[Delimiter], list[Delimiter]] = ([], [])
        for place, kind in enumerate(self.delimiters.kinds):
            if kind == CLOSING and self.pairs.partner[place] < 0:
                unpaired[place in self.pairs.crossed].append(self.delimiters[place])
        broken = Delimiters(self.scanner.unterminated)
        found = (eligible(broken, self.tags), *unpaired)
        escaped = [item.span for item in document.items() if isinstance(item, Escape)]
        return Loose(*(_outside(delimiters, escaped) for delimiters in found))


def _outside(delimiters: Sequence[Delimiter], spans: Sequence[Span]) -> list[Delimiter]:
    """Return the delimiters that stand in none of the spans; both are sorted."""
    kept, place = [], 0
    for delimiter in delimiters:
        while place < len(spans) and spans[place][1] <= delimiter.start:
            place += 1
        if place == len(spans) or delimiter.start < spans[place][0]:
            kept.append(delimiter)
    return kept


_SINGLE = (0, 0)

_Doubled = dict[int, tuple[int, int]]
"""How long the further brackets are that stand directly around delimiters, by their places."""


def _all_doubled(text: str, found: Delimiters) -> _Doubled:
    left = [place for place, start in enumerate(found.starts) if start and text[start - 1] == "["]
    if not left:
        return {}  # brackets on one side alone double nothing
    right = [place for place, end in enumerate(found.ends) if text[end : end + 1] in ("]", "\\")]
    sizes = {
        place: _doubled(text, found.starts[place], found.ends[place]) for place in {*left, *right}
    }
    return {place: size for place, size in sizes.items() if size != _SINGLE}


def _doubled(text: str, start: int, end: int) -> tuple[int, int]:
    left = 0
    if start and text[start - 1] == "[":
        escaped = text[start] == "\\" and start > 1 and text[start - 2] == "\\"
        left = 2 if escaped else 1
    if text.startswith("]", end):
        return left, 1
    return left, 2 if text[end - 2 : end] == "\\]" and text.startswith("\\]", end) else 0


class _Items(Items):
    """The items of a document as places of delimiters: for each the first and the last one, and
    where its subtree ends.
    """

    def __init__(self, document: Document, found: Delimiters, doubled: _Doubled) -> None:
        self._document = document
        self._found = found
        self._doubled = doubled
        self.first: Sequence[int] = ()
        self.last: Sequence[int] = ()
        self.subtree_ends: Sequence[int] = ()
        self.escapes: frozenset[int] | set[int] = frozenset()

    def __len__(self) -> int:
        return len(self.first)

    def __getitem__(self, index: int) -> Shortcode | Escape:  # type: ignore[override]  # no slices
        if index < 0:
            index += len(self)
        first, last, found = self.first[index], self.last[index], self._found
        name, start, open_end = found.names[first], found.starts[first], found.ends[first]
        subtree_end, document = self.subtree_ends[index], self._document
        if index in self.escapes:
            span = self._escape_span(first, last)
            return Escape(name, span, (start, found.ends[last]), subtree_end, document)
        close_span = (found.starts[last], found.ends[last]) if last > first else None
        closes = found.kinds[first] >= SELF_CLOSING
        return Shortcode(name, (start, open_end), close_span, closes, index, subtree_end, document)

    def __iter__(self) -> Iterator[Shortcode | Escape]:
        return map(self.__getitem__, range(len(self)))

    def rows(self) -> Iterator[Row]:
        """Give the items in order."""
        first, last, found = self.first, self.last, self._found
        starts, ends = found.starts, found.ends
        close_starts: Iterable[int] = repeat(0)
        if first is not last:
            pairs = zip(first, last, strict=True)
            close_starts = (starts[end] if end > begin else 0 for begin, end in pairs)
        rows = zip(
            _at(first, found.names),
            _at(first, starts),
            _at(first, ends),
            close_starts,
            _at(last, ends),
            self.subtree_ends,
            repeat(0),
            strict=False,
        )
        return self._with_escapes(rows) if self.escapes else rows

    def _with_escapes(self, rows: Iterable[Row]) -> Iterator[Row]:
        for index, row in enumerate(rows):
            if index in self.escapes:
                start, end = self._escape_span(self.first[index], self.last[index])
                yield row[0], start, end, 0, end, row[5], 1
            else:
                yield row

    def _escape_span(self, first: int, last: int) -> Span:
        left, right = self._doubled[first][0], self._doubled[last][1]
        return self._found.starts[first] - left, self._found.ends[last] + right


_Value = TypeVar("_Value")


def _at(places: Sequence[int], column: Sequence[_Value]) -> Iterable[_Value]:
    """Return what stands at these places of a column: all of it, where they are as many."""
    return column if len(places) == len(column) else map(column.__getitem__, places)


def _laid(
    document: Document,
    found: Delimiters,
    partner: Sequence[int],
    doubled: _Doubled,
    counting: frozenset[str],
) -> _Items:
    """Return the shortcodes and escapes of the document, in order, each with its subtree's end."""
    items = _Items(document, found, doubled)
    if not doubled:
        first, last = _openers(found, partner, counting)
        if all(map(lt, last, islice(first, 1, None))):
            # Each ends before the next one begins.
            items.first, items.last, items.subtree_ends = first, last, range(1, len(first) + 1)
            return items
    _nest(items, found, partner, doubled, counting)
    return items


def _openers(
    found: Delimiters, partner: Sequence[int], counting: frozenset[str]
) -> tuple[Sequence[int], Sequence[int]]:
    """Return the places of the openers that count, and of their closers or again their own."""
    closers = CLOSING in found.kinds
    if counting.issuperset(found.names):
        if not closers:
            return (every := range(len(found))), every
        first = [place for place, kind in enumerate(found.kinds) if kind != CLOSING]
    else:
        rows = enumerate(zip(found.names, found.kinds, strict=True))
        first = [place for place, (name, kind) in rows if kind != CLOSING and name in counting]
    return first, list(map(max, first, map(partner.__getitem__, first))) if closers else first


def _nest(
    items: _Items,
    found: Delimiters,
    partner: Sequence[int],
    doubled: _Doubled,
    counting: frozenset[str],
) -> None:
    """Fill the items, which may stand in one another or be escaped."""
    first: list[int] = []
    last: list[int] = []
    subtree_ends: list[int] = []
    escapes: set[int] = set()
    open_items: list[int] = []
    names, kinds = found.names, found.kinds
    place = 0
    while place < len(found):
        if open_items and last[open_items[-1]] == place:
            subtree_ends[open_items.pop()] = len(first)
        elif names[place] in counting:
            end = max(place, partner[place])
            escape = doubled.get(place, _SINGLE)[0] > 0 and doubled.get(end, _SINGLE)[1] > 0
            if escape:
                escapes.add(len(first))
            elif end > place:
                open_items.append(len(first))
            if escape or kinds[place] != CLOSING:
                first.append(place)
                last.append(end)
                subtree_ends.append(len(first))
            if escape:
                place = end  # what it holds is text
        place += 1
    items.first, items.last, items.subtree_ends, items.escapes = first, last, subtree_ends, escapes

"""The lenient dialect: it scans a text, pairs delimiters, and decides which names count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, repeat
from operator import lt
from typing import NamedTuple, TypeVar

from shortcodes.delimiters import CLOSING, SELF_CLOSING, Break, Delimiter, Delimiters
from shortcodes.detection import (
    Tags,
    closes_shortcode,
    find_evidence,
    find_names,
    select_eligible,
)
from shortcodes.html.contexts import Context
from shortcodes.lenient.cut_off import find_cut_off
from shortcodes.lenient.links import take_out_links
from shortcodes.lenient.pairing import Pairs, pair
from shortcodes.lenient.scanner import Scanner
from shortcodes.nodes import (
    Attribute,
    Document,
    Escape,
    Evidence,
    Items,
    Loose,
    Row,
    Shortcode,
    Span,
    Values,
)


def read_lenient(
    text: str, tags: Tags, *, skip_code: bool, markdown: bool, escapes: bool
) -> _Reader:
    """Read what the author of a text meant."""
    scanner = Scanner(text, skip_code=skip_code, markdown=markdown, escapes=escapes)
    delimiters = take_out_links(text, scanner.read_delimiters(), markdown=markdown)
    delimiters = select_eligible(delimiters, tags)
    contexts = scanner.find_contexts(delimiters)
    split: Delimiters | None = None
    if contexts is not None:
        delimiters, split = _take_out_split_pairs(delimiters, contexts)
        contexts = scanner.find_contexts(delimiters)
    doubled = _find_doubled(text, delimiters, markdown=markdown)
    escaped = {index for index, (left, right) in doubled.items() if left and right}
    pairs = pair(delimiters, escaped, contexts)
    names = find_names(text, delimiters, pairs.partners, tags)
    return _Reader(scanner, delimiters, pairs, split, tags, doubled, names)


def _take_out_split_pairs(
    delimiters: Delimiters, contexts: Sequence[Context | None]
) -> tuple[Delimiters, Delimiters]:
    """Return the delimiters without those that could only pair across HTML contexts, and those."""
    partners = pair(delimiters, contexts=contexts).partners
    unpaired = [index for index, partner in enumerate(partners) if partner < 0]
    partners = pair(delimiters.select(unpaired)).partners
    split = {
        unpaired[index]
        for index, partner in enumerate(partners)
        if partner >= 0 and contexts[unpaired[index]] != contexts[unpaired[partner]]
    }
    if not split:
        return delimiters, Delimiters()
    whole = [index for index in range(len(delimiters)) if index not in split]
    return delimiters.select(whole), delimiters.select(sorted(split))


_SINGLE = (0, 0)

_Doubled = dict[int, tuple[int, int]]
"""For each delimiter with further brackets directly around it, by its index, the lengths of the one
before it and of the one after it."""


class _Reader(NamedTuple):
    """What was read of a text in the lenient dialect, and what is computed of it on demand."""

    scanner: Scanner
    delimiters: Delimiters
    pairs: Pairs
    split: Delimiters | None
    """The delimiters of pairs that HTML splits."""
    tags: Tags
    doubled: _Doubled
    names: frozenset[str]
    """The names that are shortcodes."""

    def make_items(self, document: Document) -> Items:
        return _make_items(document, self)

    def read_attributes(self, name: str, span: Span) -> tuple[Attribute, ...]:
        return self.scanner.read_attributes(span[0])

    def read_values(self, name: str, start: int, end: int) -> Values:
        pairs = self.scanner.read_values(start, end)
        named = dict(pairs)
        if "" not in named:
            return named, ()
        del named[""]
        return named, tuple([value for name, value in pairs if not name])

    def find_break(self, tag: Delimiter) -> Break | None:
        return self.scanner.find_break(tag.start)

    def find_split(self, document: Document) -> Sequence[Delimiter]:
        rows = [*self.scanner.refused, *(self.split or ())]
        if not rows:
            return ()
        delimiters = select_eligible(Delimiters(sorted(rows)), self.tags)
        partners = pair(delimiters).partners
        names = find_names(document.source, delimiters, partners, self.tags)
        names |= frozenset(self.delimiters.names) & self.names
        return [delimiter for delimiter in delimiters if delimiter.name in names]

    def find_split_items(self, document: Document) -> frozenset[int]:
        return frozenset()  # they are text

    def find_ambiguity(self, document: Document) -> Span | None:
        return self.scanner.find_ambiguity()

    def find_left_over(self, document: Document) -> Sequence[Span]:
        left_over = [
            self.delimiters[index]
            for index, (kind, partner) in enumerate(
                zip(self.delimiters.kinds, self.pairs.partners, strict=True)
            )
            if kind == CLOSING
            and partner < 0
            and not all(self.doubled.get(index, (0,)))
            and closes_shortcode(self.delimiters.names[index], self.names, self.tags)
        ]
        items = document.items() if left_over else ()
        escapes = [item.span for item in items if isinstance(item, Escape)]
        closers = [(tag.start, tag.end) for tag in _select_outside(left_over, escapes)]
        split_starts = {tag.start for tag in self.scanner.refused}
        cut_off = [
            span
            for span in find_cut_off(document.source, self.tags, document.code_finders)
            if span[0] not in split_starts
        ]
        return sorted([*closers, *cut_off]) if cut_off else closers

    def find_evidence(self, document: Document) -> Mapping[str, Evidence]:
        return find_evidence(document.source, self.delimiters, self.pairs.partners, self.tags)

    def find_loose(self, document: Document) -> Loose:
        stray, crossing = list[Delimiter](), list[Delimiter]()
        for index, kind in enumerate(self.delimiters.kinds):
            if kind == CLOSING and self.pairs.partners[index] < 0:
                kinds = crossing if index in self.pairs.crossing else stray
                kinds.append(self.delimiters[index])
        unterminated = select_eligible(Delimiters(self.scanner.unterminated), self.tags)
        escapes = [item.span for item in document.items() if isinstance(item, Escape)]
        return Loose(
            unterminated=_select_outside(unterminated, escapes),
            stray=_select_outside(stray, escapes),
            crossing=_select_outside(crossing, escapes),
        )


def _select_outside(delimiters: Sequence[Delimiter], spans: Sequence[Span]) -> list[Delimiter]:
    """Return the delimiters that are in none of the spans; both are sorted."""
    outside, index = [], 0
    for delimiter in delimiters:
        while index < len(spans) and spans[index][1] <= delimiter.start:
            index += 1
        if index == len(spans) or delimiter.start < spans[index][0]:
            outside.append(delimiter)
    return outside


def _find_doubled(text: str, delimiters: Delimiters, *, markdown: bool) -> _Doubled:
    """Return the doubled delimiters. In Markdown, `[[x]](address)` is a link, not an escape."""
    starts, ends = delimiters.starts, delimiters.ends
    left = [index for index, start in enumerate(starts) if start and text[start - 1] == "["]
    if not left:
        return {}  # brackets on the right side alone double nothing
    right = [index for index, end in enumerate(ends) if text[end : end + 1] in ("]", "\\")]
    lengths = {
        index: _measure_doubled(text, starts[index], ends[index]) for index in {*left, *right}
    }
    if markdown and "](" in text:
        links = [index for index in lengths if text.startswith("](", ends[index])]
        lengths.update((index, (lengths[index][0], 0)) for index in links)
    return {index: both for index, both in lengths.items() if both != _SINGLE}


def _measure_doubled(text: str, start: int, end: int) -> tuple[int, int]:
    left = 0
    if start and text[start - 1] == "[":
        is_escaped = text[start] == "\\" and start > 1 and text[start - 2] == "\\"
        left = 2 if is_escaped else 1
    if text.startswith("]", end):
        return left, 1
    return left, 2 if text[end - 2 : end] == "\\]" and text.startswith("\\]", end) else 0


class _Items(Items):
    """The items of a document: for each the indexes of its first and last delimiter, and of the
    item after its subtree.
    """

    def __init__(self, document: Document, delimiters: Delimiters, doubled: _Doubled) -> None:
        self._document = document
        self._delimiters = delimiters
        self._doubled = doubled
        self.openers: Sequence[int] = ()
        self.closers: Sequence[int] = ()
        """Where an item has no closing delimiter, its opening one."""
        self.subtree_ends: Sequence[int] = ()
        self.escapes: frozenset[int] | set[int] = frozenset()

    def __len__(self) -> int:
        return len(self.openers)

    def __getitem__(self, index: int) -> Shortcode | Escape:  # type: ignore[override]  # no slices
        if index < 0:
            index += len(self)
        opener, closer, delimiters = self.openers[index], self.closers[index], self._delimiters
        starts, ends, name = delimiters.starts, delimiters.ends, delimiters.names[opener]
        start, open_end = starts[opener], ends[opener]
        subtree_end, document = self.subtree_ends[index], self._document
        if index in self.escapes:
            span = self._find_escape_span(opener, closer)
            return Escape(name, span, (start, ends[closer]), subtree_end, document)
        close_span = (starts[closer], ends[closer]) if closer > opener else None
        slash = delimiters.kinds[opener] >= SELF_CLOSING
        return Shortcode(name, (start, open_end), close_span, slash, index, subtree_end, document)

    def __iter__(self) -> Iterator[Shortcode | Escape]:
        return map(self.__getitem__, range(len(self)))

    def rows(self) -> Iterator[Row]:
        """Yield the items in order."""
        openers, closers, delimiters = self.openers, self.closers, self._delimiters
        starts, ends = delimiters.starts, delimiters.ends
        close_starts: Iterable[int] = repeat(0)
        if openers is not closers:
            pairs = zip(openers, closers, strict=True)
            close_starts = (starts[closer] if closer > opener else 0 for opener, closer in pairs)
        rows = zip(
            _select(openers, delimiters.names),
            _select(openers, starts),
            _select(openers, ends),
            close_starts,
            _select(closers, ends),
            self.subtree_ends,
            repeat(0),
            strict=False,
        )
        return self._mark_escapes(rows) if self.escapes else rows

    def _mark_escapes(self, rows: Iterable[Row]) -> Iterator[Row]:
        for index, row in enumerate(rows):
            if index in self.escapes:
                start, end = self._find_escape_span(self.openers[index], self.closers[index])
                yield row[0], start, end, 0, end, row[5], 1
            else:
                yield row

    def _find_escape_span(self, opener: int, closer: int) -> Span:
        left, right = self._doubled[opener][0], self._doubled[closer][1]
        return self._delimiters.starts[opener] - left, self._delimiters.ends[closer] + right


_Value = TypeVar("_Value")


def _select(indexes: Sequence[int], column: Sequence[_Value]) -> Iterable[_Value]:
    """Return the values at these indexes of a column: the column itself if they are as many."""
    return column if len(indexes) == len(column) else map(column.__getitem__, indexes)


def _make_items(document: Document, reader: _Reader) -> _Items:
    """Return the shortcodes and escapes of the document, in order, each with its subtree's end."""
    items = _Items(document, reader.delimiters, reader.doubled)
    if not reader.doubled:
        openers, closers = _find_openers(reader)
        if all(map(lt, closers, islice(openers, 1, None))):
            # Each ends before the next one begins.
            items.openers, items.closers = openers, closers
            items.subtree_ends = range(1, len(openers) + 1)
            return items
    _nest(items, reader)
    return items


def _find_openers(reader: _Reader) -> tuple[Sequence[int], Sequence[int]]:
    """Return the indexes of the openers that count, and of their closers or again their own."""
    delimiters, names = reader.delimiters, reader.names
    has_closers = CLOSING in delimiters.kinds
    if names.issuperset(delimiters.names):
        if not has_closers:
            return (every := range(len(delimiters))), every
        openers = [index for index, kind in enumerate(delimiters.kinds) if kind != CLOSING]
    else:
        rows = enumerate(zip(delimiters.names, delimiters.kinds, strict=True))
        openers = [index for index, (name, kind) in rows if kind != CLOSING and name in names]
    if not has_closers:
        return openers, openers
    partners = map(reader.pairs.partners.__getitem__, openers)
    return openers, list(map(max, openers, partners))


def _nest(items: _Items, reader: _Reader) -> None:
    """Fill the items, which may be nested or escaped."""
    openers: list[int] = []
    closers: list[int] = []
    subtree_ends: list[int] = []
    escapes: set[int] = set()
    open_items: list[int] = []
    partners, doubled = reader.pairs.partners, reader.doubled
    names, kinds = reader.delimiters.names, reader.delimiters.kinds
    index = 0
    while index < len(names):
        if open_items and closers[open_items[-1]] == index:
            subtree_ends[open_items.pop()] = len(openers)
        elif names[index] in reader.names:
            closer = max(index, partners[index])
            left, right = doubled.get(index, _SINGLE)[0], doubled.get(closer, _SINGLE)[1]
            is_escape = left > 0 and right > 0
            if is_escape:
                escapes.add(len(openers))
            elif closer > index:
                open_items.append(len(openers))
            if is_escape or kinds[index] != CLOSING:
                openers.append(index)
                closers.append(closer)
                subtree_ends.append(len(openers))
            if is_escape:
                index = closer  # what it holds is text
        index += 1
    items.openers, items.closers = openers, closers
    items.subtree_ends, items.escapes = subtree_ends, escapes

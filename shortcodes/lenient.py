"""The lenient dialect: scan, pair, detect, and lay the tree over the source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shortcodes.delimiters import CLOSING, SELF_CLOSING, Delimiters
from shortcodes.detection import Tags, eligible, names_that_count
from shortcodes.diagnosis import in_attributes, structural
from shortcodes.diagnostics import Diagnostic
from shortcodes.nodes import Attribute, Document, Escape, Shortcode, Span
from shortcodes.pairing import Pairs, pair
from shortcodes.scanner import Scanner


def read_lenient(text: str, tags: Tags, *, skip_code: bool, markdown: bool) -> Document:
    """Return the tree of what the author of a text meant."""
    scanner = Scanner(text, skip_code=skip_code, markdown=markdown)
    found = eligible(scanner.delimiters(), tags)
    doubled = _all_doubled(text, found)
    pairs = pair(found, alone={place for place, (left, right) in doubled.items() if left and right})
    counting = names_that_count(found, pairs.partner, tags)
    document = Document(text, _Reader(scanner, found, pairs, tags))
    document._items = _laid(document, found, pairs.partner, doubled, counting)
    return document


class _Reader(NamedTuple):
    """Answers for the document what it computes only when it is asked."""

    scanner: Scanner
    delimiters: Delimiters
    pairs: Pairs
    tags: Tags

    def attributes(self, span: Span) -> tuple[Attribute, ...]:
        return self.scanner.attributes(span[0])

    def values(self, span: Span) -> Sequence[tuple[str | None, str]]:
        return self.scanner.values(*span)

    def diagnostics(self, document: Document) -> tuple[Diagnostic, ...]:
        unterminated = Delimiters(self.scanner.unterminated)
        escaped = [item.span for item in document.items() if isinstance(item, Escape)]
        found = [
            *structural(self.delimiters, self.pairs, eligible(unterminated, self.tags)),
            *in_attributes(document),
        ]
        found.sort(key=lambda diagnostic: (diagnostic.span, diagnostic.code))
        return tuple(_outside(found, escaped))


def _outside(diagnostics: Sequence[Diagnostic], spans: Sequence[Span]) -> list[Diagnostic]:
    """Return the diagnostics that stand in none of the spans; both are sorted."""
    kept, place = [], 0
    for diagnostic in diagnostics:
        while place < len(spans) and spans[place][1] <= diagnostic.span[0]:
            place += 1
        if place == len(spans) or diagnostic.span[0] < spans[place][0]:
            kept.append(diagnostic)
    return kept


_SINGLE = (0, 0)

_Doubled = dict[int, tuple[int, int]]
"""How long the further brackets are that stand directly around delimiters, by their places."""


def _all_doubled(text: str, found: Delimiters) -> _Doubled:
    left = [place for place, start in enumerate(found.starts) if start and text[start - 1] == "["]
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


class _Items(Sequence[Shortcode | Escape]):
    """The items of a document, made when they are asked for: for each the place of its first and
    last delimiter, and where its subtree ends.
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
            left, right, end = self._doubled[first][0], self._doubled[last][1], found.ends[last]
            return Escape(name, (start - left, end + right), (start, end), subtree_end, document)
        close_span = (found.starts[last], found.ends[last]) if last > first else None
        closes = found.kinds[first] >= SELF_CLOSING
        return Shortcode(name, (start, open_end), close_span, closes, index, subtree_end, document)

    def __iter__(self) -> Iterator[Shortcode | Escape]:
        return map(self.__getitem__, range(len(self)))


def _laid(
    document: Document,
    found: Delimiters,
    partner: Sequence[int],
    doubled: _Doubled,
    counting: frozenset[str],
) -> _Items:
    """Return the shortcodes and escapes of the document, in order, each with its subtree's end."""
    items = _Items(document, found, doubled)
    if not doubled and CLOSING not in found.kinds and counting.issuperset(found.names):
        # Every delimiter stands for itself.
        items.first = items.last = range(len(found))
        items.subtree_ends = range(1, len(found) + 1)
        return items
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
    return items

"""The lenient dialect: scan, pair, detect, and lay the tree over the source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from shortcodes.delimiters import Delimiter
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
    doubled = [_doubled(text, d.start, d.end) for d in found]
    pairs = pair(found, alone=[left > 0 and right > 0 for left, right in doubled])
    counting = names_that_count(found, pairs.partner, tags)
    document = Document(text, _Reader(scanner, found, pairs))
    _lay(document, found, pairs.partner, doubled, counting)
    return document


class _Reader(NamedTuple):
    """Answers for the document what it computes only when it is asked."""

    scanner: Scanner
    delimiters: Sequence[Delimiter]
    pairs: Pairs

    def attributes(self, start: int) -> tuple[Attribute, ...]:
        return self.scanner.attributes(start)

    def values(self, start: int) -> Sequence[tuple[str | None, str]]:
        return self.scanner.values(start)

    def diagnostics(self, document: Document) -> tuple[Diagnostic, ...]:
        escaped = [item.span for item in document.items() if isinstance(item, Escape)]
        found = [
            *structural(self.delimiters, self.pairs, self.scanner.unterminated),
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


def _doubled(text: str, start: int, end: int) -> tuple[int, int]:
    """Return how long the further brackets are that stand directly around a delimiter."""
    left = 0
    if start and text[start - 1] == "[":
        escaped = text[start] == "\\" and start > 1 and text[start - 2] == "\\"
        left = 2 if escaped else 1
    if text.startswith("]", end):
        return left, 1
    return left, 2 if text[end - 2 : end] == "\\]" and text.startswith("\\]", end) else 0


def _lay(
    document: Document,
    found: Sequence[Delimiter],
    partner: Sequence[int],
    doubled: Sequence[tuple[int, int]],
    counting: frozenset[str],
) -> None:
    """Put the shortcodes and escapes into the document, in order, each with its subtree's end."""
    last: list[int] = []  # for each item the place of its closer, or its own
    kept: list[int] = []  # for each item the place of its delimiter
    subtree_ends: list[int] = []
    escapes: set[int] = set()
    open_items: list[int] = []
    place = 0
    while place < len(found):
        delimiter, other = found[place], partner[place]
        if open_items and last[open_items[-1]] == place:
            subtree_ends[open_items.pop()] = len(kept)
        elif delimiter.name in counting:
            end = max(place, other)
            escape = doubled[place][0] > 0 and doubled[end][1] > 0
            if escape or not delimiter.closing:
                if escape:
                    escapes.add(len(kept))
                elif other >= 0:
                    open_items.append(len(kept))
                kept.append(place)
                last.append(end)
                subtree_ends.append(len(kept))
                if escape:
                    place = end
        place += 1
    for index, (first, end, subtree_end) in enumerate(zip(kept, last, subtree_ends, strict=True)):
        opener, closer = found[first], found[end]
        if index in escapes:
            left, right = doubled[first][0], doubled[end][1]
            inner = (opener.start, closer.end)
            span = (inner[0] - left, inner[1] + right)
            item: Shortcode | Escape = Escape(opener.name, span, inner, subtree_end, document)
        else:
            item = Shortcode(
                name=opener.name,
                open_span=(opener.start, opener.end),
                close_span=(closer.start, closer.end) if end > first else None,
                _self_closing=opener.self_closing,
                _index=index,
                _subtree_end=subtree_end,
                _document=document,
            )
        document._items.append(item)

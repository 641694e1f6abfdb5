"""Fixes for opening tags that WordPress misreads: rewritten so that it reads what was meant.

A tag is rewritten as a whole or not at all. If WordPress finds the same names and values in it as
the lenient reader does, not a byte of it changes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, NamedTuple

from shortcodes.diagnostics import Edit, Fix
from shortcodes.dialects import read
from shortcodes.html.whole import has_whole_tags
from shortcodes.linting.agreement import PLAIN
from shortcodes.linting.tag_writer import Rewrite, TagWriter, list_pairs
from shortcodes.nodes import Document, Escape, Shortcode, Span
from shortcodes.wordpress.attributes import DROPPED


class TagFixes(NamedTuple):
    """What can be done about the opening tags that WordPress misreads, by their starts."""

    misread: Sequence[Shortcode]
    """The shortcodes in which WordPress finds other attributes, or none."""
    fixes: Mapping[int, Fix]
    """A safe fix. Where nobody may have meant the values that are read, or no straight quotes can
    hold them, one that is not safe."""
    closing: Mapping[int, Fix]
    """A fix that makes the tag self-closing. It is never safe."""
    uncarried: Mapping[int, tuple[str, Span]]
    """The message and the span for each tag with a value that no straight quotes can hold."""
    readings: Sequence[Document]
    """The fixed texts as they were read to check the fixes."""


def build_tag_fixes(
    document: Document,
    suspects: Iterable[Shortcode],
    *,
    swallowing: Container[int],
    excluded: Container[int],
    options: Mapping[str, Any],
    undo_typography: bool = False,
) -> TagFixes:
    """Return the fixes for those of a document's shortcodes that WordPress misreads.

    Each value is written in `"`, or in `'` if it contains a `"`, with a space before each
    attribute. Backslashes are doubled, because WordPress removes one of two. It converts names to
    lower case and no-break spaces to spaces in any case. In Markdown, values keep their backslashes
    and entities.

    Args:
        document: The text as it was meant.
        suspects: The shortcodes that WordPress may misread, in order.
        swallowing: The starts of those that may be made self-closing.
        excluded: The starts of those that are not rewritten.
        options: The options that the document was read with. The fixed text is read with them too.
        undo_typography: Whether the rewritten values lose the curly quotes, dashes and such that a
            typographic filter made.
    """
    markdown = document.escapes_brackets
    writer = TagWriter(document.source, markdown=markdown, undo=undo_typography)
    checker = _Checker(document, options)
    plausible: list[Rewrite] = []
    doubtful: list[Rewrite] = []
    closing: list[Rewrite] = []
    misread: list[Shortcode] = []
    by_start: dict[int, Shortcode] = {}
    uncarried: dict[int, tuple[str, Span]] = {}
    for shortcode in suspects:
        start = shortcode.open_span[0]
        is_read = writer.is_read(shortcode)
        if not is_read:
            misread.append(shortcode)
        if start in excluded or (is_read and start not in swallowing):
            continue
        if not all(has_whole_tags(attribute.raw) for attribute in shortcode.attribute_nodes):
            continue
        if start in swallowing:
            closed = writer.make_self_closing(shortcode)
            closing += [closed] if isinstance(closed, Rewrite) else []
        if is_read:
            continue
        result = writer.rewrite(shortcode)
        if isinstance(result, Rewrite):
            (plausible if writer.is_plausible(shortcode) else doubtful).append(result)
        else:
            by_start[start] = shortcode
            name = result.name or "a positional attribute"
            uncarried[start] = _describe_uncarried(name, result.span)
    plausible, refused = checker.accept(plausible)
    doubtful, also_refused = checker.accept(doubtful, beside=plausible)
    for rewrite in [*refused, *also_refused]:
        span = rewrite.shortcode.open_span
        by_start[span[0]] = rewrite.shortcode
        uncarried[span[0]] = _describe_uncarried(f"[{rewrite.shortcode.name}]", span)
    results = [writer.rewrite(by_start[start], entities=True) for start in uncarried]
    with_entities = [result for result in results if isinstance(result, Rewrite)]
    with_entities, _ = checker.accept(with_entities, beside=[*plausible, *doubtful])
    others = [rewrite for rewrite in plausible if rewrite.shortcode.open_span[0] not in swallowing]
    closing, _ = checker.accept(closing, beside=others)
    fixes = _build_fixes("rewrite the tag so that WordPress reads it", plausible, safe=True)
    fixes |= _build_fixes("rewrite the tag with the values as they are read", doubtful)
    fixes |= _build_fixes("rewrite the tag with entities", with_entities)
    closings = _build_fixes("make the tag self-closing", closing)
    return TagFixes(misread, fixes, closings, uncarried, checker.readings)


def _build_fixes(
    message: str, rewrites: Iterable[Rewrite], *, safe: bool = False
) -> dict[int, Fix]:
    return {
        span[0]: Fix(message, (Edit(span, rewrite.source),), safe)
        for rewrite in rewrites
        for span in [rewrite.shortcode.open_span]
    }


def _describe_uncarried(name: str, span: Span) -> tuple[str, Span]:
    if name == DROPPED:
        return f"WordPress drops attributes named {DROPPED}", span
    return f"the value of {name} cannot be written in straight quotes", span


@dataclass(slots=True)
class _Candidate:
    """A text with some rewrites, to check whether it reads as it should."""

    document: Document
    rewrites: Sequence[Rewrite]
    starts: Sequence[int]
    """The offset of each rewrite in the document."""


class _Checker:
    """Checks that in the fixed text everything is still read as it was meant."""

    def __init__(self, document: Document, options: Mapping[str, Any]) -> None:
        self._document = document
        self._options = options
        self._markdown = document.escapes_brackets
        self.readings: list[Document] = []
        """The texts with accepted rewrites, as they were read."""

    def accept(
        self, rewrites: list[Rewrite], *, beside: Sequence[Rewrite] = ()
    ) -> tuple[list[Rewrite], list[Rewrite]]:
        """Return the rewrites that can be made together with `beside`, and those that cannot."""
        refused: list[Rewrite] = []
        for is_last in (False, False, True):
            if not rewrites:
                break
            candidate = self._apply([*rewrites, *beside])
            wrong = self._find_wrong(candidate)
            if not wrong:
                self.readings.append(candidate.document)
                break
            if is_last or wrong.isdisjoint(rewrites):
                wrong = set(rewrites)
            refused += [rewrite for rewrite in rewrites if rewrite in wrong]
            rewrites = [rewrite for rewrite in rewrites if rewrite not in wrong]
        return rewrites, refused

    def _apply(self, rewrites: Iterable[Rewrite]) -> _Candidate:
        rewrites = sorted(rewrites, key=lambda rewrite: rewrite.shortcode.open_span)
        text = self._document.source
        parts, starts, position, length = [], [], 0, 0
        for rewrite in rewrites:
            start, end = rewrite.shortcode.open_span
            length += start - position
            starts.append(length)
            length += len(rewrite.source)
            parts += [text[position:start], rewrite.source]
            position = end
        fixed = "".join([*parts, text[position:]])
        return _Candidate(read(fixed, **self._options), rewrites, starts)

    def _find_wrong(self, candidate: _Candidate) -> set[Rewrite]:
        """Return the rewrites that cannot stay: because of the text after them, the lenient reader
        would end a value elsewhere, or find another shortcode.
        """
        misread = self._find_misread(candidate)
        if misread:
            return misread
        expected = self._list_expected(candidate)
        rows = candidate.document.items().rows()
        actual = [(row[1], row[3] == 0) for row in rows if not row[6]]
        fill = (len(candidate.document.source), False)
        for before, after in zip_longest(expected, actual, fillvalue=fill):
            if before != after:
                offset = min(before, after)[0]
                starts = zip(candidate.rewrites, candidate.starts, strict=True)
                later = {rewrite for rewrite, start in starts if start >= offset}
                return later or set(candidate.rewrites)
        return set()

    def _find_misread(self, candidate: _Candidate) -> set[Rewrite]:
        """Return the rewrites in which the lenient reader finds other attributes."""
        text, items = candidate.document.source, candidate.document.items()
        by_start = {row[1]: (index, row[2]) for index, row in enumerate(items.rows()) if not row[6]}
        misread = set()
        for rewrite, start in zip(candidate.rewrites, candidate.starts, strict=True):
            index, end = by_start.get(start, (0, 0))
            if end != start + len(rewrite.source):
                misread.add(rewrite)
            elif not PLAIN.fullmatch(rewrite.source):
                item = items[index]
                if (
                    isinstance(item, Escape)
                    or list_pairs(item, text, self._markdown) != rewrite.pairs
                ):
                    misread.add(rewrite)
        return misread

    def _list_expected(self, candidate: _Candidate) -> list[tuple[int, bool]]:
        """Return where each shortcode should begin in the fixed text, and whether it should be
        without a closing tag.
        """
        expected, shift = [], 0
        pending = deque(zip(candidate.rewrites, candidate.starts, strict=True))
        for _, start, open_end, closing, _, _, escaped in self._document.items().rows():
            shifted = start + shift
            if pending and pending[0][0].shortcode.open_span[0] == start:
                rewrite, shifted = pending.popleft()
                shift = shifted + len(rewrite.source) - open_end
            if not escaped:
                expected.append((shifted, closing == 0))
        return expected

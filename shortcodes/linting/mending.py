"""Mending: opening delimiters that WordPress misreads, rewritten so that it reads what was meant.

A delimiter is rewritten whole or left whole. It is healthy, and left to the byte, where WordPress
finds the same names and values in it as the lenient reader does.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple

from shortcodes.diagnostics import Edit, Fix
from shortcodes.dialects import read
from shortcodes.html.whole import has_whole_tags
from shortcodes.linting.alike import PLAIN
from shortcodes.linting.writing import Rewriting, Writer, pairs_of
from shortcodes.nodes import Document, Escape, Shortcode, Span
from shortcodes.wordpress.attributes import DROPPED


class Mends(NamedTuple):
    """What can be done for the opening delimiters that WordPress misreads, by their starts."""

    misread: Sequence[Shortcode]
    """Those in which WordPress finds other attributes, or none."""
    fixes: Mapping[int, Fix]
    """A safe one, or for what no straight quote can carry one that writes entities, if any can."""
    uncarried: Mapping[int, tuple[str, Span]]
    """Those with a value that no straight quote can carry: a fact, and its place."""
    readings: Sequence[Document]
    """The fixed texts as they were read to check the fixes."""


def mends(
    document: Document,
    suspects: Iterable[Shortcode],
    *,
    swallowing: Container[int],
    left: Container[int],
    options: Mapping[str, Any],
    undo_typography: bool = False,
) -> Mends:
    """Return how to mend those of a document's shortcodes that WordPress misreads.

    Each value then stands in `"`, or in `'` where it holds the other, and a space stands before
    each attribute. Backslashes are doubled, for WordPress takes one of two. It lower-cases names
    and makes a space of no-break spaces in any case. Those whose starts are in `swallowing` close
    themselves then; those in `left` stay. A delimiter with a value that no straight quote can carry
    is `uncarried`. With `undo_typography`, values lose the curly quotes, dashes and such that a
    typographer made. In Markdown, values keep their backslashes and entities.

    `options` are those that the document was read with: what is written is read again by them.
    """
    markdown = options.get("markdown", False)
    writer = Writer(document.source, swallowing, markdown=markdown, undo=undo_typography)
    edits: list[Rewriting] = []
    misread: list[Shortcode] = []
    by_start: dict[int, Shortcode] = {}
    uncarried: dict[int, tuple[str, Span]] = {}
    for shortcode in suspects:
        start = shortcode.open_span[0]
        is_read = writer.is_read(shortcode)
        if not is_read:
            misread.append(shortcode)
        if start in left or (is_read and start not in swallowing):
            continue
        if not all(has_whole_tags(attribute.raw) for attribute in shortcode.attribute_nodes):
            continue
        made = writer.closed(shortcode) if is_read else writer.rewritten(shortcode)
        if isinstance(made, Rewriting):
            edits.append(made)
        else:
            by_start[start] = shortcode
            uncarried[start] = _uncarried(made.name or "a positional attribute", made.span)
    readings: list[Document] = []
    edits, refused = _accepted(document, edits, (), options, readings)
    for edit in refused:
        place = edit.shortcode.open_span
        if not writer.is_read(edit.shortcode):
            by_start[place[0]] = edit.shortcode
            uncarried[place[0]] = _uncarried(f"[{edit.shortcode.name}]", place)
    tried = [writer.rewritten(by_start[start], entities=True) for start in uncarried]
    made_of_entities = [made for made in tried if isinstance(made, Rewriting)]
    unsafe, _ = _accepted(document, made_of_entities, edits, options, readings)
    fixes = {edit.shortcode.open_span[0]: _fix(edit, safe=True) for edit in edits}
    fixes |= {edit.shortcode.open_span[0]: _fix(edit, safe=False) for edit in unsafe}
    return Mends(misread, fixes, uncarried, readings)


def _fix(rewriting: Rewriting, *, safe: bool) -> Fix:
    message = (
        "rewrite the tag so that WordPress reads it" if safe else "rewrite the tag with entities"
    )
    return Fix(message, (Edit(rewriting.shortcode.open_span, rewriting.source),), safe)


def _uncarried(whose: str, span: Span) -> tuple[str, Span]:
    if whose == DROPPED:
        return f"WordPress drops attributes named {DROPPED}", span
    return f"the value of {whose} cannot be written in straight quotes", span


def _accepted(
    document: Document,
    edits: list[Rewriting],
    beside: Sequence[Rewriting],
    options: Mapping[str, Any],
    readings: list[Document],
) -> tuple[list[Rewriting], list[Rewriting]]:
    """Return the edits that can be made together with `beside`, and those that cannot.

    The text with the accepted edits is added to `readings`, as it was read to check them.
    """
    refused: list[Rewriting] = []
    for last in (False, False, True):
        if not edits:
            break
        together = sorted([*edits, *beside], key=lambda edit: edit.shortcode.open_span)
        text, starts = _applied(document.source, together)
        fixed = read(text, **options)
        wrong = _refused(document, together, fixed, starts, options)
        if not wrong:
            readings.append(fixed)
            break
        if last or wrong.isdisjoint(edits):
            wrong = set(edits)
        refused += [edit for edit in edits if edit in wrong]
        edits = [edit for edit in edits if edit not in wrong]
    return edits, refused


def _refused(
    document: Document,
    edits: Sequence[Rewriting],
    fixed: Document,
    starts: Sequence[int],
    options: Mapping[str, Any],
) -> set[Rewriting]:
    """Return the edits that cannot stay: with what follows, the lenient reader would end a value
    elsewhere, or find another shortcode there.

    `fixed` is the document with the edits, and `starts` are their offsets in it.
    """
    candidate, items = fixed.source, fixed.items()
    markdown = options.get("markdown", False)
    again = [(place, row) for place, row in enumerate(items.rows()) if not row[6]]
    by_start = {row[1]: (place, row[2]) for place, row in again}
    misread = set()
    for edit, start in zip(edits, starts, strict=True):
        place, end = by_start.get(start, (0, 0))
        if end != start + len(edit.source):
            misread.add(edit)
        elif not PLAIN.fullmatch(edit.source):
            item = items[place]
            if isinstance(item, Escape) or pairs_of(item, candidate, markdown) != edit.pairs:
                misread.add(edit)
    if misread or not edits:
        return misread
    expected, due, shift = [], deque(zip(edits, starts, strict=True)), 0
    for _, start, open_end, closing, _, _, escaped in document.items().rows():
        place = start + shift
        if due and due[0][0].shortcode.open_span[0] == start:
            edit, place = due.popleft()
            shift = place + len(edit.source) - open_end
        if not escaped:
            expected.append((place, closing == 0))
    found = [(row[1], row[3] == 0) for _, row in again]
    for was, now in zip_longest(expected, found, fillvalue=(len(candidate), False)):
        if was != now:
            place = min(was, now)[0]
            behind = {e for e, start in zip(edits, starts, strict=True) if start >= place}
            return behind or set(edits)
    return set()


def _applied(text: str, edits: Sequence[Rewriting]) -> tuple[str, list[int]]:
    """Return the text with the edits, and where each of them begins in it."""
    parts, starts, position, length = [], [], 0, 0
    for edit in edits:
        start, end = edit.shortcode.open_span
        length += start - position
        starts.append(length)
        length += len(edit.source)
        parts += [text[position:start], edit.source]
        position = end
    return "".join([*parts, text[position:]]), starts

"""Mending: opening delimiters that WordPress misreads, rewritten so that it reads what was meant.

A delimiter is rewritten whole or left whole. It is healthy, and left to the byte, where WordPress
finds the same names and values in it as the lenient reader does.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, NamedTuple

from shortcodes.attributes import decoded, plain
from shortcodes.diagnostics import Edit, Fix
from shortcodes.nodes import Attribute, Document, Escape, Shortcode, Span
from shortcodes.parser import parse
from shortcodes.rules.alike import PLAIN
from shortcodes.typography import undone
from shortcodes.wordpress.attributes import finished, joined_spaces, places

_SPACES = " \t\n\v\f\r"
_AFTER_NAME = frozenset(f"{_SPACES}]/=")
_HEAD = re.compile(r"\\?\[(?:\\?[\w-])+")
_BARE = re.compile(r"[^\s\"'\[\]<>&\\=/]++(?:[=/]++[^\s\"'\[\]<>&\\=/]++)*+")

_EASY = re.compile(r"""[^"\[\]<&\\\s][^"\[\]<&\\]*+""")
"""A value that needs no thought: any WordPress reads it in `"`."""

_ENTITIES: tuple[dict[str, str | int | None], ...] = (
    {"[": "&#91;", "]": "&#93;"},
    {"[": "&#91;", "]": "&#93;", '"': "&quot;"},
    {"[": "&#91;", "]": "&#93;", '"': "&quot;", "<": "&lt;"},
)
"""What may be written for what no straight quote can carry; the first that suffices is taken."""

Pairs = list[tuple[str | None, str]]
"""Names and values in order; `None` for the name of a positional one."""


class Mends(NamedTuple):
    """What can be done for the opening delimiters that WordPress misreads, by their starts."""

    misread: Sequence[Shortcode]
    """Those in which WordPress finds other attributes, or none."""
    fixes: Mapping[int, Fix]
    """A safe one, or for what no straight quote can carry one that writes entities, if any can."""
    uncarried: Mapping[int, tuple[str, Span]]
    """Those with a value that no straight quote can carry: a fact, and its place."""


@dataclass(frozen=True, eq=False, slots=True)
class _Rewriting:
    """What is to stand in the place of a delimiter, and what WordPress is to find in it."""

    shortcode: Shortcode
    source: str
    pairs: Pairs


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
    writer = _Writer(document.source, swallowing, markdown=markdown, undo=undo_typography)
    edits: list[_Rewriting] = []
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
        made = writer.closed(shortcode) if is_read else writer.rewritten(shortcode)
        if isinstance(made, _Rewriting):
            edits.append(made)
        else:
            by_start[start] = shortcode
            uncarried[start] = _uncarried(made.name or "a positional one", made.span)
    edits, refused = _accepted(document, edits, (), options)
    for edit in refused:
        place = edit.shortcode.open_span
        if not writer.is_read(edit.shortcode):
            by_start[place[0]] = edit.shortcode
            uncarried[place[0]] = _uncarried(f"[{edit.shortcode.name}]", place)
    tried = [writer.rewritten(by_start[start], entities=True) for start in uncarried]
    made_of_entities = [made for made in tried if isinstance(made, _Rewriting)]
    unsafe, _ = _accepted(document, made_of_entities, edits, options)
    fixes = {edit.shortcode.open_span[0]: _fix(edit, safe=True) for edit in edits}
    fixes |= {edit.shortcode.open_span[0]: _fix(edit, safe=False) for edit in unsafe}
    return Mends(misread, fixes, uncarried)


def _fix(rewriting: _Rewriting, *, safe: bool) -> Fix:
    message = "write what WordPress reads" if safe else "write entities for what no quote carries"
    return Fix(message, (Edit(rewriting.shortcode.open_span, rewriting.source),), safe)


def _uncarried(whose: str, span: Span) -> tuple[str, Span]:
    return f"no straight quote can carry the value of {whose}", span


def _accepted(
    document: Document,
    edits: list[_Rewriting],
    beside: Sequence[_Rewriting],
    options: Mapping[str, Any],
) -> tuple[list[_Rewriting], list[_Rewriting]]:
    """Return the edits that can be made beside others that are, and those that cannot."""
    refused: list[_Rewriting] = []
    for last in (False, False, True):
        if not edits:
            break
        together = sorted([*edits, *beside], key=lambda edit: edit.shortcode.open_span)
        wrong = _refused(document, together, options)
        if not wrong:
            break
        if last or wrong.isdisjoint(edits):
            wrong = set(edits)
        refused += [edit for edit in edits if edit in wrong]
        edits = [edit for edit in edits if edit not in wrong]
    return edits, refused


def _refused(
    document: Document, edits: Sequence[_Rewriting], options: Mapping[str, Any]
) -> set[_Rewriting]:
    """Return the edits that cannot stay: with what follows, the lenient reader would end a value
    elsewhere, or find another shortcode there.
    """
    candidate, starts = _applied(document.source, edits)
    markdown = options.get("markdown", False)
    items = parse(candidate, **options).items()
    again = [(place, row) for place, row in enumerate(items.rows()) if not row[6]]
    by_start = {row[1]: (place, row[2]) for place, row in again}
    misread = set()
    for edit, start in zip(edits, starts, strict=True):
        place, end = by_start.get(start, (0, 0))
        if end != start + len(edit.source):
            misread.add(edit)
        elif not PLAIN.fullmatch(edit.source):
            read = items[place]
            if isinstance(read, Escape) or _pairs(read, candidate, markdown) != edit.pairs:
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


def _applied(text: str, edits: Sequence[_Rewriting]) -> tuple[str, list[int]]:
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


class _Writer:
    """Writes opening delimiters of one text in WordPress's way."""

    def __init__(
        self, text: str, swallowing: Container[int], *, markdown: bool, undo: bool
    ) -> None:
        self._text = text
        self._swallowing = swallowing
        self._markdown = markdown
        self._undo = undo

    def is_read(self, shortcode: Shortcode) -> bool:
        """Whether WordPress finds the attributes in it that are meant."""
        opening = self._text[slice(*shortcode.open_span)]
        by_wordpress = _read_by_wordpress(opening, shortcode.name, self._markdown)
        meant = _pairs(shortcode, self._text, self._markdown)
        if meant and by_wordpress != meant and meant[-1][1].endswith("/"):
            # The slash of a last bare value: WordPress closes the shortcode by it. Let it.
            meant[-1] = (meant[-1][0], meant[-1][1][:-1])
        return by_wordpress == meant

    def closed(self, shortcode: Shortcode) -> _Rewriting:
        """Return one that WordPress reads, closing itself."""
        start, end = shortcode.open_span
        bracket = self._bracket(end)
        source = f"{self._text[start:bracket].rstrip(_SPACES)} /{self._text[bracket:end]}"
        return _Rewriting(shortcode, source, _pairs(shortcode, self._text, self._markdown))

    def _bracket(self, end: int) -> int:
        """Return where the bracket begins with which a delimiter ends."""
        return end - (2 if self._markdown and self._text[end - 2] == "\\" else 1)

    def rewritten(self, shortcode: Shortcode, *, entities: bool = False) -> _Rewriting | Attribute:
        """Return one that it misreads in WordPress's way, or what cannot stand in it."""
        text, markdown = self._text, self._markdown
        start, end = shortcode.open_span
        bracket = self._bracket(end)
        head = _HEAD.match(text, start, end)
        assert head  # noqa: S101 - a delimiter begins with its name
        position = head.end()
        parts = [head[0]]
        pairs: Pairs = []
        for attribute in shortcode.attribute_nodes:
            default = _default(attribute, text)
            made = (default, (None, default)) if default else self._written(attribute, entities)
            if made is None:
                return attribute
            written, pair = made
            pairs += [pair] if pair else []
            parts += ["" if default else _spaced(text[position : attribute.span[0]]), written]
            position = attribute.span[1]
        inside = text[position:bracket]
        if shortcode.kind == "self-closing":
            before = inside.rpartition("/")[0]
            parts += [_spaced(before) if before or parts[-1][-1] not in "\"'" else "", "/"]
        elif start in self._swallowing:
            parts.append(" /")
        elif inside:
            parts.append(_spaced(inside))
        source = "".join([*parts, text[bracket:end]])
        if _read_by_wordpress(source, shortcode.name, markdown) != pairs:
            return shortcode.attribute_nodes[0]
        return _Rewriting(shortcode, source, pairs)

    def _written(
        self, attribute: Attribute, entities: bool
    ) -> tuple[str, tuple[str | None, str] | None] | None:
        """Return the attribute as WordPress reads it, and what it finds there if anything; `None`
        where no way of writing carries it.
        """
        if _is_dropped(attribute):
            return '""', None
        name, value = attribute.name, attribute.raw if self._markdown else attribute.value
        key = f"{self._text[slice(*attribute.name_span)]}=" if attribute.name_span else ""
        if not self._undo and key.isascii() and _EASY.fullmatch(value) and attribute.quotes:
            return f'{key}"{value}"', (name, value)
        for source in self._sources(attribute, entities):
            bare = attribute.quotes is None and _BARE.fullmatch(source)
            for quoted in (source,) if bare else (f'"{source}"', f"'{source}'"):
                expected = name, plain(source, self._markdown)
                if _alone(key + quoted, self._markdown) == [expected]:
                    return key + quoted, expected
        return None

    def _sources(self, attribute: Attribute, entities: bool) -> Iterable[str]:
        """Give what may be written between the quotes of a value."""
        value = attribute.raw if self._markdown else attribute.value
        meant = (undone(value), value) if self._undo else (value,)
        for one in meant:
            source = one if self._markdown else one.replace("\\", "\\\\")
            if self._markdown or finished(joined_spaces(source)) == joined_spaces(one):
                yield source
        for table in _ENTITIES if entities else ():
            source = value.translate(str.maketrans(table))
            if decoded(source, self._markdown) == attribute.value and finished(source) == source:
                yield source


def _pairs(shortcode: Shortcode, text: str, markdown: bool) -> Pairs:
    """Return what the lenient reader found, as written."""
    return [
        (attribute.name, plain(_default(attribute, text) or attribute.raw, markdown))
        for attribute in shortcode.attribute_nodes
        if not _is_dropped(attribute)
    ]


def _read_by_wordpress(opening: str, name: str, markdown: bool) -> Pairs | None:
    """Return what WordPress finds in an opening delimiter, `None` where it finds another one."""
    opening = plain(opening, markdown)
    head, end = len(name) + 1, opening.find("]")
    if end != len(opening) - 1 or opening[head] not in _AFTER_NAME:
        return None
    if opening[end - 1] == "/":
        end -= 1
    return [
        (
            opening[place.start : place.name_end] or None,
            opening[place.value_start : place.value_end],
        )
        for place in places(opening, head, end)
    ]


def _is_dropped(attribute: Attribute) -> bool:
    """Whether WordPress drops the attribute: a positional one that is empty."""
    return attribute.name is None and not attribute.raw


def _default(attribute: Attribute, text: str) -> str:
    """Return the value of `[name=value]` as WordPress has it: a word with its equals sign."""
    start, end = attribute.span
    return text[start - 1 : end] if attribute.name is None and text[start - 1] == "=" else ""


def _alone(written: str, markdown: bool) -> Pairs:
    """Return what WordPress finds in one written attribute; nothing where it would cut it."""
    return _read_by_wordpress(f"[x {written}]", "x", markdown) or []


def _spaced(gap: str) -> str:
    """Return white space as it is where WordPress reads it as such, else a space."""
    return gap if gap and not gap.strip(_SPACES) else " "

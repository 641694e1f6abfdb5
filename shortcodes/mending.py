"""Fixes: opening delimiters that WordPress misreads, rewritten so that it reads what was meant.

A delimiter is rewritten whole or left whole. It is healthy, and left to the byte, where WordPress
finds the same names and values in it as the lenient reader does.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Unpack

from shortcodes.api import ParseOptions
from shortcodes.attributes import plain
from shortcodes.diagnostics import Diagnostic
from shortcodes.nodes import Attribute, Document, Shortcode
from shortcodes.parser import parse
from shortcodes.typography import undone
from shortcodes.wordpress.attributes import finished, joined_spaces, places

_SPACES = " \t\n\v\f\r"
_AFTER_NAME = frozenset(f"{_SPACES}]/=")
_HEAD = re.compile(r"\\?\[(?:\\?[\w-])+")
_BARE = re.compile(r"[^\s\"'\[\]<>&\\=/]++(?:[=/]++[^\s\"'\[\]<>&\\=/]++)*+")
_HTML_TAG = re.compile(r"""<[A-Za-z/](?:"[^"]*+"|'[^']*+'|[^<>"'])*+>""")

Pairs = list[tuple[str | None, str]]
"""Names and values in order; `None` for the name of a positional one."""


@dataclass(frozen=True, eq=False, slots=True)
class _Edit:
    """What is to stand in the place of a delimiter, and what WordPress is to find in it."""

    shortcode: Shortcode
    source: str
    pairs: Pairs


def fix(
    text: str,
    *,
    diagnostics: list[Diagnostic] | None = None,
    **options: Unpack[ParseOptions],
) -> str:
    """Return a text in whose shortcodes WordPress reads the attributes that `parse` finds.

    Only opening delimiters that WordPress would misread change: each value then stands in `"`, or
    in `'` where it holds the other, and a space stands before each attribute. Backslashes are
    doubled, for WordPress takes one of two. It lower-cases names and makes a space of no-break
    spaces in any case. A delimiter with a value that no straight quote can carry stays as it is;
    `diagnostics` is filled with these. Fixing twice changes nothing more.

    With `undo_typography`, values lose the curly quotes, dashes and such that a typographer made.
    In Markdown, values keep their backslashes and entities.
    """
    undo = options.pop("undo_typography", False)
    document = parse(text, **options)
    markdown = options.get("markdown", False)
    edits: list[_Edit] = []
    found: list[Diagnostic] = []
    for shortcode in _damaged(document, markdown):
        made = _rewritten(shortcode, text, markdown=markdown, undo=undo)
        if isinstance(made, _Edit):
            edits.append(made)
        else:
            found.append(_uncarried(made.name or "a positional one", made.span))
    for last in (False, False, True):
        refused = _refused(document, edits, options)
        if not refused:
            break
        if last:
            refused = set(edits)
        found += [_uncarried(f"[{e.shortcode.name}]", e.shortcode.open_span) for e in refused]
        edits = [edit for edit in edits if edit not in refused]
    if diagnostics is not None:
        diagnostics += sorted(found, key=lambda diagnostic: diagnostic.span)
    return _applied(text, edits)[0]


def _refused(document: Document, edits: Sequence[_Edit], options: ParseOptions) -> set[_Edit]:
    """Return the edits that cannot stay: with what follows, the lenient reader would end a value
    elsewhere, or find another shortcode there.
    """
    candidate, starts = _applied(document.source, edits)
    again = list(parse(candidate, **options).shortcodes())
    by_span = {shortcode.open_span: shortcode for shortcode in again}
    misread = set()
    for edit, start in zip(edits, starts, strict=True):
        read = by_span.get((start, start + len(edit.source)))
        if read is None or _pairs(read, candidate, options.get("markdown", False)) != edit.pairs:
            misread.add(edit)
    if misread or not edits:
        return misread
    expected, due, shift = [], deque(zip(edits, starts, strict=True)), 0
    for shortcode in document.shortcodes():
        if due and due[0][0].shortcode == shortcode:
            edit, start = due.popleft()
            expected.append(start)
            shift = start + len(edit.source) - shortcode.open_span[1]
        else:
            expected.append(shortcode.open_span[0] + shift)
    for was, now in zip_longest(
        expected, [sc.open_span[0] for sc in again], fillvalue=len(candidate)
    ):
        if was != now:
            place = min(was, now)
            behind = {e for e, start in zip(edits, starts, strict=True) if start >= place}
            return behind or set(edits)
    return set()


def _uncarried(whose: str, span: tuple[int, int]) -> Diagnostic:
    return Diagnostic("SC203", f"no straight quote can carry the value of {whose}", span)


def _applied(text: str, edits: Sequence[_Edit]) -> tuple[str, list[int]]:
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


def _damaged(document: Document, markdown: bool) -> Iterator[Shortcode]:
    """Give the shortcodes that are not healthy, but for those inside an HTML tag: a straight quote
    there could end an attribute of the tag.
    """
    text = document.source
    tags = _HTML_TAG.finditer(text)
    tag = next(tags, None)
    for shortcode in document.shortcodes():
        start = shortcode.open_span[0]
        while tag is not None and tag.end() <= start:
            tag = next(tags, None)
        inside = tag is not None and tag.start() < start
        if not inside and not _is_healthy(shortcode, text, markdown):
            yield shortcode


def _is_healthy(shortcode: Shortcode, text: str, markdown: bool) -> bool:
    opening = text[slice(*shortcode.open_span)]
    by_wordpress = _read_by_wordpress(opening, shortcode.name, markdown)
    meant = _pairs(shortcode, text, markdown)
    if meant and by_wordpress != meant and meant[-1][1].endswith("/"):
        # The slash of a last bare value: WordPress closes the shortcode by it. Let it.
        meant[-1] = (meant[-1][0], meant[-1][1][:-1])
    return by_wordpress == meant


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


def _rewritten(shortcode: Shortcode, text: str, *, markdown: bool, undo: bool) -> _Edit | Attribute:
    """Return the opening delimiter in WordPress's way, or the attribute that cannot stand in it."""
    start, end = shortcode.open_span
    head = _HEAD.match(text, start, end)
    assert head  # noqa: S101 - a delimiter begins with its name
    position = head.end()
    parts = [head[0]]
    pairs: Pairs = []
    for attribute in shortcode.attribute_nodes:
        default = _default(attribute, text)
        written = default or _written(attribute, text, markdown=markdown, undo=undo)
        if written is None:
            return attribute
        parts += ["" if default else _spaced(text[position : attribute.span[0]]), written]
        pairs += [(None, default)] if default else _alone(written, markdown)
        position = attribute.span[1]
    bracket = end - (2 if markdown and text[end - 2] == "\\" else 1)
    inside = text[position:bracket]
    if shortcode.kind == "self-closing":
        before = inside.rpartition("/")[0]
        parts += [_spaced(before) if before or parts[-1][-1] not in "\"'" else "", "/"]
    elif inside:
        parts.append(_spaced(inside))
    source = "".join([*parts, text[bracket:end]])
    if _read_by_wordpress(source, shortcode.name, markdown) != pairs:
        return shortcode.attribute_nodes[0]
    return _Edit(shortcode, source, pairs)


def _written(attribute: Attribute, text: str, *, markdown: bool, undo: bool) -> str | None:
    """Return the attribute as WordPress reads it, `None` where no way of writing carries it."""
    if _is_dropped(attribute):
        return '""'
    value = attribute.raw if markdown else attribute.value
    for meant in (undone(value), value) if undo else (value,):
        source = meant if markdown else meant.replace("\\", "\\\\")
        if not markdown and finished(joined_spaces(source)) != joined_spaces(meant):
            continue
        bare = attribute.quotes is None and _BARE.fullmatch(source)
        for quoted in (source,) if bare else (f'"{source}"', f"'{source}'"):
            written = (
                f"{text[slice(*attribute.name_span)]}={quoted}" if attribute.name_span else quoted
            )
            if _alone(written, markdown) == [(attribute.name, plain(source, markdown))]:
                return written
    return None


def _alone(written: str, markdown: bool) -> Pairs:
    """Return what WordPress finds in one written attribute; nothing where it would cut it."""
    return _read_by_wordpress(f"[x {written}]", "x", markdown) or []


def _spaced(gap: str) -> str:
    """Return white space as it is where WordPress reads it as such, else a space."""
    return gap if gap and not gap.strip(_SPACES) else " "

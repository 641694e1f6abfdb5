"""Tags of known names that are not read: a space, HTML or another bracket is in the way, or the
name is misspelt.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, Literal

from shortcodes.catalogue import catalogue
from shortcodes.diagnostics import Fix
from shortcodes.dialects import read
from shortcodes.html.whole import has_whole_tags, replace_tags, whole_tags
from shortcodes.linting.inner_html import TAKE_OUT, build_extraction
from shortcodes.linting.registered import RegisteredNames
from shortcodes.nodes import Document, Span

Reason = Literal["space", "html", "bracket", "slash", "sign", "name"]
"""Why a tag is not read."""

_OPENING, _CLOSING = r"[\[\uFF3B\u3010]", r"[\]\uFF3D\u3011]"
_JUNK = r"(?:[ \t\u00A0]|</?[A-Za-z][^<>\[\]]*+>|(?!).)*+"
_CANDIDATE = re.compile(
    rf"(?P<opening>{_OPENING})(?P<before>{_JUNK})(?P<slash>[/\\\uFF0F]?+)(?P<behind>{_JUNK})"
    rf"(?P<name>[^\W\d_][\w-]*+)(?P<rest>[^\[\]\uFF3B\uFF3D\u3010\u3011]*+)(?P<closing>{_CLOSING})"
)
_BEGINNING = re.compile(r"\[/?+(?:([^\W\d_][\w-]*+)([,:;]?+)|(?=[ \t\u00A0<\\\uFF0F]))")
"""A name behind a bracket, with a sign behind it if there is one, or what does not belong there."""
_WIDE = ("\uff3b", "\uff3d", "\u3010", "\u3011")
"""Brackets of other scripts."""
_SIGNED = re.compile(r"[,:;]\s*+")


@dataclass(frozen=True, slots=True)
class Unread:
    """A tag that is not read, and how it is to be written."""

    name: str
    written: str
    """The name as it is written."""
    span: Span
    reason: Reason
    is_closing: bool
    tag: str
    """The tag as it should be."""
    fix: Fix | None


@dataclass(frozen=True, slots=True)
class UnreadTags:
    """The tags of a text that are not read."""

    tags: Sequence[Unread] = ()
    closed: Set[int] = frozenset()
    """The starts of the closing tags that close nothing only because of these."""


def find_unread(
    document: Document,
    names: Collection[str],
    registered: RegisteredNames,
    options: Mapping[str, Any],
) -> UnreadTags:
    """Return the tags that are not read, and would be shortcodes if they were mended.

    Args:
        document: The text as it was read.
        names: The names of shortcodes in the text.
        registered: The names that are known to be shortcodes.
        options: The options that the text was read with. The mended text is read with them too.
    """
    text, known = document.source, registered.all.union(names)
    meant: dict[str, str] = {}
    if not _may_be_unread(text, known, registered):
        return UnreadTags()
    candidates = []
    for match in _CANDIDATE.finditer(text):
        name = match["name"]
        if name not in meant:
            meant[name] = _find_meant(name, known, registered)
        if meant[name] and (found := _build(match, meant[name])):
            candidates.append(found)
    if not candidates:
        return UnreadTags()
    parts: list[str] = []
    shifts: list[int] = []
    ends: list[int] = []
    position = shift = 0
    for found in candidates:
        start, end = found.span
        parts += [text[position:start], found.tag]
        shifts.append(shift)
        ends.append(end)
        shift += len(found.tag) - (end - start)
        position = end
    shifts.append(shift)
    mended = "".join([*parts, text[position:]])
    again = {**options, "dialect": "lenient", "tags": {*known, *(c.name for c in candidates)}}
    rows = [row for row in read(mended, **again).items().rows() if not row[6]]
    closings = {row[3] for row in rows if row[3]}
    openings = {row[1]: row for row in rows}
    starts = {row[1] for row in document.items().rows()}
    unread = []
    for index, found in enumerate(candidates):
        start = found.span[0] + shifts[index]
        row = openings.get(start)
        is_opening = row is not None and ("=" in found.tag or row[3] != 0)
        if found.span[0] not in starts and (start in closings or is_opening):
            unread.append(found)
    misspelt = {found.written for found in unread if not found.is_closing}
    own = {found.span[0] for found in candidates if found.written not in misspelt}
    closed = {
        start
        for start in (delimiter.start for delimiter in document.loose.stray)
        if start not in own and start + shifts[bisect_right(ends, start)] in closings
    }
    return UnreadTags(unread, closed)


def _may_be_unread(text: str, known: Set[str], registered: RegisteredNames) -> bool:
    """Return whether a tag may be one that is not read. This is a quick check."""
    if not text.isascii() and any(map(text.__contains__, _WIDE)):
        return True
    return any(
        sign or not name or _find_meant(name, known, registered) not in ("", name)
        for name, sign in set(_BEGINNING.findall(text))
    )


def _find_meant(name: str, known: Set[str], registered: RegisteredNames) -> str:
    """Return the name that a name was meant to be: itself, a similar one, or an empty string."""
    if name in registered.all or (name in known and catalogue().lists(name)):
        return name
    return registered.find_meant(name) or (name if name in known else "")


def _build(match: re.Match[str], name: str) -> Unread | None:
    """Return a tag that is not read as a candidate, or `None` if nothing is wrong with it."""
    reason = _find_reason(match, name)
    if reason is None:
        return None
    rest, removed = match["rest"], whole_tags(match["before"] + match["behind"])
    if removed or (reason == "html"):
        if not has_whole_tags(match[0]):
            return None
        removed += whole_tags(rest)
        rest = replace_tags(rest, "")
    if reason == "sign":
        rest = _SIGNED.sub(" ", rest, count=1)
    tag = f"[{'/' if match['slash'] else ''}{name}{rest.rstrip() if match['slash'] else rest}]"
    message = TAKE_OUT if removed else f"write {tag if match['slash'] else f'[{name}'}"
    fix = build_extraction(match.span(), tag, removed, message)
    is_closing = bool(match["slash"])
    return Unread(name, match["name"], match.span(), reason, is_closing, tag, fix)


def _find_reason(match: re.Match[str], name: str) -> Reason | None:
    junk = match["before"] + match["behind"]
    if "<" in junk:
        return "html"
    if match["opening"] != "[" or match["closing"] != "]":
        return "bracket"
    if junk:
        return "space"
    if match["slash"] not in ("", "/"):
        return "slash"
    if _SIGNED.match(match["rest"]) and not match["slash"]:
        return "sign"
    return "name" if match["name"] != name else None

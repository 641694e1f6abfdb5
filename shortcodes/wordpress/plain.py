"""Plain texts, which need only one pattern: their names are few and mean the same everywhere.

No element in them holds shortcodes. `scopes.py` reads all other texts, into the same columns.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import accumulate, chain

from shortcodes.wordpress.items import Columns, Origin
from shortcodes.wordpress.names import Names

_CLOSED_OR_DOUBLED = re.compile(r"\[[/\[]")


def read_plain(view: str, names: Names) -> Columns:
    """Return every shortcode and escape of a view, each before those in its content."""
    if not _CLOSED_OR_DOUBLED.search(view):
        return _read_unclosed(view, names)
    columns = None if "[[" in view else _read_flat(view, names)
    return columns or _read_nested(view, names, names.find_closings(view))


def _read_unclosed(view: str, names: Names) -> Columns:
    """Return the items of a view without closing tags and doubled brackets."""
    tags, starts, ends = [], [], []
    for delimiter in names.delimiter.finditer(view, 0, view.rfind("]") + 1):
        tags.append(delimiter[2])
        starts.append(delimiter.start(2) - 1)
        ends.append(delimiter.end())
    count = len(tags)
    none = bytes(count)
    origins = [Origin(view, 0, nested=False)] * count
    return Columns(tags, starts, ends, none, ends, range(1, count + 1), none, origins)


def _read_flat(view: str, names: Names) -> Columns | None:
    """Return the items of a view without doubled brackets, or `None` if one of them encloses
    brackets: then a pattern cannot say which item is in which.
    """
    parts = names.flat.split(view[: view.rfind("]") + 1])
    texts, openings, tags, enclosed = (parts[group::4] for group in range(4))
    unclosed = {
        name
        for name, opening, inside in zip(tags, openings, enclosed, strict=True)
        if inside is None and opening[-2] != "/"
    }
    if any(f"[/{name}]" in view for name in unclosed):
        return None
    pieces = zip(texts, openings, (inside or "" for inside in enclosed), strict=False)
    offsets = list(accumulate(map(len, chain.from_iterable(pieces))))
    starts, open_ends, ends = (offsets[column::3] for column in range(3))
    close_starts = [
        end - len(name) - 3 if inside else 0
        for end, name, inside in zip(ends, tags, enclosed, strict=True)
    ]
    count = len(tags)
    subtree_ends = range(1, count + 1)
    origins = [Origin(view, 0, nested=False)] * count
    return Columns(tags, starts, open_ends, close_starts, ends, subtree_ends, bytes(count), origins)


def _read_nested(view: str, names: Names, closings: Mapping[str, Sequence[int]]) -> Columns:
    """Return the items of a view, each before those in its content.

    A delimiter that a scope cuts off is skipped up to its "]", since no other in the scope has one.
    """
    tags: list[str] = []
    starts: list[int] = []
    open_ends: list[int] = []
    close_starts: list[int] = []
    ends: list[int] = []
    subtree_ends: list[int] = []
    escapes = bytearray()
    origins: list[Origin] = []
    top, inside = Origin(view, 0, nested=False), Origin(view, 0, nested=True)
    scopes = [(len(view), -1)]  # the end of a content, and the index of its item
    scope_end = len(view)
    position = 0
    for delimiter in names.delimiter.finditer(view, 0, view.rfind("]") + 1):
        start, open_end = delimiter.span()
        if start < position:
            continue
        while start >= scope_end:
            subtree_ends[scopes.pop()[1]] = len(tags)
            scope_end = scopes[-1][0]
        if open_end > scope_end:
            continue
        left, name = delimiter.group(1, 2)
        close_start, end = 0, open_end
        if name in closings and view[open_end - 2] != "/":
            candidates = closings[name]
            index = bisect_left(candidates, open_end)
            if index < len(candidates) and candidates[index] + len(name) + 3 <= scope_end:
                close_start = candidates[index]
                end = close_start + len(name) + 3
        is_escape = left != "" and end < scope_end and view[end] == "]"
        tags.append(name)
        starts.append(start if is_escape else start + len(left))
        open_ends.append(open_end)
        close_starts.append(0 if is_escape else close_start)
        ends.append(end + is_escape)
        subtree_ends.append(len(tags))
        escapes.append(is_escape)
        origins.append(inside if len(scopes) > 1 else top)
        if close_start > open_end and not is_escape:
            scopes.append((close_start, len(tags) - 1))
            scope_end = close_start
        else:
            position = end
    for _, index in scopes[1:]:
        subtree_ends[index] = len(tags)
    return Columns(tags, starts, open_ends, close_starts, ends, subtree_ends, escapes, origins)

"""Plain texts: those whose names are few and mean the same everywhere, with no shortcodes in
elements. One pattern reads their delimiters whole; `scopes.py` reads the others to the same end.
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
        return _alone(view, names)
    found = None if "[[" in view else _flat(view, names)
    return found or _nested(view, names, names.closings(view))


def _alone(view: str, names: Names) -> Columns:
    """Return what stands in a view where nothing is closed and nothing escaped."""
    found, starts, ends = [], [], []
    for delimiter in names.delimiter.finditer(view, 0, view.rfind("]") + 1):
        found.append(delimiter[2])
        starts.append(delimiter.start(2) - 1)
        ends.append(delimiter.end())
    count = len(found)
    none = bytes(count)
    origins = [Origin(view, 0, nested=False)] * count
    return Columns(found, starts, ends, none, ends, range(1, count + 1), none, origins)


def _flat(view: str, names: Names) -> Columns | None:
    """Return what stands in a view without doubled brackets, `None` where what is closed encloses
    brackets: then it takes more than a pattern to say what stands in what.
    """
    parts = names.flat.split(view[: view.rfind("]") + 1])
    texts, openings, found, enclosed = (parts[group::4] for group in range(4))
    unclosed = {
        name
        for name, opening, inside in zip(found, openings, enclosed, strict=True)
        if inside is None and opening[-2] != "/"
    }
    if any(f"[/{name}]" in view for name in unclosed):
        return None
    pieces = zip(texts, openings, (inside or "" for inside in enclosed), strict=False)
    offsets = list(accumulate(map(len, chain.from_iterable(pieces))))
    starts, open_ends, ends = (offsets[place::3] for place in range(3))
    close_starts = [
        end - len(name) - 3 if inside else 0
        for end, name, inside in zip(ends, found, enclosed, strict=True)
    ]
    count = len(found)
    subtree_ends = range(1, count + 1)
    origins = [Origin(view, 0, nested=False)] * count
    return Columns(
        found, starts, open_ends, close_starts, ends, subtree_ends, bytes(count), origins
    )


def _nested(view: str, names: Names, closings: Mapping[str, Sequence[int]]) -> Columns:
    """Return what stands in a view, each before those in its content.

    A delimiter that a scope cuts off can be skipped to its bracket: no other in the scope has one.
    """
    found: list[str] = []
    starts: list[int] = []
    open_ends: list[int] = []
    close_starts: list[int] = []
    ends: list[int] = []
    subtree_ends: list[int] = []
    escapes = bytearray()
    origins: list[Origin] = []
    top, inside = Origin(view, 0, nested=False), Origin(view, 0, nested=True)
    scopes = [(len(view), -1)]  # the end of a content, and the index of whose content it is
    scope_end = len(view)
    position = 0
    for delimiter in names.delimiter.finditer(view, 0, view.rfind("]") + 1):
        start, open_end = delimiter.span()
        if start < position:
            continue
        while start >= scope_end:
            subtree_ends[scopes.pop()[1]] = len(found)
            scope_end = scopes[-1][0]
        if open_end > scope_end:
            continue
        left, name = delimiter.group(1, 2)
        close_start, end = 0, open_end
        if name in closings and view[open_end - 2] != "/":
            places = closings[name]
            place = bisect_left(places, open_end)
            if place < len(places) and places[place] + len(name) + 3 <= scope_end:
                close_start = places[place]
                end = close_start + len(name) + 3
        escape = left != "" and end < scope_end and view[end] == "]"
        found.append(name)
        starts.append(start if escape else start + len(left))
        open_ends.append(open_end)
        close_starts.append(0 if escape else close_start)
        ends.append(end + escape)
        subtree_ends.append(len(found))
        escapes.append(escape)
        origins.append(inside if len(scopes) > 1 else top)
        if close_start > open_end and not escape:
            scopes.append((close_start, len(found) - 1))
            scope_end = close_start
        else:
            position = end
    for _, index in scopes[1:]:
        subtree_ends[index] = len(found)
    return Columns(found, starts, open_ends, close_starts, ends, subtree_ends, escapes, origins)

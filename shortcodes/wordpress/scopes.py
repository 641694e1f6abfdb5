"""Scopes: from the views of a text to its shortcodes and to those in their contents.

What a handler would find if it ran the shortcodes of its content, without running any: one pass
and a stack of the contents that are open, so that depth costs no recursion.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from shortcodes.wordpress.items import Columns, Origin
from shortcodes.wordpress.matching import Closings, Match, complete
from shortcodes.wordpress.names import Names, Opening, run_at, runs
from shortcodes.wordpress.plain import read_plain
from shortcodes.wordpress.views import Views, views

MAX_READINGS = 20
"""How often a content within an element is read anew for the elements in it. Every time repeats
all that is inside, so that without a limit the time would grow with depth times size."""


_Found = tuple[Match, Origin]
"""A shortcode or an escape, as places in the view in which it was seen."""


class _Scope(NamedTuple):
    """A range that shortcodes are looked for in."""

    end: int
    last: int
    """Its last closing bracket."""
    after: int
    """Where to go on behind it."""
    layer: _Layer
    content_start: int
    """Where the content begins that the range is; -1 where it is none."""


class _Layer:
    """One view of a text, with what is looked up in it."""

    def __init__(self, view: str, names: Names, *, mixed: bool, piece: bool) -> None:
        self.view = view
        self.closings = Closings(view, names)
        self.piece = piece
        self.names = names
        self._mixed = mixed
        self._runs: dict[str, list[int]] | None = None

    def active(self, name: str, start: int, end: int) -> bool:
        """Return whether a name is active in a content (rule 3)."""
        if not self._mixed:
            return True
        if self._runs is None:
            self._runs = {}
            for match in runs(self.view):
                if match[1] in self.names.order:
                    self._runs.setdefault(match[1], []).append(match.start())
        places = self._runs.get(name, [])
        place = bisect_left(places, start)
        return place < len(places) and places[place] < end


class _ActiveIn(NamedTuple):
    """The names that are active in a scope."""

    scope: _Scope

    def __contains__(self, name: object, /) -> bool:
        scope = self.scope
        return isinstance(name, str) and scope.layer.active(name, scope.content_start, scope.end)


def find(text: str, names: Names) -> Columns:
    """Return every shortcode and escape of a text in order, those inside another behind it."""
    mixed = names.mixed(text)
    active = names.active(text, mixed=mixed)
    if active is None:
        return Columns()
    seen = views(text)
    if seen.pieces or (mixed and active.mixed(text)):
        return _laid(_find(text, names))
    return read_plain(seen.outer, active)


def _find(text: str, names: Names) -> list[_Found]:
    found: list[_Found] = []
    unread = [(text, 0, 0)]
    while unread:
        part, shift, level = unread.pop()
        active = names.active(part)
        if active is None:
            continue
        again: list[tuple[int, int]] = []
        found += _pass(views(part), active, active.mixed(part), shift, level > 0, again)
        if level < MAX_READINGS:
            unread += ((part[start:end], shift + start, level + 1) for start, end in again)
    found.sort(key=lambda item: item[0].start + item[1].shift)
    return found


def _laid(found: list[_Found]) -> Columns:
    """Return what was found in columns, each with the end of its subtree."""
    if not found:
        return Columns()
    subtree_ends = [len(found)] * len(found)
    open_items: list[tuple[int, int]] = []  # the end of an item, and its place
    rows: list[tuple[str, int, int, int, int, bool]] = []
    for index, (match, origin) in enumerate(found):
        shift = origin.shift
        start, end = match.start + shift, match.end + shift
        while open_items and open_items[-1][0] <= start:
            subtree_ends[open_items.pop()[1]] = index
        open_items.append((end, index))
        close_start = 0
        if not match.escaped:
            start, end = start + match.left, match.close_end + shift
            if match.close_end > match.content_start:
                close_start = match.content_end + shift
        opened = match.content_start + shift
        rows.append((match.name, start, opened, close_start, end, match.escaped))
    names, starts, open_ends, close_starts, ends, escaped = zip(*rows, strict=True)
    origins = [origin for _, origin in found]
    return Columns(names, starts, open_ends, close_starts, ends, subtree_ends, escaped, origins)


def _pass(
    seen: Views,
    names: Names,
    mixed: bool,
    shift: int,
    nested: bool,
    again: list[tuple[int, int]],
) -> Iterator[_Found]:
    """Give the matches of a text, and add to `again` the contents that have to be read anew."""
    last = seen.inner.rfind("]")
    outer = _Layer(seen.outer, names, mixed=mixed, piece=False)
    inner = _Layer(seen.inner, names, mixed=mixed, piece=True)
    scopes = [_Scope(len(seen.outer), seen.outer.rfind("]"), 0, outer, -1)]
    pieces = iter(seen.pieces)
    piece = next(pieces, None)
    position = 0
    for found in names.openings(seen.inner):
        start = found[0]
        if start > last:
            return
        while start >= scopes[-1].end:
            position = max(position, scopes.pop().after)
        if start < position:
            continue
        while piece and piece.end <= start:
            piece = next(pieces, None)
        if piece and piece.start <= start:
            last_in_piece = seen.inner.rfind("]", piece.start, piece.end)
            scopes.append(_Scope(piece.end, last_in_piece, piece.end, inner, -1))
            piece = next(pieces, None)
        scope = scopes[-1]
        opening = _opening(found, scope)
        if opening is None or opening[3] > scope.last:
            continue
        layer = scope.layer
        view = layer.view
        bracket = view.index("]", opening[3])
        match = complete(view, opening, bracket, scope.end, layer.closings)
        yield match, Origin(view, shift, nested or scope.content_start >= 0)
        position = match.end
        content = match.content_start, match.content_end
        if match.escaped or content[0] == content[1]:
            continue
        if layer.piece and view.find("<", *content) >= 0:
            again.append(content)
        else:
            scopes.append(
                _Scope(content[1], view.rfind("]", *content), match.end, layer, content[0])
            )
            position = content[0]


def _opening(opening: Opening, scope: _Scope) -> Opening | None:
    """Return an opening with the name that is active where it stands, `None` if none is."""
    start, left, name, _ = opening
    if scope.content_start < 0 or scope.layer.active(name, scope.content_start, scope.end):
        return opening
    names = scope.layer.names
    found = names.first(run_at(scope.layer.view, start, names.longest), _ActiveIn(scope))
    return None if found is None else (start, left, found, start + 1 + len(found))

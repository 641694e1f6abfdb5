"""Scopes: from the views of a text to its shortcodes and to those in their contents.

This finds what handlers would find if they ran the shortcodes in their contents, without running
any. It takes one pass and a stack of the contents that are open, so that depth costs no recursion.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from shortcodes.wordpress.items import Columns, Origin
from shortcodes.wordpress.matching import ClosingTags, Match, complete_match
from shortcodes.wordpress.names import Names, Opening, find_runs, read_run
from shortcodes.wordpress.plain import read_plain
from shortcodes.wordpress.views import Views, make_views

MAX_READINGS = 20
"""How often a content within an element is read again for the elements in it. Each time repeats all
that is inside, so that without a limit the time would grow with depth times size."""


_FoundMatch = tuple[Match, Origin]
"""A shortcode or an escape, with its offsets in the view in which it was found."""


class _Scope(NamedTuple):
    """A part of a view in which shortcodes are looked for."""

    end: int
    last: int
    """The offset of its last "]"."""
    after: int
    """The offset at which to go on after it."""
    layer: _Layer
    content_start: int
    """The start of the content that the scope is; -1 if it is no content."""


class _Layer:
    """One view of a text, with the lookups in it."""

    def __init__(self, view: str, names: Names, *, mixed: bool, is_in_element: bool) -> None:
        self.view = view
        self.closings = ClosingTags(view, names)
        self.is_in_element = is_in_element
        self.names = names
        self._mixed = mixed
        self._runs: dict[str, list[int]] | None = None

    def is_active(self, name: str, start: int, end: int) -> bool:
        """Return whether a name is active in a content (rule 3)."""
        if not self._mixed:
            return True
        if self._runs is None:
            self._runs = {}
            for match in find_runs(self.view):
                if match[1] in self.names.order:
                    self._runs.setdefault(match[1], []).append(match.start())
        starts = self._runs.get(name, [])
        index = bisect_left(starts, start)
        return index < len(starts) and starts[index] < end


class _ActiveIn(NamedTuple):
    """The names that are active in a scope."""

    scope: _Scope

    def __contains__(self, name: object, /) -> bool:
        scope = self.scope
        return isinstance(name, str) and scope.layer.is_active(name, scope.content_start, scope.end)


def find_items(text: str, names: Names) -> Columns:
    """Return every shortcode and escape of a text in order, each before those in its content."""
    mixed = names.is_mixed(text)
    active = names.select_active(text, mixed=mixed)
    if active is None:
        return Columns()
    views = make_views(text)
    if views.parts or (mixed and active.is_mixed(text)):
        return _make_columns(_find_matches(text, names))
    return read_plain(views.outer, active)


def _find_matches(text: str, names: Names) -> list[_FoundMatch]:
    matches: list[_FoundMatch] = []
    unread = [(text, 0, 0)]
    while unread:
        part, shift, level = unread.pop()
        active = names.select_active(part)
        if active is None:
            continue
        again: list[tuple[int, int]] = []
        mixed = active.is_mixed(part)
        matches += _read_once(make_views(part), active, mixed, shift, level > 0, again)
        if level < MAX_READINGS:
            unread += ((part[start:end], shift + start, level + 1) for start, end in again)
    matches.sort(key=lambda item: item[0].start + item[1].shift)
    return matches


def _make_columns(matches: list[_FoundMatch]) -> Columns:
    """Return the matches in columns, each with the end of its subtree."""
    if not matches:
        return Columns()
    subtree_ends = [len(matches)] * len(matches)
    open_items: list[tuple[int, int]] = []  # the end of an item, and its index
    rows: list[tuple[str, int, int, int, int, bool]] = []
    for index, (match, origin) in enumerate(matches):
        shift = origin.shift
        start, end = match.start + shift, match.end + shift
        while open_items and open_items[-1][0] <= start:
            subtree_ends[open_items.pop()[1]] = index
        open_items.append((end, index))
        close_start = 0
        if not match.is_escape:
            start, end = start + match.has_left, match.close_end + shift
            if match.close_end > match.content_start:
                close_start = match.content_end + shift
        open_end = match.content_start + shift
        rows.append((match.name, start, open_end, close_start, end, match.is_escape))
    names, starts, open_ends, close_starts, ends, escapes = zip(*rows, strict=True)
    origins = [origin for _, origin in matches]
    return Columns(names, starts, open_ends, close_starts, ends, subtree_ends, escapes, origins)


def _read_once(
    views: Views,
    names: Names,
    mixed: bool,
    shift: int,
    nested: bool,
    again: list[tuple[int, int]],
) -> Iterator[_FoundMatch]:
    """Yield the matches of a text, and add to `again` the contents that must be read again."""
    last = views.inner.rfind("]")
    outer = _Layer(views.outer, names, mixed=mixed, is_in_element=False)
    inner = _Layer(views.inner, names, mixed=mixed, is_in_element=True)
    scopes = [_Scope(len(views.outer), views.outer.rfind("]"), 0, outer, -1)]
    parts = iter(views.parts)
    part = next(parts, None)
    position = 0
    for candidate in names.find_openings(views.inner):
        start = candidate[0]
        if start > last:
            return
        while start >= scopes[-1].end:
            position = max(position, scopes.pop().after)
        if start < position:
            continue
        while part and part.end <= start:
            part = next(parts, None)
        if part and part.start <= start:
            last_in_part = views.inner.rfind("]", part.start, part.end)
            scopes.append(_Scope(part.end, last_in_part, part.end, inner, -1))
            part = next(parts, None)
        scope = scopes[-1]
        opening = _select_active(candidate, scope)
        if opening is None or opening[3] > scope.last:
            continue
        layer = scope.layer
        view = layer.view
        bracket = view.index("]", opening[3])
        match = complete_match(view, opening, bracket, scope.end, layer.closings)
        yield match, Origin(view, shift, nested or scope.content_start >= 0)
        position = match.end
        content = match.content_start, match.content_end
        if match.is_escape or content[0] == content[1]:
            continue
        if layer.is_in_element and view.find("<", *content) >= 0:
            again.append(content)
        else:
            scopes.append(
                _Scope(content[1], view.rfind("]", *content), match.end, layer, content[0])
            )
            position = content[0]


def _select_active(opening: Opening, scope: _Scope) -> Opening | None:
    """Return an opening with the name that is active in its scope, `None` if there is none."""
    start, left, name, _ = opening
    if scope.content_start < 0 or scope.layer.is_active(name, scope.content_start, scope.end):
        return opening
    names = scope.layer.names
    run = read_run(scope.layer.view, start, names.longest)
    active = names.find_first(run, _ActiveIn(scope))
    return None if active is None else (start, left, active, start + 1 + len(active))

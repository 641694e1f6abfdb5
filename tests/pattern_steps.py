"""A backtracking matcher that counts its steps: what a pattern costs, without a clock.

It walks the tree that `re` parses a pattern to, in the order in which `re` tries things, and leaves
out what `re` does to be faster. Whether one character fits is asked of `re` itself.
"""

from __future__ import annotations

import re
import re._compiler as compiler
import re._constants as codes
import re._parser as parser
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Span = tuple[int, int]
Matcher = Callable[[int], int]
"""Takes where to begin and returns where the match ends, or -1."""

ONE_CHARACTER = (codes.LITERAL, codes.NOT_LITERAL, codes.ANY, codes.IN)
REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
_ENOUGH_DEPTH = 60_000


class TooManyStepsError(Exception):
    """What a pattern costs is beyond the limit."""


class Fits(dict[str, bool]):
    """Whether a character fits a node of one character, as `re` says."""

    def __init__(self, node: Any, flags: int) -> None:
        state = parser.State()
        state.flags = flags
        state.str = ""
        self._match = compiler.compile(parser.SubPattern(state, [node]), flags).match

    def __missing__(self, character: str) -> bool:
        fits = self[character] = self._match(character) is not None
        return fits


class Counted:
    """A pattern whose steps are counted."""

    def __init__(self, pattern: str | bytes, flags: int = 0) -> None:
        self.tree = parser.parse(pattern, flags)
        self.flags = self.tree.state.flags
        self._cache: dict[tuple[str, int], Fits] = {}
        self.steps = 0
        self._limit = sys.maxsize
        self._text, self._end = "", 0
        self._starts: list[int] = [-1] * self.tree.state.groups
        self._groups: list[Span | None] = [None] * self.tree.state.groups
        self._whole = False
        self._not_empty_at = -1
        self._run = self._sequence(self.tree, self.flags, self._finish)

    def match(self, text: str, *, whole: bool = False, limit: int = sys.maxsize) -> Span | None:
        """Match at the beginning, or the whole text, as `re.match` and `re.fullmatch` do."""
        with self._reading(text, whole, limit):
            return self._at(0)

    def find_all(self, text: str, *, limit: int = sys.maxsize) -> list[Span]:
        """Find the spans of all matches, as `re.finditer` does."""
        found: list[Span] = []
        start = 0
        with self._reading(text, False, limit):
            while start <= self._end:
                if span := self._at(start):
                    found.append(span)
                    start = span[1]
                    self._not_empty_at = start if span[0] == start else -1
                else:
                    start += 1
        return found

    def follow(self, text: str, *, limit: int = sys.maxsize) -> list[Span]:
        """Match again and again, each time where the last match ended."""
        found: list[Span] = []
        at = 0
        with self._reading(text, False, limit):
            while (span := self._at(at)) and span[1] > at:
                found.append(span)
                at = span[1]
        return found

    def fits_of(self, node: Any) -> Fits:
        """Return which characters fit a node, read with the flags of the whole pattern."""
        return self._fits(node, self.flags)

    @contextmanager
    def _reading(self, text: str, whole: bool, limit: int) -> Iterator[None]:
        self.steps, self._limit = 0, limit
        self._text, self._end, self._whole = text, len(text), whole
        self._not_empty_at = -1
        before = sys.getrecursionlimit()
        sys.setrecursionlimit(max(before, _ENOUGH_DEPTH))
        try:
            yield
        finally:
            sys.setrecursionlimit(before)

    def _at(self, start: int) -> Span | None:
        self._groups[:] = [None] * len(self._groups)
        self._first = start
        end = self._run(start)
        return None if end < 0 else (start, end)

    def _finish(self, at: int) -> int:
        if self._whole and at != self._end:
            return -1
        return -1 if at == self._first == self._not_empty_at else at

    # --- what the nodes do: each is given what follows it ---------------------------------------

    def _sequence(self, nodes: Any, flags: int, then: Matcher) -> Matcher:
        letters = ""
        for code, argument in reversed(list(nodes)):
            if code is codes.LITERAL and not flags & re.IGNORECASE:
                letters = chr(argument) + letters
                continue
            then = self._node(code, argument, flags, self._letters(letters, then))
            letters = ""
        return self._letters(letters, then)

    def _letters(self, letters: str, then: Matcher) -> Matcher:
        size = len(letters)

        def match(at: int) -> int:
            self.steps += size
            return then(at + size) if self._text.startswith(letters, at) else -1

        return match if letters else then

    def _alone(self, nodes: Any, flags: int) -> Matcher:
        return self._sequence(nodes, flags, lambda at: at)

    def _node(self, code: Any, argument: Any, flags: int, then: Matcher) -> Matcher:
        if code in ONE_CHARACTER:
            return self._one(self._fits((code, argument), flags), then)
        if code in REPEATS:
            least, most, nodes = argument
            return self._repeat(code, least, most, nodes, flags, then)
        name = "_at_node" if code is codes.AT else f"_{str(code).lower()}"
        matcher: Matcher = getattr(self, name)(argument, flags, then)
        return matcher

    def _fits(self, node: Any, flags: int) -> Fits:
        key = repr(node), flags
        if key not in self._cache:
            self._cache[key] = Fits(node, flags)
        return self._cache[key]

    def _one(self, fits: Fits, then: Matcher) -> Matcher:
        def match(at: int) -> int:
            self.steps += 1
            return then(at + 1) if at < self._end and fits[self._text[at]] else -1

        return match

    def _failure(self, _: Any, flags: int, then: Matcher) -> Matcher:
        return lambda at: -1

    def _branch(self, argument: Any, flags: int, then: Matcher) -> Matcher:
        ways = [self._sequence(way, flags, then) for way in argument[1]]

        def match(at: int) -> int:
            for way in ways:
                self.steps += 1
                if (end := way(at)) >= 0:
                    return end
            return -1

        return match

    def _subpattern(self, argument: Any, flags: int, then: Matcher) -> Matcher:
        group, added, removed, nodes = argument
        flags = scoped(flags, added) & ~removed
        if group is None:
            return self._sequence(nodes, flags, then)

        def close(at: int) -> int:
            before = self._groups[group]
            self._groups[group] = self._starts[group], at
            if (end := then(at)) < 0:
                self._groups[group] = before
            return end

        inner = self._sequence(nodes, flags, close)

        def match(at: int) -> int:
            before = self._starts[group]
            self._starts[group] = at
            if (end := inner(at)) < 0:
                self._starts[group] = before
            return end

        return match

    def _atomic_group(self, nodes: Any, flags: int, then: Matcher) -> Matcher:
        inner = self._alone(nodes, flags)

        def match(at: int) -> int:
            self.steps += 1
            end = inner(at)
            return then(end) if end >= 0 else -1

        return match

    def _assert(self, argument: Any, flags: int, then: Matcher) -> Matcher:
        holds = self._beside(argument, flags)
        return lambda at: then(at) if holds(at) else -1

    def _assert_not(self, argument: Any, flags: int, then: Matcher) -> Matcher:
        holds = self._beside(argument, flags)

        def match(at: int) -> int:
            before = self._groups[:]
            if holds(at):
                self._groups[:] = before
                return -1
            return then(at)

        return match

    def _beside(self, argument: Any, flags: int) -> Callable[[int], bool]:
        direction, nodes = argument
        inner = self._alone(nodes, flags)
        back = nodes.getwidth()[0] if direction < 0 else 0

        def holds(at: int) -> bool:
            self.steps += 1
            return at >= back and inner(at - back) >= 0

        return holds

    def _groupref(self, group: int, flags: int, then: Matcher) -> Matcher:
        fold = str.lower if flags & re.IGNORECASE else str

        def match(at: int) -> int:
            span = self._groups[group]
            if span is None:
                return -1
            end = at + span[1] - span[0]
            self.steps += 1 + end - at
            if end > self._end or fold(self._text[at:end]) != fold(self._text[slice(*span)]):
                return -1
            return then(end)

        return match

    def _groupref_exists(self, argument: Any, flags: int, then: Matcher) -> Matcher:
        group, yes, no = argument
        if_yes = self._sequence(yes, flags, then)
        if_no = self._sequence(no or (), flags, then)
        return lambda at: (if_yes if self._groups[group] else if_no)(at)

    def _at_place(self, place: Any, flags: int) -> Callable[[int], bool]:
        fits_word = self._word(flags)
        many = bool(flags & re.MULTILINE)

        def is_word(at: int) -> bool:
            return 0 <= at < self._end and fits_word[self._text[at]]

        def is_end(at: int) -> bool:
            last = at == self._end - 1 or many
            return at == self._end or (last and self._text[at] == "\n")

        return {
            codes.AT_BEGINNING: lambda at: at == 0 or (many and self._text[at - 1] == "\n"),
            codes.AT_BEGINNING_STRING: lambda at: at == 0,
            codes.AT_END: is_end,
            codes.AT_END_STRING: lambda at: at == self._end,
            codes.AT_BOUNDARY: lambda at: is_word(at - 1) != is_word(at),
            codes.AT_NON_BOUNDARY: lambda at: self._end > 0 and is_word(at - 1) == is_word(at),
        }[place]

    def _word(self, flags: int) -> Fits:
        return Fits((codes.IN, [(codes.CATEGORY, codes.CATEGORY_WORD)]), flags)

    def _at_node(self, place: Any, flags: int, then: Matcher) -> Matcher:
        holds = self._at_place(place, flags)

        def match(at: int) -> int:
            self.steps += 1
            return then(at) if holds(at) else -1

        return match

    # --- repeats --------------------------------------------------------------------------------

    def _repeat(
        self, code: Any, least: int, most: Any, nodes: Any, flags: int, then: Matcher
    ) -> Matcher:
        most = sys.maxsize if most is codes.MAXREPEAT else int(most)
        if len(nodes) == 1 and nodes[0][0] in ONE_CHARACTER:
            fits = self._fits(nodes[0], flags)
            if code is codes.MIN_REPEAT:
                return self._few(fits, least, most, then)
            return self._many(fits, least, most, then, keeps=code is codes.POSSESSIVE_REPEAT)
        if code is codes.POSSESSIVE_REPEAT:
            return self._kept(self._alone(nodes, flags), least, most, then)
        return self._loop(nodes, least, most, flags, then, lazy=code is codes.MIN_REPEAT)

    def _many(self, fits: Fits, least: int, most: int, then: Matcher, *, keeps: bool) -> Matcher:
        def match(at: int) -> int:
            text, end = self._text, at
            stop = min(self._end, at + most)
            while end < stop and fits[text[end]]:
                end += 1
            self._step(1 + end - at)
            if end - at < least:
                return -1
            if keeps:
                return then(end)
            while end >= at + least:
                self._step(1)
                if (found := then(end)) >= 0:
                    return found
                end -= 1
            return -1

        return match

    def _few(self, fits: Fits, least: int, most: int, then: Matcher) -> Matcher:
        def match(at: int) -> int:
            stop, end = min(self._end, at + most), at
            while True:
                self._step(1)
                if end - at >= least and (found := then(end)) >= 0:
                    return found
                if end >= stop or not fits[self._text[end]]:
                    return -1
                end += 1

        return match

    def _kept(self, inner: Matcher, least: int, most: int, then: Matcher) -> Matcher:
        def match(at: int) -> int:
            count = 0
            while count < most:
                self._step(1)
                end = inner(at)
                if end < 0:
                    break
                count += 1
                if end == at and count >= least:
                    break
                at = end
            return then(at) if count >= least else -1

        return match

    def _loop(
        self, nodes: Any, least: int, most: int, flags: int, then: Matcher, *, lazy: bool
    ) -> Matcher:
        now = [(0, -1)]  # how many rounds were begun, and where the last one began

        def once_more(at: int) -> int:
            before = now[0]
            now[0] = before[0] + 1, at
            end = inner(at)
            now[0] = before
            return end

        def leave(at: int) -> int:
            before = now[0]
            end = then(at)
            now[0] = before
            return end

        def go_on(at: int) -> int:
            self._step(1)
            count, last = now[0]
            if count < least:
                return once_more(at)
            may = count < most and at != last
            if lazy:
                end = leave(at)
                return once_more(at) if end < 0 and may else end
            if may and (end := once_more(at)) >= 0:
                return end
            return leave(at)

        inner = self._sequence(nodes, flags, go_on)

        def match(at: int) -> int:
            before = now[0]
            now[0] = 0, -1
            end = go_on(at)
            now[0] = before
            return end

        return match

    def _step(self, count: int) -> None:
        self.steps += count
        if self.steps > self._limit:
            raise TooManyStepsError


def scoped(flags: int, added: int) -> int:
    kinds = re.ASCII | re.UNICODE | re.LOCALE
    return (flags & ~kinds if added & kinds else flags) | added


def walk(nodes: Any) -> Iterator[tuple[Any, Any]]:
    """Give every node of a tree, each before what it holds."""
    for code, argument in nodes:
        yield code, argument
        for inner in inside(code, argument):
            yield from walk(inner)


def inside(code: Any, argument: Any) -> list[Any]:
    """Return the sequences of nodes that a node holds."""
    if code in REPEATS:
        return [argument[2]]
    if code is codes.BRANCH:
        return list(argument[1])
    if code is codes.SUBPATTERN:
        return [argument[3]]
    if code is codes.ATOMIC_GROUP:
        return [argument]
    if code in (codes.ASSERT, codes.ASSERT_NOT):
        return [argument[1]]
    if code is codes.GROUPREF_EXISTS:
        return [nodes for nodes in argument[1:] if nodes]
    return []

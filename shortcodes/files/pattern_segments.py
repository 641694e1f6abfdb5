"""The segments of patterns as regular expressions, and the names that they match."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

STAR, DOUBLE_STAR = "*", "**"
ANY_CHARACTER = "[^/]"
_SEGMENT_END = r"(?=/|\Z)"
_STEPS_AT_ANY_DEPTH = 5
"""How many steps a segment between double stars counts."""


class CompiledPattern:
    """The segments of a pattern, as regular expressions.

    A pattern with double stars is compared with one name after the other. Its state is a set of
    bits: bit n says that the names so far match its first n segments. So a name costs no more than
    the pattern has segments, however deep its folder is.
    """

    def __init__(self, segments: Iterable[Sequence[str]]) -> None:
        self._segments = [
            None if [*tokens] == [DOUBLE_STAR] else _compile_segment(tokens) for tokens in segments
        ]
        stars = [index for index, segment in enumerate(self._segments) if segment is None]
        self.is_exact = not stars
        self.start = self._skip_stars(1)
        between = [*filter(None, self._segments[stars[0] : stars[-1]])] if stars else []
        count = sum(segment is not None for segment in self._segments)
        self.steps = count + (_STEPS_AT_ANY_DEPTH - 1) * len(between)

    @cached_property
    def _expressions(self) -> list[re.Pattern[str] | None]:
        return [None if part is None else re.compile(part) for part in self._segments]

    @cached_property
    def _exact(self) -> re.Pattern[str]:
        return re.compile("/".join(filter(None, self._segments)) + r"\Z")

    def match(self, path: str) -> bool:
        """Return whether a path matches."""
        if self.is_exact:
            return self._exact.match(path) is not None
        state = self.start
        *folders, name = path.split("/")
        for folder in folders:
            state = self.advance(state, folder)
        return self.match_name(state, name)

    def match_name(self, state: int, name: str) -> bool:
        """Return whether a pattern with double stars ends with a name, in a folder's state."""
        return self.advance(state, name) >> len(self._segments) == 1

    def advance(self, state: int, name: str) -> int:
        """Return the state after a further name."""
        reached = 0
        count = len(self._segments)
        while state:
            bit = state & -state
            state ^= bit
            index = bit.bit_length() - 1
            if index == count:
                continue
            expression = self._expressions[index]
            if expression is None:
                reached |= bit if index < count - 1 else bit | bit << 1
            elif expression.match(name):
                reached |= bit << 1
        return self._skip_stars(reached)

    def _skip_stars(self, state: int) -> int:
        """Add the states in which double stars match nothing; the last one needs a name."""
        for index, segment in enumerate(self._segments[:-1]):
            if segment is None and state >> index & 1:
                state |= 2 << index
        return state


def _compile_segment(tokens: Iterable[str]) -> str:
    """Return a regular expression for one segment, which never backtracks."""
    chunks: list[list[str]] = [[]]
    for token in tokens:
        if token not in (STAR, DOUBLE_STAR):
            chunks[-1].append(token)
        elif chunks[-1] or len(chunks) == 1:
            chunks.append([])
    first, *others = map("".join, chunks)
    if not others:
        return f"(?>{first}{_SEGMENT_END})"
    *between, last = others
    middle = "".join(f"(?>{ANY_CHARACTER}*?{chunk})" for chunk in between)
    end = f"{ANY_CHARACTER}*{last}{_SEGMENT_END}" if last else f"{ANY_CHARACTER}*+"
    return f"(?>{first}{middle}{end})"

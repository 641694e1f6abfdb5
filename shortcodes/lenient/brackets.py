"""Brackets: which of them are text of a value in quotes. SPEC.md, section 5."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property


class Brackets:
    """The brackets of one text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def inside(self, start: int, end: int, *, strong: bool) -> bool:
        """Whether every "]" between `start` and `end` is text of the value."""
        i = bisect_left(self._closing, start)
        if i == len(self._closing) or self._closing[i] >= end:
            return True
        j = bisect_left(self._stops, self._closing[i])
        if strong and (j == len(self._stops) or self._stops[j] >= end):
            return True
        offsets, depth, unopened = self._in_order
        first, last = bisect_left(offsets, start), bisect_left(offsets, end)
        return depth[first] == depth[last] and unopened[first] >= last

    @cached_property
    def _in_order(self) -> tuple[list[int], list[int], list[int]]:
        """All brackets: their offsets, the depth before each, and for each place in the order
        the place of the first "]" from there on that closes nothing opened from there on.
        """
        found = list(re.finditer(r"[\[\]]", self._text))
        offsets = [match.start() for match in found]
        count = len(offsets)
        depth = [0] * (count + 1)
        for i, match in enumerate(found):
            depth[i + 1] = depth[i] + (1 if match.group() == "[" else -1)
        unopened = [count] * (count + 1)
        partner_at_depth: dict[int, int] = {}
        for i in range(count - 1, -1, -1):
            if depth[i + 1] < depth[i]:
                unopened[i] = i
            else:
                # "[" at depth d is closed by the next "]" that leads back to depth d.
                partner = partner_at_depth.get(depth[i])
                unopened[i] = count if partner is None else unopened[partner + 1]
            if depth[i + 1] < depth[i]:
                partner_at_depth[depth[i + 1]] = i
        return offsets, depth, unopened

    @cached_property
    def _closing(self) -> list[int]:
        return [match.start() for match in re.finditer(r"\]", self._text)]

    @cached_property
    def _stops(self) -> list[int]:
        """Where a "[" or a line break stands."""
        return [match.start() for match in re.finditer(r"[\[\r\n]", self._text)]

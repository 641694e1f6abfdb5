"""Brackets: which of them are text of a value in quotes. SPEC.md, section 5."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property


class Brackets:
    """The brackets of one text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def are_text(self, start: int, end: int, *, is_strong: bool) -> bool:
        """Return whether every "]" between two offsets is text of the value there.

        `is_strong` says whether the quote that closes the value is strong.
        """
        closing = bisect_left(self._closing, start)
        if closing == len(self._closing) or self._closing[closing] >= end:
            return True
        stop = bisect_left(self._stops, self._closing[closing])
        if is_strong and (stop == len(self._stops) or self._stops[stop] >= end):
            return True
        offsets, depths, unopened = self._in_order
        first, last = bisect_left(offsets, start), bisect_left(offsets, end)
        return depths[first] == depths[last] and unopened[first] >= last

    @cached_property
    def _in_order(self) -> tuple[list[int], list[int], list[int]]:
        """All brackets: their offsets, the depth before each, and for each index the index of the
        first "]" from there on that closes nothing opened from there on.
        """
        brackets = list(re.finditer(r"[\[\]]", self._text))
        offsets = [bracket.start() for bracket in brackets]
        count = len(offsets)
        depths = [0] * (count + 1)
        for i, bracket in enumerate(brackets):
            depths[i + 1] = depths[i] + (1 if bracket.group() == "[" else -1)
        unopened = [count] * (count + 1)
        partner_at_depth: dict[int, int] = {}
        for i in range(count - 1, -1, -1):
            if depths[i + 1] < depths[i]:
                unopened[i] = i
            else:
                # "[" at depth d is closed by the next "]" that leads back to depth d.
                partner = partner_at_depth.get(depths[i])
                unopened[i] = count if partner is None else unopened[partner + 1]
            if depths[i + 1] < depths[i]:
                partner_at_depth[depths[i + 1]] = i
        return offsets, depths, unopened

    @cached_property
    def _closing(self) -> list[int]:
        return [match.start() for match in re.finditer(r"\]", self._text)]

    @cached_property
    def _stops(self) -> list[int]:
        """The offsets of every "[" and line break."""
        return [match.start() for match in re.finditer(r"[\[\r\n]", self._text)]

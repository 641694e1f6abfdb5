"""The source of a document without what its gates enclose.

A gate is a handler with `order="outer"`: what it encloses may appear only where it says so. Where
source stands in the place of a shortcode, because a handler failed or the HTML around it allows
nothing else, the content of every gate in it is left out.
"""

from __future__ import annotations

from bisect import bisect_left

from shortcodes.nodes import Span


class GuardedSource:
    """The source of one document."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._spans: list[Span] = []

    def __bool__(self) -> bool:
        return bool(self._spans)

    def guard(self, span: Span) -> None:
        """Leave out a span that a gate encloses; spans are added in the order of their starts."""
        self._spans.append(span)

    def read(self, start: int, end: int) -> str:
        """Return a span of the source without what the gates that begin in it enclose."""
        if not self._spans:
            return self._source[start:end]
        parts: list[str] = []
        while True:
            index = bisect_left(self._spans, (start,))
            if index == len(self._spans) or self._spans[index][0] >= end:
                return "".join([*parts, self._source[start:end]])
            guarded_start, guarded_end = self._spans[index]
            parts.append(self._source[start:guarded_start])
            start = max(guarded_end, guarded_start + 1)

"""Which shortcodes of a document need which style sheets."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping

from shortcodes.nodes import Span


class StyleNeeds:
    """The style sheets of one document, and the places of the shortcodes that need them."""

    def __init__(self, stylesheets: dict[str, str]) -> None:
        """Prepare to collect.

        Args:
            stylesheets: The CSS by name, to which that of the document is added.
        """
        self._stylesheets = stylesheets
        self._names_by_start: dict[int, tuple[str, ...]] = {}
        self._starts: list[int] = []

    def add(self, span: Span, stylesheets: Mapping[str, str]) -> None:
        """Add what the handler of the shortcode at a span asked for.

        Raises `TypeError` for what is no CSS.
        """
        for name, css in stylesheets.items():
            if not (isinstance(name, str) and isinstance(css, str)):
                raise TypeError(f"a style sheet must be a str, not {type(css).__name__}")
        self._stylesheets.update(stylesheets)
        self._names_by_start[span[0]] = tuple(stylesheets)
        self._starts = []

    def find(self, span: Span) -> Iterator[str]:
        """Yield the names of what the shortcodes that begin in a span need, in their order."""
        self._starts = self._starts or sorted(self._names_by_start)
        for index in range(bisect_left(self._starts, span[0]), len(self._starts)):
            start = self._starts[index]
            if start >= span[1]:
                return
            yield from self._names_by_start[start]

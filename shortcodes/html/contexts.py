"""What each place of a text stands in: in the open, in a comment, in a tag, or in a quoted value.

A delimiter that begins in one of these and ends in another would, once it is taken out, make
attributes of what was a value, or text of what was a tag.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from shortcodes.html.tags import attributes
from shortcodes.html.tokens import Reading, Span, readings, tokens

Context = int | tuple[int | None, ...]

OPEN = 0
"""The context of a place outside of all tags and comments."""
IN_TAG = -1
"""The context of a place in a tag, outside of the values of its attributes."""


class HtmlContexts:
    """The contexts of one text; what is to be safe has to be so in each reading of it."""

    def __init__(self, text: str, opaque: Sequence[Span] = ()) -> None:
        """Read a text; what begins in one of the `opaque` spans, such as code, is no HTML."""
        self._read = [_Contexts(text, reading, opaque) for reading in readings(text)]

    def of_delimiter(self, start: int, end: int) -> Context | None:
        """Return the context of a delimiter, or `None` if it does not stand in one alone."""
        if len(self._read) == 1:
            return self._read[0].of_delimiter(start, end)
        contexts = [one.of_delimiter(start, end) for one in self._read]
        return None if None in contexts else tuple(contexts)


class _Contexts:
    """The contexts in one reading. Each is a number; a value, a comment or raw text has its own."""

    def __init__(self, text: str, reading: Reading, opaque: Iterable[Span]) -> None:
        self._offsets = [0]
        self._contexts = [OPEN]
        self._last = OPEN
        for start, end, _, is_tag, is_closed, raw_end in tokens(text, reading, opaque):
            # What holds no bracket holds no end of a delimiter.
            if is_tag:
                if text.find("[", start, end) >= 0 or text.find("]", start, end) >= 0:
                    self._add_tag(text, start, end)
                # Prose mentions a <title> as well: what nothing closes is taken for open text.
                if end < raw_end < len(text):
                    self._add_own(end, raw_end)
            elif is_closed:
                self._add_own(start, end)

    def of_delimiter(self, start: int, end: int) -> int | None:
        """Return the context of a delimiter, or `None` if it does not stand in one alone."""
        context = self._of(start)
        return context if context != IN_TAG and self._of(end - 1) == context else None

    def _of(self, offset: int) -> int:
        """Return the context of the character at an offset."""
        return self._contexts[bisect_right(self._offsets, offset) - 1]

    def _mark(self, offset: int, context: int) -> None:
        self._offsets.append(offset)
        self._contexts.append(context)

    def _add_own(self, start: int, end: int) -> None:
        """Give a span a context of its own."""
        self._last += 1
        self._mark(start, self._last)
        self._mark(end, OPEN)

    def _add_tag(self, text: str, start: int, end: int) -> None:
        self._mark(start, IN_TAG)
        for _, (value_start, value_end) in attributes(text, start, end):
            if value_end > value_start:
                self._last += 1
                self._mark(value_start, self._last)
                self._mark(value_end, IN_TAG)
        self._mark(end, OPEN)

"""What each place of a text stands in: in the open, in a comment, in a tag, or in a quoted value.

A delimiter that begins in one of these and ends in another would, once it is taken out, make
attributes of what was a value, or text of what was a tag.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from shortcodes.html.tags import ANY_TOKEN, RAW_TEXT, Span, attributes

OPEN = 0
"""The context of a place outside of all tags and comments."""
IN_TAG = -1
"""The context of a place in a tag, outside of the values of its attributes."""

_TOKEN = re.compile(ANY_TOKEN)
_RAW_TEXT_END = {name: re.compile(rf"(?i)</{name}(?=[ \t\n\f\r/>])") for name in RAW_TEXT}


class HtmlContexts:
    """The contexts of one text. Each is a number; a value, a comment or raw text has its own."""

    def __init__(self, text: str, opaque: Iterable[Span] = ()) -> None:
        """Read a text; what begins in one of the `opaque` spans, such as code, is no HTML."""
        self._offsets = [0]
        self._contexts = [OPEN]
        self._last = OPEN
        hidden = iter(opaque)
        covered: Span | None = next(hidden, None)
        position = 0
        while token := _TOKEN.search(text, position):
            start, position = token.span()
            while covered and covered[1] <= start:
                covered = next(hidden, None)
            if covered and covered[0] <= start:
                position = covered[1]
            elif token["name"] is None:
                if token["endless"] is None and token["cut"] is None:
                    self._add_own(start, position)
            elif token["closed"]:
                self._add_tag(text, start, position)
                position = self._skip_raw_text(text, token, position)

    def of(self, offset: int) -> int:
        """Return the context of the character at an offset."""
        return self._contexts[bisect_right(self._offsets, offset) - 1]

    def of_delimiter(self, start: int, end: int) -> int | None:
        """Return the context of a delimiter, or `None` if it does not stand in one alone."""
        context = self.of(start)
        return context if context != IN_TAG and self.of(end - 1) == context else None

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

    def _skip_raw_text(self, text: str, tag: re.Match[str], position: int) -> int:
        """Return where to go on after a tag: behind the raw text that its element holds."""
        closer = _RAW_TEXT_END.get(tag["name"].lower())
        if closer is None or tag["slash"]:
            return position
        found = closer.search(text, position)
        end = found.start() if found else len(text)
        if end > position:
            self._add_own(position, end)
        return end

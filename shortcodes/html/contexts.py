"""Contexts: what surrounds each offset of a text: nothing, a comment, a tag, or a quoted value.

If a delimiter that begins in one context and ends in another were removed, a part of a value would
become an attribute, or a part of a tag would become text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from shortcodes.html.ambiguity import find_ambiguity
from shortcodes.html.tags import attributes
from shortcodes.html.tokens import FindCode, Reading, list_readings, tokens

Context = int | tuple[int | None, ...]

OPEN = 0
"""The context outside all tags and comments."""
IN_TAG = -1
"""The context in a tag, outside the values of its attributes, and in CSS, where less may load more:
`u[x]rl(…)`."""


class HtmlContexts:
    """The contexts of one text, in every way in which HTML can be read."""

    def __init__(self, text: str, code_finders: Sequence[FindCode], *, stop: int) -> None:
        """Read a text.

        Args:
            text: The text.
            code_finders: The ways to find code in its format.
            stop: The offset from which on no context is asked for.
        """
        readings = list_readings(text, code_finders)
        self._is_ambiguous = find_ambiguity(text, code_finders) is not None
        self._contexts = [_Contexts(text, reading, stop) for reading in readings]

    def find_context(self, start: int, end: int) -> Context | None:
        """Return the context of a delimiter, or `None` if it is not in a single one.

        In an ambiguous text no delimiter is.
        """
        if self._is_ambiguous:
            return None
        if len(self._contexts) == 1:
            return self._contexts[0].find_context(start, end)
        contexts = [reading.find_context(start, end) for reading in self._contexts]
        return None if None in contexts else tuple(contexts)


class _Contexts:
    """The contexts in one reading: numbers. Each value, comment and raw text has one of its own."""

    def __init__(self, text: str, reading: Reading, stop: int) -> None:
        self._offsets = [0]
        self._contexts = [OPEN]
        self._last = OPEN
        for start, end, _, is_tag, is_closed, raw_end in tokens(text, reading):
            if start >= stop:
                break
            # Without a bracket there is no end of a delimiter in the tag.
            if is_tag:
                if text.find("[", start, end) >= 0 or text.find("]", start, end) >= 0:
                    self._add_tag(text, start, end)
                # Prose mentions a <title> too: an element that nothing closes holds plain text.
                if end < raw_end < len(text):
                    if _is_style(text, start):
                        self._mark(end, IN_TAG)
                        self._mark(raw_end, OPEN)
                    else:
                        self._add_context(end, raw_end)
            elif is_closed:
                self._add_context(start, end)

    def find_context(self, start: int, end: int) -> int | None:
        """Return the context of a delimiter, or `None` if it is not in a single one."""
        context = self._get(start)
        return context if context != IN_TAG and self._get(end - 1) == context else None

    def _get(self, offset: int) -> int:
        """Return the context of the character at an offset."""
        return self._contexts[bisect_right(self._offsets, offset) - 1]

    def _mark(self, offset: int, context: int) -> None:
        self._offsets.append(offset)
        self._contexts.append(context)

    def _add_context(self, start: int, end: int) -> None:
        """Add a new context for a span."""
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


def _is_style(text: str, start: int) -> bool:
    """Return whether the tag at an offset is a `<style>`."""
    return text[start + 1 : start + 6].lower() == "style"

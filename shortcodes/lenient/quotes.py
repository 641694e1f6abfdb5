"""Quotes: which one closes a value, the one decision that a grammar cannot make.

SPEC.md, section 4, has the rules in words. Both executions of the grammar use this module. What a
decision needs is computed once per text, so that each decision costs no more than a search in a
sorted list, whatever the text.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import NamedTuple

from shortcodes.lenient.brackets import Brackets
from shortcodes.lenient.patterns import quote_patterns
from shortcodes.lenient.quote_classes import (
    LONGEST_SPACE,
    QuoteClass,
    Surroundings,
    classify_quotes,
    find_class,
)

_OTHERS = {
    "single": (("curly",), ("double", "guillemet")),
    "double": (("single",), ("guillemet",)),
    "guillemet": (("double",), ("single",)),
}
"""For each class the other classes that may close a value if its own does not, the likelier first.

The Greek typographer ends single quotes with curly double ones, and writes guillemets for double
quotes.
"""


class Quoted(NamedTuple):
    """A value in quotes, and its closing quote, which is empty if there is none.

    White space inside guillemets belongs to neither.
    """

    value_start: int
    value_end: int
    close_start: int
    end: int


class _Closer(NamedTuple):
    """A quote that may close a value."""

    start: int
    end: int
    name: str
    around: Surroundings


class Quotes:
    """The quotes of one text."""

    def __init__(self, text: str, markdown: bool) -> None:
        self._text = text
        self._markdown = markdown
        self._patterns = quote_patterns(markdown)
        self._brackets = Brackets(text)
        self._last_bracket = text.rfind("]")

    def close(self, start: int, end: int, *, after_equals: bool) -> Quoted | None:
        """Return the value that the quote from `start` to `end` opens.

        `None` if it is never closed and no "]" follows it.
        """
        name = find_class(self._text, start, self._markdown)
        is_straight = self._is_straight(start, end)
        if after_equals and self._is_empty_value(name, start, end, is_straight=is_straight):
            return Quoted(end, end, end, end)
        closer = self._find_closer(name, end)
        if closer is None:
            closer = self._find_other_closer(name, end)
        elif not is_straight or not self._is_straight(closer.start, closer.end):
            other = self._find_other_closer(name, end, outside=True)
            if other and self._begins_attribute(name, other, closer):
                closer = other
        if closer:
            return self._trim(start, end, closer.start, closer.end)
        if end > self._last_bracket:
            return None
        if after_equals and self._patterns.space.match(self._text, end):
            return Quoted(end, end, end, end)
        # There is one: the last bracket is an end.
        unclosed = self._unclosed_ends[bisect_left(self._unclosed_ends, end)]
        return self._trim(start, end, unclosed, unclosed)

    def _is_straight(self, start: int, end: int) -> bool:
        return self._patterns.straight.fullmatch(self._text, start, end) is not None

    def _find_closer(self, name: str, offset: int, *, outside: bool = False) -> _Closer | None:
        """Return the quote of a class that closes a value from an offset on."""
        quotes = self._classes[name]
        for i in quotes.find_closers(offset, outside=outside):
            start, around = quotes.starts[i], quotes.surroundings[i]
            if self._brackets.are_text(offset, start, is_strong=around.is_strong):
                return _Closer(start, quotes.ends[i], name, around)
        return None

    def _find_other_closer(
        self, name: str, offset: int, *, outside: bool = False
    ) -> _Closer | None:
        """Return the nearest quote of the likeliest other class that closes a value."""
        for names in _OTHERS[name]:
            closers = [self._find_closer(other, offset, outside=outside) for other in names]
            if possible := [closer for closer in closers if closer]:
                return min(possible)
        return None

    def _begins_attribute(self, name: str, other: _Closer, closer: _Closer) -> bool:
        """Return whether another attribute begins between two closers."""
        if other.start >= closer.start:
            return False
        return (
            self._classes[name].has_opening(other.start, closer.end)
            or (other.around.is_strong and self._has_value_start(other.start, closer.start))
            or (other.around.next_opening == "guillemet" and "guillemet" not in (name, other.name))
            or (
                other.around.next_opening == "double"
                and self._classes[other.name].leaves_open(other.end, closer.start)
            )
        )

    def _has_value_start(self, start: int, end: int) -> bool:
        """Return whether a quote between two offsets follows "="."""
        return any(quotes.has_value_start(start, end) for quotes in self._classes.values())

    def _is_empty_value(self, name: str, begin: int, end: int, *, is_straight: bool) -> bool:
        """Return whether a quote after "=" is an empty value, since the next one opens another."""
        text, patterns, own = self._text, self._patterns, self._classes[name]
        if not patterns.empty.match(text, end):
            return False
        i = own.find_next(end)
        is_reached = i < len(own.starts) and self._brackets.are_text(
            end, own.starts[i], is_strong=own.surroundings[i].is_strong
        )
        if self._is_closed_by_another(own, end, own.starts[i] if is_reached else len(text)):
            return False
        if not is_reached:
            return True
        start, around = own.starts[i], own.surroundings[i]
        is_certain = around.is_strong and patterns.closes_for_wordpress.match(text, own.ends[i])
        if is_straight and is_certain:
            return False
        is_escaped = text[start] == "\\" != text[begin]
        if (around.is_opening and not is_escaped) or not self._find_closer(name, end):
            return True
        if not around.may_end_value:
            return any(quotes.has_opening(end, start) for quotes in self._classes.values())
        return not is_certain and self._has_value_start(end, start)

    def _is_closed_by_another(self, own: QuoteClass, offset: int, stop: int) -> bool:
        """Return whether the next quote of another class ends a value and opens nothing."""
        for quotes in self._classes.values():
            i = quotes.find_next(offset)
            if quotes is own or i == len(quotes.starts) or quotes.starts[i] >= stop:
                continue
            start, around = quotes.starts[i], quotes.surroundings[i]
            if not around.may_end_value or around.is_opening:
                continue
            if self._brackets.are_text(offset, start, is_strong=False) and not any(
                other.leaves_open(offset, start) for other in self._classes.values()
            ):
                return True
        return False

    @cached_property
    def _classes(self) -> dict[str, QuoteClass]:
        return classify_quotes(self._text, self._markdown)

    @cached_property
    def _unclosed_ends(self) -> list[int]:
        """The offsets at which the value of an unclosed quote would end, outside HTML tags."""
        matches = self._patterns.unclosed_end.finditer(self._text)
        return [match.start() for match in matches if match.lastgroup]

    def _trim(self, opener: int, value_start: int, close_start: int, end: int) -> Quoted:
        """Return the value without the white space inside guillemets."""
        text, patterns, value_end = self._text, self._patterns, close_start
        if patterns.guillemet.match(text, opener) and (
            space := patterns.space.match(text, value_start)
        ):
            value_start = min(space.end(), close_start)
        if end > close_start and patterns.guillemet.match(text, close_start):
            while space := patterns.space_before.search(
                text, max(value_start, value_end - LONGEST_SPACE), value_end
            ):
                value_end = space.start()
        return Quoted(value_start, value_end, close_start, end)

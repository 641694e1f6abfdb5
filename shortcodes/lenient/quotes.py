"""Quotes: which one closes a value, the one judgement that a grammar cannot make.

SPEC.md, section 4, has the rules in words. Both executions of the grammar ask here. Everything
that a decision needs is computed once per text, so that each decision costs no more than a search
in a sorted list, whatever the text.
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
    Sign,
    class_of,
    quote_classes,
)

_OTHERS = {
    "single": (("curly",), ("double", "guillemet")),
    "double": (("single",), ("guillemet",)),
    "guillemet": (("double",), ("single",)),
}
"""For each class the others that may close a value where its own does not, the likelier first.

The Greek typographer has single quotes that end as curly double ones, and guillemets for double
ones.
"""


class Quoted(NamedTuple):
    """A value in quotes: where it begins and ends, and its closing quote, empty if there is none.

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
    sign: Sign


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

        `None` when it is never closed and no "]" follows it.
        """
        name = class_of(self._text, start, self._markdown)
        straight = self._is_straight(start, end)
        if after_equals and self._stands_alone(name, end, straight=straight):
            return Quoted(end, end, end, end)
        closer = self._closer(name, end)
        if closer is None:
            closer = self._other_closer(name, end)
        elif not straight or not self._is_straight(closer.start, closer.end):
            other = self._other_closer(name, end, outside=True)
            if other and self._begins_again(name, other, closer):
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

    def _closer(self, name: str, position: int, *, outside: bool = False) -> _Closer | None:
        """Return the quote of a class that closes a value from `position`."""
        quotes = self._classes[name]
        for i in quotes.closers(position, outside=outside):
            start, sign = quotes.starts[i], quotes.signs[i]
            if self._brackets.inside(position, start, strong=sign.strong):
                return _Closer(start, quotes.ends[i], name, sign)
        return None

    def _other_closer(self, name: str, position: int, *, outside: bool = False) -> _Closer | None:
        """Return the nearest quote of the likeliest other class that closes a value."""
        for names in _OTHERS[name]:
            closers = [self._closer(other, position, outside=outside) for other in names]
            if found := [closer for closer in closers if closer]:
                return min(found)
        return None

    def _begins_again(self, name: str, other: _Closer, closer: _Closer) -> bool:
        """Whether another attribute begins between two closers, so that the first one closes."""
        if other.start >= closer.start:
            return False
        return (
            self._classes[name].opens(other.start, closer.end)
            or (other.sign.strong and self._assigned(other.start, closer.start))
            or (other.sign.leads == "guillemet" and "guillemet" not in (name, other.name))
            or (
                other.sign.leads == "double"
                and self._classes[other.name].leaves_open(other.end, closer.start)
            )
        )

    def _assigned(self, start: int, end: int) -> bool:
        """Whether a quote follows "=" between the two places."""
        return any(quotes.assigns(start, end) for quotes in self._classes.values())

    def _stands_alone(self, name: str, end: int, *, straight: bool) -> bool:
        """Whether a quote after "=" is an empty value: the next of its class opens another."""
        text, patterns, own = self._text, self._patterns, self._classes[name]
        if not patterns.empty.match(text, end):
            return False
        i = own.next(end)
        reached = i < len(own.starts) and self._brackets.inside(end, own.starts[i], strong=False)
        if self._closed_by_another(own, end, own.starts[i] if reached else len(text)):
            return False
        if not reached:
            return True
        start, sign = own.starts[i], own.signs[i]
        certain = sign.strong and patterns.closes_for_wordpress.match(text, own.ends[i])
        if straight and certain:
            return False
        if sign.opening or not self._closer(name, end):
            return True
        if not sign.ends:
            return any(quotes.opens(end, start) for quotes in self._classes.values())
        return not certain and self._assigned(end, start)

    def _closed_by_another(self, own: QuoteClass, position: int, stop: int) -> bool:
        """Whether the next quote of another class ends a value and opens nothing."""
        for quotes in self._classes.values():
            i = quotes.next(position)
            if quotes is own or i == len(quotes.starts) or quotes.starts[i] >= stop:
                continue
            start, sign = quotes.starts[i], quotes.signs[i]
            if not sign.ends or sign.opening:
                continue
            if self._brackets.inside(position, start, strong=False) and not any(
                other.leaves_open(position, start) for other in self._classes.values()
            ):
                return True
        return False

    @cached_property
    def _classes(self) -> dict[str, QuoteClass]:
        return quote_classes(self._text, self._markdown)

    @cached_property
    def _unclosed_ends(self) -> list[int]:
        """Where the value of an unclosed quote would end, outside HTML tags."""
        found = self._patterns.unclosed_end.finditer(self._text)
        return [match.start() for match in found if match.lastgroup]

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

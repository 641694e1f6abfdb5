"""Quotes: which one closes a value, the one judgement that a grammar cannot make.

SPEC.md, section 4, has the rules in words. Both executions of the grammar ask here. Everything
that a decision needs is computed once per text, from right to left, so that each decision costs
no more than a search in a sorted list, whatever the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache, cached_property
from typing import NamedTuple

from shortcodes.grammar import terminals

_LONGEST_SPACE = 16
"""Code points to look back for white space that is written as an entity or a tag."""


class Quoted(NamedTuple):
    """A value in quotes: where it begins and ends, and its closing quote, empty if there is none.

    White space inside guillemets belongs to neither.
    """

    value_start: int
    value_end: int
    close_start: int
    end: int


class _Signs(NamedTuple):
    """The grammar's terminals about quotes, compiled."""

    quotes: re.Pattern[str]
    straight: re.Pattern[str]
    guillemet: re.Pattern[str]
    space: re.Pattern[str]
    space_before: re.Pattern[str]
    strong: re.Pattern[str]
    weak: re.Pattern[str]
    empty: re.Pattern[str]
    inner: re.Pattern[str]
    french: re.Pattern[str]
    next_attribute: re.Pattern[str]
    unclosed_end: re.Pattern[str]


@cache
def _signs(markdown: bool) -> _Signs:
    t = terminals(markdown)
    return _Signs(
        quotes=re.compile(
            f"{t['HTML_TAG']}|(?P<double>{t['DOUBLE_QUOTE']})|(?P<single>{t['SINGLE_QUOTE']})"
        ),
        straight=re.compile(t["STRAIGHT_QUOTE"]),
        guillemet=re.compile(t["GUILLEMET"]),
        space=re.compile(t["_WS"]),
        space_before=re.compile(rf"(?:{t['_WS']})\Z"),
        strong=re.compile(t["STRONG_AFTER"]),
        weak=re.compile(t["WEAK_AFTER"]),
        empty=re.compile(t["EMPTY_AFTER"]),
        inner=re.compile(t["INNER_AFTER"]),
        french=re.compile(t["FRENCH_OPENING"]),
        next_attribute=re.compile(f"(?:{t['_WS']})(?:{t['ATTRIBUTE_NAME']})(?:{t['_EQUALS']})"),
        unclosed_end=re.compile(f"{t['HTML_TAG']}|(?P<end>{t['UNCLOSED_END']})|{t['_WS']}"),
    )


class _Class:
    """The quotes of one class in order, and for each the answer to "which closes from here on?"."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.signs: list[tuple[bool, bool, bool]] = []  # strong, weak, opens an inner pair
        self.typographic_before_name: list[int] = []

    def add(self, start: int, end: int, strong: bool, weak: bool, inner: bool) -> None:
        self.starts.append(start)
        self.ends.append(end)
        self.signs.append((strong, weak, inner and not strong and not weak))

    @cached_property
    def _answers(self) -> tuple[list[int], list[int], list[bool]]:
        """For every place in the order: the closer with inner pairs, without, strong ahead?"""
        count = len(self.starts)
        outside, inside = [count] * (count + 1), [count] * (count + 1)
        plain, strong_ahead = [count] * (count + 1), [False] * (count + 1)
        for i in range(count - 1, -1, -1):
            strong, weak, inner = self.signs[i]
            strong_ahead[i] = strong or strong_ahead[i + 1]
            plain[i] = i if strong or weak else plain[i + 1]
            inside[i] = i if strong else outside[i + 1]  # else it is the partner of the opener
            if strong or weak:
                outside[i] = i
            else:
                outside[i] = inside[i + 1] if inner else outside[i + 1]
        return outside, plain, strong_ahead

    def closers(self, position: int) -> list[int]:
        """Return the places in the order that may close a value from `position`, best first."""
        outside, plain, strong_ahead = self._answers
        first = bisect_left(self.starts, position)
        answers = [outside[first], plain[first]] if strong_ahead[first] else [plain[first]]
        return [answer for answer in answers if answer < len(self.starts)]


class Quotes:
    """The quotes of one text."""

    def __init__(self, text: str, markdown: bool) -> None:
        self._text = text
        self._signs = _signs(markdown)
        self._last_bracket = text.rfind("]")

    def close(self, start: int, end: int, *, after_equals: bool) -> Quoted | None:
        """Return the value that the quote from `start` to `end` opens.

        `None` when it is never closed and no "]" follows it.
        """
        text = self._text
        straight = self._signs.straight.fullmatch(text, start, end)
        if after_equals and not straight and self._signs.empty.match(text, end):
            return Quoted(end, end, end, end)
        own, other = self._classes
        single = self._class_of(start) == "single"
        if single:
            own, other = other, own
        candidates = [(own, i) for i in own.closers(end)]
        if single and not straight:
            # The Greek typographer opens with a single quote and closes with a double one.
            double = other.typographic_before_name
            i = bisect_left(double, end)
            if i < len(double) and (not candidates or double[i] < own.starts[candidates[0][1]]):
                candidates.insert(0, (other, bisect_left(other.starts, double[i])))
        candidates += [(other, i) for i in other.closers(end)]
        for quotes, i in candidates:
            if self._holds(end, quotes.starts[i], strong=quotes.signs[i][0]):
                return self._trim(start, end, quotes.starts[i], quotes.ends[i])
        if end > self._last_bracket:
            return None
        if after_equals and not straight and self._signs.space.match(text, end):
            return Quoted(end, end, end, end)
        # There is one: the last bracket is an end.
        unclosed = self._unclosed_ends[bisect_left(self._unclosed_ends, end)]
        return self._trim(start, end, unclosed, unclosed)

    @cached_property
    def _classes(self) -> tuple[_Class, _Class]:
        """All quotes of the text outside HTML tags: the double class, the single class."""
        text, signs = self._text, self._signs
        double, single = _Class(), _Class()
        previous_end = -1
        for match in signs.quotes.finditer(text):
            if match.lastgroup is None:
                continue
            start, end = match.span()
            spaced = signs.space_before.search(text, max(0, start - _LONGEST_SPACE), start)
            french = bool(spaced and signs.french.match(text, start))
            strong = signs.strong.match(text, end) is not None
            weak = not french and signs.weak.match(text, end) is not None
            inner = french or bool(
                (spaced or previous_end == start) and signs.inner.match(text, end)
            )
            quotes = double if match.lastgroup == "double" else single
            quotes.add(start, end, strong, weak, inner)
            if (
                quotes is double
                and signs.next_attribute.match(text, end)
                and not signs.straight.fullmatch(text, start, end)
            ):
                double.typographic_before_name.append(start)
            previous_end = end
        return double, single

    def _class_of(self, start: int) -> str | None:
        match = self._signs.quotes.match(self._text, start)
        return match.lastgroup if match else None

    @cached_property
    def _brackets(self) -> tuple[list[int], list[int], list[int]]:
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
    def _closing_brackets(self) -> list[int]:
        return [match.start() for match in re.finditer(r"\]", self._text)]

    @cached_property
    def _unclosed_ends(self) -> list[int]:
        """Where the value of an unclosed quote would end, outside HTML tags."""
        found = self._signs.unclosed_end.finditer(self._text)
        return [match.start() for match in found if match.lastgroup]

    @cached_property
    def _stops(self) -> list[int]:
        """Where a "[" or a line break stands."""
        return [match.start() for match in re.finditer(r"[\[\r\n]", self._text)]

    def _holds(self, start: int, end: int, *, strong: bool) -> bool:
        """Whether every "]" between `start` and `end` is text of the value."""
        i = bisect_left(self._closing_brackets, start)
        if i == len(self._closing_brackets) or self._closing_brackets[i] >= end:
            return True
        j = bisect_left(self._stops, self._closing_brackets[i])
        if strong and (j == len(self._stops) or self._stops[j] >= end):
            return True
        offsets, depth, unopened = self._brackets
        first, last = bisect_left(offsets, start), bisect_left(offsets, end)
        return depth[first] == depth[last] and unopened[first] >= last

    def _trim(self, opener: int, value_start: int, close_start: int, end: int) -> Quoted:
        """Return the value without the white space inside guillemets."""
        text, signs, value_end = self._text, self._signs, close_start
        if signs.guillemet.match(text, opener) and (space := signs.space.match(text, value_start)):
            value_start = min(space.end(), close_start)
        if end > close_start and signs.guillemet.match(text, close_start):
            while space := signs.space_before.search(
                text, max(value_start, value_end - _LONGEST_SPACE), value_end
            ):
                value_end = space.start()
        return Quoted(value_start, value_end, close_start, end)

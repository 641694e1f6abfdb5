"""The quotes of a text by their class, with what is around each.

Which quote of a class closes a value is computed from that for all quotes at once, from right to
left, so that each answer costs no more than a search in a sorted list.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import NamedTuple

from shortcodes.lenient.patterns import QuotePatterns, quote_patterns

CLASSES = ("double", "curly", "single", "guillemet")
"""Double primes belong to the classes double and guillemet, all other double quotes to double and
curly."""

LONGEST_SPACE = 16
"""How many code points to look back for white space that is written as an entity or a tag."""


class Surroundings(NamedTuple):
    """What the text around a quote says about it. SPEC.md, 4.2 to 4.5."""

    is_strong: bool
    is_weak: bool
    is_separated: bool
    """Whether it is weak if it is outside inner pairs."""
    opens_inner_pair: bool
    follows_equals: bool
    is_opening: bool
    next_opening: str
    """The class of the quote that opens something after white space, if one follows."""

    @property
    def may_end_value(self) -> bool:
        """Whether a value may end with this quote."""
        return self.is_strong or self.is_weak


class QuoteClass:
    """The quotes of one class in their order."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.surroundings: list[Surroundings] = []
        self._after_equals: list[int] = []
        self._opening: list[int] = []

    def add(self, start: int, end: int, surroundings: Surroundings) -> None:
        """Add the next quote."""
        self.starts.append(start)
        self.ends.append(end)
        self.surroundings.append(surroundings)
        if surroundings.follows_equals:
            self._after_equals.append(start)
        if surroundings.is_opening:
            self._opening.append(start)

    def find_next(self, offset: int) -> int:
        """Return the index of the first quote from an offset on."""
        return bisect_left(self.starts, offset)

    def find_closers(self, offset: int, *, outside: bool) -> list[int]:
        """Return the indexes of the quotes that may close a value from an offset on, best first.

        With `outside`, those that may belong to an inner pair are left out.
        """
        closers, plain_closers = self._closers
        index = self.find_next(offset)
        candidates = [closers[index]] if outside else [closers[index], plain_closers[index]]
        return [closer for closer in candidates if closer < len(self.starts)]

    def has_value_start(self, start: int, end: int) -> bool:
        """Return whether one of the quotes between two offsets follows "="."""
        return _has_between(self._after_equals, start, end)

    def has_opening(self, start: int, end: int) -> bool:
        """Return whether one of the quotes between two offsets opens something."""
        return _has_between(self._opening, start, end)

    def leaves_open(self, start: int, end: int) -> bool:
        """Return whether one of the quotes between two offsets opens something that none of them
        closes.
        """
        first, last = self.find_next(start), self.find_next(end)
        is_odd = (last - first) % 2 == 1
        return self.has_value_start(start, end) or (is_odd and self.surroundings[first].is_opening)

    @cached_property
    def _closers(self) -> tuple[list[int], list[int]]:
        """For every quote the index of its closer, with inner pairs and without."""
        count = len(self.starts)
        ends = [around.may_end_value for around in self.surroundings]
        # Where an even number of quotes came before, a pair may have, but none is open.
        even, odd = ([count] * (count + 1) for _ in range(2))
        even_inside, odd_inside, even_plain, odd_plain = even[:], even[:], even[:], even[:]
        for i in range(count - 1, -1, -1):
            around = self.surroundings[i]
            separated = around.is_separated and not around.opens_inner_pair
            even_plain[i] = i if ends[i] or separated else odd_plain[i + 1]
            odd_plain[i] = i if ends[i] else even_plain[i + 1]
            # The partner of an inner opener is strong, or precedes another opening quote.
            is_partner_closer = around.is_strong or self._precedes_opening(i)
            even_inside[i] = i if is_partner_closer else odd[i + 1]
            odd_inside[i] = i if is_partner_closer else even[i + 1]
            inner = around.opens_inner_pair
            even[i] = i if ends[i] or separated else (odd_inside if inner else odd)[i + 1]
            odd[i] = i if ends[i] else (even_inside if inner else even)[i + 1]
        return even, even_plain

    def _precedes_opening(self, i: int) -> bool:
        """Return whether only white space is between this quote and one that opens something."""
        is_next = i + 1 < len(self.starts) and self.surroundings[i + 1].is_opening
        return is_next and self.surroundings[i].next_opening != ""


def _has_between(offsets: list[int], start: int, end: int) -> bool:
    i = bisect_left(offsets, start)
    return i < len(offsets) and offsets[i] < end


class _Gaps:
    """What separates the parts of opening tags in a text, from left to right."""

    def __init__(self, text: str, patterns: QuotePatterns) -> None:
        self._text = text
        self._tag, self._pattern = patterns.gap_tag, patterns.gap_before
        self._start = self._end = -1

    def add_tag(self, start: int, end: int) -> None:
        """Add the next HTML tag or comment."""
        if self._tag.match(self._text, start):
            self._start, self._end = self._find_start(start), end

    def follow_equals(self, offset: int) -> bool:
        """Return whether only a gap is between "=" and an offset."""
        before = self._text[offset - 1 : offset]
        if before.isascii() and before != ";" and offset - self._end > LONGEST_SPACE:
            return False
        start = self._find_start(offset)
        return start > 0 and self._text[start - 1] == "="

    def _find_start(self, offset: int) -> int:
        found = self._pattern.search(self._text, max(0, offset - LONGEST_SPACE), offset)
        start = found.start() if found else offset
        return min(start, self._start) if self._end >= start else start


def find_class(text: str, start: int, markdown: bool) -> str:
    """Return the class of the quote that begins at an offset: double, single or guillemet."""
    match = quote_patterns(markdown).quotes.match(text, start)
    return match.lastgroup or "" if match else ""


def classify_quotes(text: str, markdown: bool) -> dict[str, QuoteClass]:
    """Return all quotes of a text outside HTML tags, by their class."""
    patterns = quote_patterns(markdown)
    classes = {name: QuoteClass() for name in CLASSES}
    previous, previous_end, opening = "", -1, False
    gaps = _Gaps(text, patterns)
    for match in patterns.quotes.finditer(text):
        name = match.lastgroup
        start, end = match.span()
        if name is None:
            gaps.add_tag(start, end)
            continue
        spaced = patterns.space_before.search(text, max(0, start - LONGEST_SPACE), start)
        before = spaced.start() if spaced else start
        french = bool(spaced and patterns.french_opening.match(text, start))
        strong = patterns.strong.match(text, end) is not None
        weak = not french and patterns.weak.match(text, end) is not None
        separated = (
            not (strong or weak or french or text[end : end + 1].isalnum())
            and patterns.separated.match(text, end) is not None
        )
        adjacent = previous_end == start
        inner = french or bool((spaced or adjacent) and patterns.inner.match(text, end))
        assigned = text[before - 1 : before] == "=" or gaps.follow_equals(start)
        opening = (
            assigned
            or french
            or (opening and adjacent and previous != name)
            or bool(
                spaced
                and not patterns.not_opening.match(text, end)
                and not patterns.french_closing.match(text, start)
            )
        )
        space_after = patterns.opening_after.match(text, end) if weak else None
        next_opening = find_class(text, space_after.end(), markdown) if space_after else ""
        inner = inner and not strong and not weak
        around = Surroundings(strong, weak, separated, inner, assigned, opening, next_opening)
        classes[name].add(start, end, around)
        if name == "double":
            prime = patterns.double_prime.match(text, start)
            classes["guillemet" if prime else "curly"].add(start, end, around)
        previous, previous_end = name, end
    return classes

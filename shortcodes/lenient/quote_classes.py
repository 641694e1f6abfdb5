"""The quotes of a text by their class, with what stands around each.

From that follows which quote of a class closes a value, for every place at once and from right to
left, so that a question costs no more than a search in a sorted list.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import NamedTuple

from shortcodes.lenient.patterns import quote_patterns

CLASSES = ("double", "curly", "single", "guillemet")
"""Double primes are of the classes double and guillemet; all other double quotes are curly too."""

LONGEST_SPACE = 16
"""Code points to look back for white space that is written as an entity or a tag."""


class Sign(NamedTuple):
    """What stands around a quote. SPEC.md, 4.2 to 4.5."""

    strong: bool
    weak: bool
    inner: bool
    """It opens an inner pair."""
    assigned: bool
    """It follows "="."""
    opening: bool
    leads: str
    """The class of a quote that opens behind white space, if one follows."""

    @property
    def ends(self) -> bool:
        """Whether a value may end here."""
        return self.strong or self.weak


class QuoteClass:
    """The quotes of one class in their order."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.signs: list[Sign] = []
        self._assigned: list[int] = []
        self._opening: list[int] = []

    def add(self, start: int, end: int, sign: Sign) -> None:
        """Add the next one."""
        self.starts.append(start)
        self.ends.append(end)
        self.signs.append(sign)
        if sign.assigned:
            self._assigned.append(start)
        if sign.opening:
            self._opening.append(start)

    def next(self, position: int) -> int:
        """Return the place in the order of the first quote from `position` on."""
        return bisect_left(self.starts, position)

    def closers(self, position: int, *, outside: bool) -> list[int]:
        """Return the places in the order that may close a value from `position`, best first.

        With `outside` none that may belong to an inner pair.
        """
        best, plain = self._answers
        first = self.next(position)
        answers = [best[first]] if outside else [best[first], plain[first]]
        return [answer for answer in answers if answer < len(self.starts)]

    def assigns(self, start: int, end: int) -> bool:
        """Whether one of them follows "=" between the two places."""
        return _any_between(self._assigned, start, end)

    def opens(self, start: int, end: int) -> bool:
        """Whether one of them opens something between the two places."""
        return _any_between(self._opening, start, end)

    def leaves_open(self, start: int, end: int) -> bool:
        """Whether one of them opens something there that none of them closes there."""
        first, last = self.next(start), self.next(end)
        odd = (last - first) % 2 == 1
        return self.assigns(start, end) or (odd and self.signs[first].opening)

    @cached_property
    def _answers(self) -> tuple[list[int], list[int]]:
        """For every place in the order: the closer with inner pairs, and without."""
        count = len(self.starts)
        outside, inside, plain = ([count] * (count + 1) for _ in range(3))
        for i in range(count - 1, -1, -1):
            sign = self.signs[i]
            plain[i] = i if sign.ends else plain[i + 1]
            # What neither is strong nor stands before another opening is the opener's partner.
            inside[i] = i if sign.strong or self._leads(i) else outside[i + 1]
            if sign.ends:
                outside[i] = i
            else:
                outside[i] = inside[i + 1] if sign.inner else outside[i + 1]
        return outside, plain

    def _leads(self, i: int) -> bool:
        """Whether nothing but white space is between this quote and one that opens."""
        follows = i + 1 < len(self.starts) and self.signs[i + 1].opening
        return follows and self.signs[i].leads != ""


def _any_between(places: list[int], start: int, end: int) -> bool:
    i = bisect_left(places, start)
    return i < len(places) and places[i] < end


def class_of(text: str, start: int, markdown: bool) -> str:
    """Return the class of the quote that begins at `start`: double, single or guillemet."""
    match = quote_patterns(markdown).quotes.match(text, start)
    return match.lastgroup or "" if match else ""


def quote_classes(text: str, markdown: bool) -> dict[str, QuoteClass]:
    """Return all quotes of a text outside HTML tags, by their class."""
    patterns = quote_patterns(markdown)
    classes = {name: QuoteClass() for name in CLASSES}
    previous, previous_end, opening = "", -1, False
    for match in patterns.quotes.finditer(text):
        name = match.lastgroup
        if name is None:
            continue
        start, end = match.span()
        spaced = patterns.space_before.search(text, max(0, start - LONGEST_SPACE), start)
        before = spaced.start() if spaced else start
        french = bool(spaced and patterns.french_opening.match(text, start))
        strong = patterns.strong.match(text, end) is not None
        weak = not french and patterns.weak.match(text, end) is not None
        adjacent = previous_end == start
        inner = french or bool((spaced or adjacent) and patterns.inner.match(text, end))
        assigned = text[before - 1 : before] == "="
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
        behind = patterns.opening_after.match(text, end) if weak else None
        leads = class_of(text, behind.end(), markdown) if behind else ""
        inner = inner and not strong and not weak
        sign = Sign(strong, weak, inner, assigned, opening, leads)
        classes[name].add(start, end, sign)
        if name == "double":
            prime = patterns.double_prime.match(text, start)
            classes["guillemet" if prime else "curly"].add(start, end, sign)
        previous, previous_end = name, end
    return classes

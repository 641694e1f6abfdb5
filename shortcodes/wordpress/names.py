"""Names: which may be tags, which of them are active in a text, and what finds them there.

First stage of the WordPress dialect (rules 1 to 8). Names and texts are compared as they are:
every character that ends or bounds a name is ASCII, so that code points and bytes agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Protocol

from shortcodes.checks import check_type

_STOPS = r"<>&/\[\]=\x00-\x20"
_STOP = re.compile(f"[{_STOPS}]")
_RUN = re.compile(rf"\[([^{_STOPS}]++)")
_NO_NAME_CHARACTER = re.compile(r"[^A-Za-z0-9_-]")

FEW = 64
"""Up to so many names become one pattern; more are looked up in a table."""

KEPT = 1000
"""Up to so many names are kept ready for the next text."""


def is_valid_tag(tag: str) -> bool:
    r"""Return whether a shortcode may have this name (rule 1).

    It may not be empty nor hold any of `< > & / [ ] =`, white space or control characters up to
    U+0020. Everything else is allowed, letters of any script and no-break spaces included.
    """
    check_type("tag", tag, str)
    return tag != "" and _STOP.search(tag) is None


Opening = tuple[int, int, str, int]
"""The beginning of an opening delimiter: where its bracket stands, how many further brackets (0 or
1) stand before that (rule 6), the name, and where the name ends."""


class Names:
    """A list of tags, and the patterns that find them in a text."""

    def __init__(self, tags: Sequence[str]) -> None:
        self.order = {tag: place for place, tag in enumerate(dict.fromkeys(tags))}
        """Every name with its place in the order of registration (rule 8)."""
        self.few = len(self.order) <= FEW
        self._end = r"(?![\w-])" if self.few else ""
        self.longest = max(map(len, self.order), default=0)
        self._lengths = frozenset(map(len, self.order))
        self._any = "|".join(map(re.escape, self.order)) if self.few else ""
        self._one = self._any if self.few else rf"[^{_STOPS}]{{1,{self.longest + 1}}}+"
        self._opening = re.compile(rf"\[(\[?)({self._one}){self._end}", re.ASCII)

    @cached_property
    def delimiter(self) -> re.Pattern[str]:
        """For few names: a whole opening delimiter, with the further bracket, the name, and what
        stands between that and the "]".
        """
        return re.compile(rf"\[(\[?)({self._one}){self._end}([^\]]*+)\]", re.ASCII)

    @cached_property
    def alone(self) -> re.Pattern[str]:
        """For few names, where none is closed: a shortcode, or an escape with what it shows as
        group 1.
        """
        one = rf"\[(?:{self._any}){self._end}[^\]]*+\]"
        return re.compile(rf"\[({one})\]|{one}", re.ASCII)

    @cached_property
    def closed(self) -> re.Pattern[str]:
        """For few names, where no brackets are doubled: a self-closing shortcode, or one that
        encloses no bracket; group 2 takes part where it is neither.
        """
        opening = rf"\[({self._any}){self._end}[^\]]*+"
        return re.compile(rf"{opening}(?:(?<=/)\]|\][^\[]*+(?:\[/\1\]|()))", re.ASCII)

    @cached_property
    def flat(self) -> re.Pattern[str]:
        """For few names, where no brackets are doubled: a whole opening delimiter, its name, and
        what it encloses up to the end of its closing one, where that is no bracket.
        """
        opening = rf"(\[({self._any}){self._end}[^\]]*+\])"
        return re.compile(rf"{opening}(?:(?<!/\])([^\[]*+\[/\2\])|(?!).)?+", re.ASCII)

    def openings(self, text: str, start: int = 0) -> Iterator[Opening]:
        """Give every place of a text where an opening delimiter may begin, in order."""
        for match in self._opening.finditer(text, start):
            bracket, name = match.groups()
            begin, end = match.span()
            if self.few:
                yield begin + len(bracket), len(bracket), name, end
            elif (found := self.first(name)) is not None:
                yield begin + len(bracket), len(bracket), found, match.start(2) + len(found)

    def closings(self, text: str) -> dict[str, list[int]]:
        """Return for every name where its closing tags begin, in order (rule 11)."""
        found: dict[str, list[int]] = {}
        if "[/" in text:
            for match in re.finditer(rf"\[/({self._one})\]", text):
                found.setdefault(match[1], []).append(match.start())
        return found

    def first(self, run: str, active: Container | None = None) -> str | None:
        """Return the name that a run of characters begins with: of several, the one that was
        registered first among those in `active` (rule 8).
        """
        allowed = self.order if active is None else active
        ends = (*(match.start() for match in _NO_NAME_CHARACTER.finditer(run)), len(run))
        names = [run[:end] for end in ends if end in self._lengths]
        found = [name for name in names if name in self.order and name in allowed]
        return min(found, key=self.order.__getitem__, default=None)

    @cached_property
    def _mixed(self) -> re.Pattern[str]:
        return re.compile(rf"\[(?:{self._any})[^A-Za-z0-9_{_STOPS}-]")

    @cached_property
    def _not_alone(self) -> re.Pattern[str]:
        return re.compile(rf"\[(?:/|(?:{self._any})[^A-Za-z0-9_{_STOPS}-])")

    @cached_property
    def _clean(self) -> re.Pattern[str]:
        return re.compile(rf"\[(?:{self._any})(?=[{_STOPS}]|\Z)")

    def mixed(self, text: str) -> bool:
        """Return whether a name stands somewhere with more directly behind it, as in
        `[foo:bar]`, so that it takes the whole text to say what is active (rule 7).
        """
        return not self.few or self._mixed.search(text) is not None

    def all_alone(self, text: str) -> bool:
        """Return whether no closing tag stands in a text, of whatever name, and nothing mixed."""
        return self.few and self._not_alone.search(text) is None

    def active(self, text: str, *, mixed: bool | None = None) -> Names | None:
        """Return the names that are active in a text, `None` where none is (rule 3).

        `mixed` is the answer for this text where it is known.
        """
        if not self.order:
            return None
        if not (self.mixed(text) if mixed is None else mixed):
            return self if self._clean.search(text) else None
        runs = set(_RUN.findall(text))
        found = tuple(name for name in self.order if name in runs)
        return names_of(found) if found else None


class Container(Protocol):
    """What can say whether it holds a name."""

    def __contains__(self, name: object, /) -> bool:
        """Return whether it does."""


def names_of(tags: tuple[str, ...]) -> Names:
    """Return the valid ones of these tags, ready to be found."""
    return _kept(tags) if len(tags) <= KEPT else _names(tags)


def _names(tags: tuple[str, ...]) -> Names:
    return Names([tag for tag in tags if is_valid_tag(tag)])


_kept = lru_cache(maxsize=128)(_names)


def runs(text: str) -> Iterator[re.Match[str]]:
    """Give what follows every bracket up to the next character that no name has (rule 3)."""
    return _RUN.finditer(text)


def run_at(text: str, start: int, longest: int) -> str:
    """Return what follows the bracket at `start`, up to one character more than `longest`."""
    match = _RUN.match(text, start, start + longest + 2)
    return match[1] if match else ""

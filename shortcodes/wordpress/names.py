"""Names: which may be tags, which of them are active in a text, and the patterns that find them.

This is the first stage of the WordPress dialect (rules 1 to 8). Names and texts are compared as
they are: every character that ends a name is ASCII, so that code points and bytes agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Protocol

from shortcodes.common.checks import check_type

_STOPS = r"<>&/\[\]=\x00-\x20"
_STOP = re.compile(f"[{_STOPS}]")
_RUN = re.compile(rf"\[([^{_STOPS}]++)")
_NO_NAME_CHARACTER = re.compile(r"[^A-Za-z0-9_-]")

FEW = 64
"""Up to this many names become one pattern; more are looked up in a table."""

MOST_CACHED = 1000
"""Up to this many names are cached for the next texts; of larger lists only the last one is."""


def is_valid_tag(tag: str) -> bool:
    r"""Return whether a shortcode may have this name (rule 1).

    It may not be empty nor hold any of `< > & / [ ] =`, white space or control characters up to
    U+0020. Everything else is allowed, letters of any script and no-break spaces included.
    """
    check_type("tag", tag, str)
    return tag != "" and _STOP.search(tag) is None


Opening = tuple[int, int, str, int]
"""The beginning of an opening delimiter: the offset of its bracket, how many further brackets (0 or
1) precede it (rule 6), the name, and the end of the name."""


class Names:
    """A list of tags, and the patterns that find them in a text."""

    def __init__(self, tags: Sequence[str]) -> None:
        self.order = {tag: index for index, tag in enumerate(dict.fromkeys(tags))}
        """Every name with its index in the order of registration (rule 8)."""
        self.are_few = len(self.order) <= FEW
        self._end = r"(?![\w-])" if self.are_few else ""
        self.longest = max(map(len, self.order), default=0)
        self._lengths = frozenset(map(len, self.order))
        self._any = "|".join(map(re.escape, self.order)) if self.are_few else ""
        self._one = self._any if self.are_few else rf"[^{_STOPS}]{{1,{self.longest + 1}}}+"
        self._opening = re.compile(rf"\[(\[?)({self._one}){self._end}", re.ASCII)

    @cached_property
    def delimiter(self) -> re.Pattern[str]:
        """For few names: a whole opening delimiter. Its groups are the further bracket, the name,
        and the text between the name and the "]".
        """
        return re.compile(rf"\[(\[?)({self._one}){self._end}([^\]]*+)\]", re.ASCII)

    @cached_property
    def unclosed(self) -> re.Pattern[str]:
        """For few names in a text without closing tags: a shortcode, or an escape with the text
        that it shows as group 1.
        """
        one = rf"\[(?:{self._any}){self._end}[^\]]*+\]"
        return re.compile(rf"\[({one})\]|{one}", re.ASCII)

    @cached_property
    def closed(self) -> re.Pattern[str]:
        """For few names in a text without doubled brackets: a self-closing shortcode, or one that
        encloses no bracket. Group 2 takes part if it is neither.
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

    def find_openings(self, text: str, start: int = 0) -> Iterator[Opening]:
        """Yield the beginning of everything that may be an opening delimiter, in order."""
        for match in self._opening.finditer(text, start):
            bracket, name = match.groups()
            begin, end = match.span()
            if self.are_few:
                yield begin + len(bracket), len(bracket), name, end
            elif (tag := self.find_first(name)) is not None:
                yield begin + len(bracket), len(bracket), tag, match.start(2) + len(tag)

    def find_closings(self, text: str) -> dict[str, list[int]]:
        """Return the starts of the closing tags of each name, in order (rule 11)."""
        closings: dict[str, list[int]] = {}
        if "[/" in text:
            for match in re.finditer(rf"\[/({self._one})\]", text):
                closings.setdefault(match[1], []).append(match.start())
        return closings

    def find_first(self, run: str, active: NameContainer | None = None) -> str | None:
        """Return the name that a run of characters begins with: of several, the name in `active`
        that was registered first (rule 8).
        """
        allowed = self.order if active is None else active
        ends = (*(match.start() for match in _NO_NAME_CHARACTER.finditer(run)), len(run))
        prefixes = [run[:end] for end in ends if end in self._lengths]
        names = [name for name in prefixes if name in self.order and name in allowed]
        return min(names, key=self.order.__getitem__, default=None)

    @cached_property
    def _mixed(self) -> re.Pattern[str]:
        return re.compile(rf"\[(?:{self._any})[^A-Za-z0-9_{_STOPS}-]")

    @cached_property
    def _closed_or_mixed(self) -> re.Pattern[str]:
        return re.compile(rf"\[(?:/|(?:{self._any})[^A-Za-z0-9_{_STOPS}-])")

    @cached_property
    def _clean(self) -> re.Pattern[str]:
        return re.compile(rf"\[(?:{self._any})(?=[{_STOPS}]|\Z)")

    def is_mixed(self, text: str) -> bool:
        """Return whether a name has more directly after it somewhere, as in `[foo:bar]`, so that it
        takes the whole text to say what is active (rule 7).
        """
        return not self.are_few or self._mixed.search(text) is not None

    def is_plain(self, text: str) -> bool:
        """Return whether a text has no closing tag of any name, and nothing mixed."""
        return self.are_few and self._closed_or_mixed.search(text) is None

    def select_active(self, text: str, *, mixed: bool | None = None) -> Names | None:
        """Return the names that are active in a text, or `None` (rule 3).

        `mixed` is what `is_mixed` returns for the text, if that is known.
        """
        if not self.order:
            return None
        if not (self.is_mixed(text) if mixed is None else mixed):
            return self if self._clean.search(text) else None
        runs = set(_RUN.findall(text))
        names = tuple(name for name in self.order if name in runs)
        return compile_names(names) if names else None


class NameContainer(Protocol):
    """Anything that can say whether it holds a name."""

    def __contains__(self, name: object, /) -> bool:
        """Return whether it holds the name."""


def compile_names(tags: tuple[str, ...]) -> Names:
    """Return the valid tags among these, with the patterns that find them."""
    return _compile_cached(tags) if len(tags) <= MOST_CACHED else _compile_large(tags)


def _compile_valid(tags: tuple[str, ...]) -> Names:
    return Names([tag for tag in tags if is_valid_tag(tag)])


_compile_cached = lru_cache(maxsize=128)(_compile_valid)
_compile_large = lru_cache(maxsize=1)(_compile_valid)


def find_runs(text: str) -> Iterator[re.Match[str]]:
    """Yield the run after every bracket, up to the next character that no name has (rule 3)."""
    return _RUN.finditer(text)


def read_run(text: str, start: int, longest: int) -> str:
    """Return the run after the bracket at an offset, up to one character more than `longest`."""
    match = _RUN.match(text, start, start + longest + 2)
    return match[1] if match else ""

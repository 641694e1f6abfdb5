"""Regions that hold no shortcodes: comments, scripts and code, and values that PHP serialised.

A region that is never closed protects nothing. Closers are looked up forward only, so that a text
full of openers is read in linear time.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, cached_property
from itertools import accumulate

from shortcodes.lenient.grammar import terminals
from shortcodes.lenient.markdown_blocks import find_code_blocks
from shortcodes.lenient.serialised import find_serialised

SERIALISED = "SERIALISED"
"""The name of what begins a value that PHP serialised."""


@cache
def _compile_closers(markdown: bool) -> dict[str, re.Pattern[str]]:
    """Return the pattern of each closer, by the name of its opener."""
    t = terminals(markdown)
    return {
        name: re.compile(t[name.removesuffix("_OPEN") + "_CLOSE"])
        for name in t
        if name.endswith("_OPEN")
    }


@cache
def region_openers(markdown: bool) -> str:
    """Return one pattern with a named group for each kind of opener.

    Alternatives that begin with the same character share it, so that a search can skip to it.
    """
    t = terminals(markdown)
    names = [name for name in _compile_closers(markdown) if name != "FENCE_OPEN"]
    names += ["CODE_BLOCK", "BACKTICKS"] if markdown else []
    tags = [name for name in names if t[name].startswith("<")]
    after = "|".join(f"(?P<{name}>{t[name].removeprefix('<')})" for name in tags)
    others = "".join(f"|(?P<{name}>{t[name]})" for name in names if name not in tags)
    return f"<(?:{after}){others}"


_LONE_RETURN = re.compile(r"\r(?!\n)")


def end_lines(text: str) -> str:
    """Return a text of the same length in which a line feed ends each line, as in CommonMark.

    In texts without a lone carriage return, which are nearly all, this only counts.
    """
    if text.count("\r") == text.count("\r\n"):
        return text
    return _LONE_RETURN.sub("\n", text)


@cache
def _compile_openers(markdown: bool) -> re.Pattern[str]:
    return re.compile(region_openers(markdown))


class Regions:
    """The ends of the regions of one text, which must be asked for from left to right."""

    def __init__(self, text: str, markdown: bool) -> None:
        self.text = end_lines(text) if markdown else text
        """The text as it is searched; offsets are the same."""
        self._closers = _compile_closers(markdown)
        self._next: dict[str, re.Match[str] | None] = {}
        self._markdown = markdown

    def list_openers(self, start: int, end: int, *, skip_code: bool) -> list[tuple[int, int, str]]:
        """Return the start, the end and the name of what opens regions in a span of the text.

        Values that PHP serialised are always regions, comments and code only with `skip_code`.
        """
        openers = [(at, at + 1, SERIALISED) for at in self._serialised if start <= at < end]
        if skip_code:
            matches = _compile_openers(self._markdown).finditer(self.text, start, end)
            openers += [(*match.span(), match.lastgroup or "") for match in matches]
        return openers

    def find_end(self, opener: str, start: int, after: int) -> int:
        """Return the end of the region that an opener begins.

        Args:
            opener: The name of the opener, in the grammar or of `list_openers`.
            start: The start of the opener.
            after: The end of the opener, which is returned if the region is never closed.
        """
        if opener == SERIALISED:
            return self._serialised[start]
        if opener in ("CODE_BLOCK", "BACKTICKS") and start in self._code_blocks:
            return self._code_blocks[start]
        if opener == "CODE_BLOCK":
            return after
        if opener == "FENCE_OPEN":
            return self._fences.find_end(self.text[start:after], after)
        if opener == "BACKTICKS":
            return self._code_spans.find_end(start, after)
        if opener not in self._next or self._is_passed(opener, after):
            self._next[opener] = self._closers[opener].search(self.text, after)
        closer = self._next[opener]
        return closer.end() if closer else after

    def _is_passed(self, opener: str, position: int) -> bool:
        closer = self._next[opener]
        return closer is not None and closer.start() < position

    @cached_property
    def _serialised(self) -> dict[int, int]:
        return dict(find_serialised(self.text))

    @cached_property
    def _code_blocks(self) -> dict[int, int]:
        return find_code_blocks(self.text, Regions(self.text, self._markdown).find_end)

    @cached_property
    def _fences(self) -> _Fences:
        return _Fences(self.text, self._closers["FENCE_OPEN"])

    @cached_property
    def _code_spans(self) -> CodeSpans:
        t = terminals(self._markdown)
        stops = [match.start() for match in re.compile(t["BLANK_LINE"]).finditer(self.text)]
        if self._code_blocks:
            stops = sorted([*stops, *self._code_blocks])
        return CodeSpans(self.text, re.compile(t["BACKTICKS"]), stops)


class _Fences:
    """Closing fences: of the opener's character, and at least as long."""

    def __init__(self, text: str, closer: re.Pattern[str]) -> None:
        self._ends: dict[str, list[tuple[int, int, int]]] = {"`": [], "~": []}
        for match in closer.finditer(text):
            fence = match.group().strip()
            self._ends[fence[0]].append((match.start(), match.end(), len(fence)))
        self._longest = {
            character: [*accumulate((length for *_, length in reversed(fences)), max)][::-1]
            for character, fences in self._ends.items()
        }

    def find_end(self, opener: str, after: int) -> int:
        fence = opener.strip()
        fences, longest = self._ends[fence[0]], self._longest[fence[0]]
        index = bisect_left(fences, (after,))
        if index == len(fences) or longest[index] < len(fence):
            return after
        while fences[index][2] < len(fence):
            index += 1
        return fences[index][1]


_MOST_BACKSLASHES = 100
"""How many backslashes before backticks are counted."""


class CodeSpans:
    """Closing backticks: exactly as many, with no end of a paragraph before them."""

    def __init__(self, text: str, backticks: re.Pattern[str], stops: Sequence[int]) -> None:
        """Find the backticks of a text. No code crosses one of the `stops`."""
        self._text = text
        self._starts: dict[int, list[int]] = {}
        for match in backticks.finditer(text):
            self._starts.setdefault(match.end() - match.start(), []).append(match.start())
        self._stops = stops

    def find_end(self, start: int, after: int) -> int:
        """Return the end of the code that backticks begin, or their own end if nothing ends it."""
        before = self._text[max(0, start - _MOST_BACKSLASHES) : start]
        is_escaped = (len(before) - len(before.rstrip("\\"))) % 2 == 1
        length = after - start - is_escaped
        starts = self._starts.get(length, [])
        index = bisect_left(starts, after)
        stop = bisect_left(self._stops, after)
        if index == len(starts) or (stop < len(self._stops) and self._stops[stop] < starts[index]):
            return after
        return starts[index] + length

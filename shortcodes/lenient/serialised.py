"""Values that PHP serialised: each text in them comes with its length, so none may change.

PHP counts bytes, mostly of UTF-8. In HTML, XML and strings of programs, a value is written with
entities or backslashes, and the lengths are those without them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cache
from html import unescape
from typing import NamedTuple

Span = tuple[int, int]


def is_serialised(text: str) -> bool:
    """Return whether a text is a value that PHP's `serialize` wrote, whatever its lengths are."""
    return _compile_whole().match(text) is not None and text.rstrip()[-1] in ";}"


def find_serialised(text: str) -> list[Span]:
    """Return the spans of values in a text, in order and without overlaps.

    The lengths are right in all of them. If there is anything wrong with a value, the texts in it
    count whose own lengths are right. A value without any text is not looked for.
    """
    if not _may_hold_values(text):
        return []
    spans = set(_find_by_length(text))
    for encoding in _ENCODINGS:
        if encoding.sign in text:
            decoded = _decode(text, encoding)
            spans.update(decoded.locate(*span) for span in _find_by_length(decoded.text))
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return merged


def _may_hold_values(text: str) -> bool:
    """Return whether a text may hold any value. This is a quick check: a count between colons."""
    return any(map(str.isdigit, text.split(":"))) and bool(_compile_candidate().search(text))


# --- values and their lengths ---------------------------------------------------------------------


def _find_by_length(text: str) -> Iterator[Span]:
    """Yield the spans of the values in a text without entities and backslashes.

    The lengths are those in UTF-8, or in an encoding with one byte for each character, from which
    the text was converted.
    """
    yield from _find_in(text)
    if text.isascii():
        return
    # As Latin-1, each byte is one character.
    data = text.encode("utf-8", "surrogatepass").decode("latin-1")
    counted = code_points = 0
    for start, end in _find_in(data):
        code_points += _count_code_points(data[counted:start])
        length = _count_code_points(data[start:end])
        yield code_points, code_points + length
        code_points += length
        counted = end


def _find_in(data: str) -> Iterator[Span]:
    """Yield the spans of the values in a text that has a character for each byte, in order."""
    position, start = 0, _compile_start()
    while match := start.search(data, position):
        spans, position = _read_value(data, match.start())
        yield from spans


def _count_code_points(data: str) -> int:
    return len(data.encode("latin-1").decode("utf-8", "surrogatepass"))


def _read_value(data: str, start: int) -> tuple[list[Span], int]:
    """Return the span of the value that begins at an offset, and its end.

    If it is no value, return the texts that were read in it, and how far it was read, at least to
    the end of what it begins with. So nothing is read twice.
    """
    token = _compile_token()
    texts: list[Span] = []
    open_counts: list[int] = []
    """How many values each collection that is open still lacks."""
    position = start
    while match := token.match(data, position):
        kind, end = match.lastgroup or "", match.end()
        length = int(match[kind]) if kind else 0
        if kind in _ENDS:
            closing = end + length
            if not data.startswith(_ENDS[kind], closing):
                return texts, end
            if kind == "text":
                texts.append((position, closing + len(_ENDS[kind])))
            end = closing + len(_ENDS[kind])
        if kind in ("object", "custom"):
            rest = _compile_rest().match(data, end)
            if rest is None:
                return texts, end
            end, length = rest.end(), int(rest[1])
        if kind == "custom":
            if not data.startswith("}", end + length):
                return texts, end
            end += length + 1
        position = end
        if kind in ("array", "object"):
            open_counts.append(2 * length)
        elif open_counts:
            open_counts[-1] -= 1
        while open_counts and not open_counts[-1] and data.startswith("}", position):
            position += 1
            open_counts.pop()
            if open_counts:
                open_counts[-1] -= 1
        if not open_counts:
            return [(start, position)], position
        if open_counts[-1] <= 0:
            return texts, position
    return texts, max(position, start + 2)


_ENDS = {"text": '";', "object": '":', "custom": '":', "case": '";'}
"""What is behind the characters that are counted, by what is counted."""


@cache
def _compile_start() -> re.Pattern[str]:
    """Return the pattern of what begins a value that may hold texts."""
    return re.compile(r"(?<![A-Za-z0-9_])(?:a:[0-9]{1,9}:\{|[OCEs]:[0-9]{1,9}:\")")


@cache
def _compile_token() -> re.Pattern[str]:
    """Return the pattern of a value up to what is counted. A group has the count."""
    return re.compile(
        r"s:(?P<text>[0-9]{1,9}):\"|a:(?P<array>[0-9]{1,9}):\{|O:(?P<object>[0-9]{1,9}):\""
        r"|C:(?P<custom>[0-9]{1,9}):\"|E:(?P<case>[0-9]{1,9}):\"|i:[-+]?[0-9]{1,20};"
        r"|d:[-+.0-9A-Za-z]{1,400};|b:[01];|N;|[rR]:[0-9]{1,9};"
    )


@cache
def _compile_rest() -> re.Pattern[str]:
    """Return the pattern of what is behind the name of a class."""
    return re.compile(r"([0-9]{1,9}):\{")


@cache
def _compile_whole() -> re.Pattern[str]:
    return re.compile(
        r"\ufeff?+\s*+(?:a:[0-9]++:\{|[OCE]:[0-9]++:\"|s:[0-9]++:\"|b:[01];|[id]:[-+.0-9A-Z]++;|N;)"
    )


@cache
def _compile_candidate() -> re.Pattern[str]:
    return re.compile(r"[aOCEs]:[0-9]{1,9}:(?:[{\"]|&|\\)")


# --- entities and backslashes ---------------------------------------------------------------------


class _Encoding(NamedTuple):
    sign: str
    """What it has at its beginning."""
    pattern: Callable[[], re.Pattern[str]]
    decode: Callable[[str], str]


class _Decoded(NamedTuple):
    """A text in which something was decoded."""

    text: str
    offsets: list[int]
    """Where what was decoded ends."""
    shifts: list[int]
    """By how much the same place is further behind in what was written."""

    def locate(self, start: int, end: int) -> Span:
        """Return where a span is in what was written."""
        return self._locate(start), self._locate(end)

    def _locate(self, offset: int) -> int:
        index = bisect_right(self.offsets, offset)
        return offset + (self.shifts[index - 1] if index else 0)


def _decode(text: str, encoding: _Encoding) -> _Decoded:
    parts, offsets, shifts = list[str](), list[int](), list[int]()
    position = length = 0
    for match in encoding.pattern().finditer(text):
        character = encoding.decode(match[0])
        parts += text[position : match.start()], character
        length += match.start() - position + len(character)
        position = match.end()
        offsets.append(length)
        shifts.append(position - length)
    return _Decoded("".join([*parts, text[position:]]), offsets, shifts)


@cache
def _compile_entity() -> re.Pattern[str]:
    return re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")


@cache
def _compile_escape() -> re.Pattern[str]:
    return re.compile(r"\\[\"'\\/nrt0]")


def _unescape_backslash(source: str) -> str:
    return _ESCAPES.get(source[1], source[1])


_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}

_ENCODINGS = (
    _Encoding("&", _compile_entity, unescape),
    _Encoding("\\", _compile_escape, _unescape_backslash),
)

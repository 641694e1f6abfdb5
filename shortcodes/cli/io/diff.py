"""Unified diffs of a text before and after a change, as patch(1) accepts them.

Lines that occur once on both sides are paired first. Between two such pairs, one pass pairs the
other lines: stripping deletes and edits lines but adds none, so looking a little ahead is enough.
`difflib` may find a shorter diff, but it takes quadratic time or more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import click

from shortcodes.cli.io.printing import has_colours
from shortcodes.common.log_text import CONTROLS, escape_lines

_AHEAD = 64
"""How many old lines are searched for a new one."""

_TO_QUOTE = re.compile(rf'["\\]|{CONTROLS.pattern}|^ | $')
"""Characters for which the name of a file is quoted; patch(1) skips blanks around a name."""

_COLOURS = {"-": "red", "+": "green", "@": "cyan"}

_NO_LINE_FEED = "\n\\ No newline at end of file\n"
_Opcode = tuple[str, int, int, int, int]


def diff(name: str, before: str, after: str) -> str:
    """Return the diff of a file, empty if nothing changed."""
    if before == after:
        return ""
    old, new = _split_lines(before), _split_lines(after)
    parts = [f"{mark} {_format_name(name)}\n" for mark in ("---", "+++")]
    for group in _Matcher(old, new).get_grouped_opcodes():
        first, last = group[0], group[-1]
        parts.append(
            f"@@ -{_format_range(first[1], last[2])} +{_format_range(first[3], last[4])} @@\n"
        )
        for kind, i, i_end, j, j_end in group:
            if kind == "equal":
                parts += _mark_lines(" ", old[i:i_end])
            else:
                parts += _mark_lines("-", old[i:i_end])
                parts += _mark_lines("+", new[j:j_end])
    return "".join(parts)


def show_diff(text: str) -> str:
    """Return the diff of one file as people read it: in colours, with its controls escaped."""
    lines = escape_lines(text).splitlines(keepends=True)
    return "".join(map(_colour, lines, range(len(lines)))) if has_colours() else "".join(lines)


def _colour(line: str, number: int) -> str:
    """Return a line of a diff in its colour; the first two name the file."""
    content = line.removesuffix("\n")
    colour = None if number < 2 else _COLOURS.get(line[0])
    if number >= 2 and colour is None:
        return line
    return click.style(content, fg=colour, bold=number < 2 or None) + line[len(content) :]


def _format_name(name: str) -> str:
    """Return the name of a file as GNU diff and git write it.

    A name with a blank that is not quoted ends with a tab.
    """
    if not _TO_QUOTE.search(name):
        return f"{name}\t" if " " in name else name
    return f'"{_TO_QUOTE.sub(_escape_octal, name)}"'


def _escape_octal(match: re.Match[str]) -> str:
    return "".join(f"\\{byte:03o}" for byte in match[0].encode())


class _Matcher(SequenceMatcher[str]):
    """Groups opcodes into hunks as `difflib` does, but finds them in its own way."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        super().__init__()
        self._opcodes = list(_join_equal(_find_opcodes(old, new)))

    def get_opcodes(self) -> list[_Opcode]:  # type: ignore[override] # only its groups are used
        return self._opcodes


def _find_opcodes(old: Sequence[str], new: Sequence[str]) -> Iterator[_Opcode]:
    i = j = 0
    for i_next, j_next in [*_find_equal_split_lines(old, new), (len(old), len(new))]:
        if i_next > i or j_next > j:
            yield "replace", i, i_next, j, j_next
        if i_next < len(old):
            yield "equal", i_next, i_next + 1, j_next, j_next + 1
        i, j = i_next + 1, j_next + 1


def _find_equal_split_lines(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Return the indexes of equal lines on both sides, in order."""
    i = j = 0
    for i_end, j_end in [*_pair_unique_split_lines(old, new), (len(old), len(new))]:
        while i < i_end and j < j_end:
            i_next = _find_line(old, i, i_end, new, j, j_end)
            if i_next is not None:
                i = i_next
                yield i, j
            i, j = i + 1, j + 1
        if i_end < len(old):
            yield i_end, j_end
        i, j = i_end + 1, j_end + 1


def _find_line(
    old: Sequence[str], i: int, i_end: int, new: Sequence[str], j: int, j_end: int
) -> int | None:
    """Return the index of a new line among the next old ones, or `None` if it was edited."""
    for near in (i, i + 1):
        if near < i_end and old[near] == new[j]:
            return near
    if i + 1 < i_end and j + 1 < j_end and old[i + 1] == new[j + 1]:
        return None
    ahead = range(i + 2, min(i + _AHEAD, i_end))
    return next((index for index in ahead if old[index] == new[j]), None)


def _pair_unique_split_lines(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Return the indexes of lines that occur once on both sides and are not blank, in order."""
    counts, indexes = Counter(new), {line: i for i, line in enumerate(old)}
    counts_before, last = Counter(old), -1
    for j, line in enumerate(new):
        if counts[line] == counts_before[line] == 1 and line.strip() and indexes[line] > last:
            last = indexes[line]
            yield last, j


def _join_equal(opcodes: Iterator[_Opcode]) -> Iterator[_Opcode]:
    """Join neighbouring equal lines into one run, so that there are few hunks."""
    run: _Opcode | None = None
    for kind, i, i_end, j, j_end in opcodes:
        if run and run[0] == kind == "equal":
            run = kind, run[1], i_end, run[3], j_end
        else:
            if run:
                yield run
            run = kind, i, i_end, j, j_end
    if run:
        yield run


def _split_lines(text: str) -> list[str]:
    """Return lines with their ends. As for patch(1), only a line feed ends a line."""
    lines = [line + "\n" for line in text.split("\n")]
    last = lines.pop().removesuffix("\n")
    return [*lines, last] if last else lines


def _mark_lines(mark: str, lines: Sequence[str]) -> Iterator[str]:
    return (mark + line if line.endswith("\n") else mark + line + _NO_LINE_FEED for line in lines)


def _format_range(start: int, end: int) -> str:
    """Return the range of a hunk as in unified diffs: first line and number of lines."""
    count = end - start
    return f"{start + 1}" if count == 1 else f"{start + bool(count)},{count}"

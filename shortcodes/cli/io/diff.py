"""A unified diff of a text before and after stripping; patch(1) takes it.

Lines that occur once on either side are paired first. Between two of them one pass pairs the rest:
stripping deletes and edits lines and adds none, so that a line is looked for a little ahead only.
What `difflib` finds may be shorter, but it takes quadratic time and more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from shortcodes.cli.io.printing import CONTROLS

_AHEAD = 64
"""Old lines among which a new one is looked for."""

_TO_QUOTE = re.compile(rf'["\\]|{CONTROLS.pattern}|^ | $')
"""Letters for which the name of a file is written in quotes: patch(1) skips blanks around one."""

_NO_LINE_FEED = "\n\\ No newline at end of file\n"
_Opcode = tuple[str, int, int, int, int]


def diff(name: str, before: str, after: str) -> str:
    """Return the diff; empty where nothing changed."""
    if before == after:
        return ""
    old, new = _lines(before), _lines(after)
    parts = [f"{mark} {_in_header(name)}\n" for mark in ("---", "+++")]
    for group in _Matcher(old, new).get_grouped_opcodes():
        first, last = group[0], group[-1]
        parts.append(f"@@ -{_range(first[1], last[2])} +{_range(first[3], last[4])} @@\n")
        for kind, i, i_end, j, j_end in group:
            if kind == "equal":
                parts += _marked(" ", old[i:i_end])
            else:
                parts += _marked("-", old[i:i_end])
                parts += _marked("+", new[j:j_end])
    return "".join(parts)


def _in_header(name: str) -> str:
    """Return the name of a file as GNU diff and git write it.

    Without quotes, a tab ends a name that has a blank.
    """
    if not _TO_QUOTE.search(name):
        return f"{name}\t" if " " in name else name
    return f'"{_TO_QUOTE.sub(_octal, name)}"'


def _octal(found: re.Match[str]) -> str:
    return "".join(f"\\{byte:03o}" for byte in found[0].encode())


class _Matcher(SequenceMatcher[str]):
    """Groups opcodes into hunks as `difflib` does, but finds them otherwise."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        super().__init__()
        self._found = list(_joined(_opcodes(old, new)))

    def get_opcodes(self) -> list[_Opcode]:  # type: ignore[override] # only its groups are used
        return self._found


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Iterator[_Opcode]:
    i = j = 0
    for i_next, j_next in [*_equal(old, new), (len(old), len(new))]:
        if i_next > i or j_next > j:
            yield "replace", i, i_next, j, j_next
        if i_next < len(old):
            yield "equal", i_next, i_next + 1, j_next, j_next + 1
        i, j = i_next + 1, j_next + 1


def _equal(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Give the places of equal lines, in order."""
    i = j = 0
    for i_end, j_end in [*_pairs(old, new), (len(old), len(new))]:
        while i < i_end and j < j_end:
            i_next = _found(old, i, i_end, new, j, j_end)
            if i_next is not None:
                i = i_next
                yield i, j
            i, j = i + 1, j + 1
        if i_end < len(old):
            yield i_end, j_end
        i, j = i_end + 1, j_end + 1


def _found(
    old: Sequence[str], i: int, i_end: int, new: Sequence[str], j: int, j_end: int
) -> int | None:
    """Return where the new line stands among the next old ones; `None`, if it was edited."""
    for near in (i, i + 1):
        if near < i_end and old[near] == new[j]:
            return near
    if i + 1 < i_end and j + 1 < j_end and old[i + 1] == new[j + 1]:
        return None
    ahead = range(i + 2, min(i + _AHEAD, i_end))
    return next((place for place in ahead if old[place] == new[j]), None)


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Give the places of lines with words that occur once on either side, in order."""
    counts, places = Counter(new), {line: i for i, line in enumerate(old)}
    counts_before, last = Counter(old), -1
    for j, line in enumerate(new):
        if counts[line] == counts_before[line] == 1 and line.strip() and places[line] > last:
            last = places[line]
            yield last, j


def _joined(opcodes: Iterator[_Opcode]) -> Iterator[_Opcode]:
    """Join neighbours of the same kind: equal lines must be one run for the hunks to be few."""
    held: _Opcode | None = None
    for kind, i, i_end, j, j_end in opcodes:
        if held and held[0] == kind == "equal":
            held = kind, held[1], i_end, held[3], j_end
        else:
            if held:
                yield held
            held = kind, i, i_end, j, j_end
    if held:
        yield held


def _lines(text: str) -> list[str]:
    """Return the lines with their ends; only a line feed ends one, as for patch(1)."""
    lines = [line + "\n" for line in text.split("\n")]
    last = lines.pop().removesuffix("\n")
    return [*lines, last] if last else lines


def _marked(mark: str, lines: Sequence[str]) -> Iterator[str]:
    return (mark + line if line.endswith("\n") else mark + line + _NO_LINE_FEED for line in lines)


def _range(start: int, end: int) -> str:
    """Return the place of a hunk as unified diffs write it: first line and count."""
    count = end - start
    return f"{start + 1}" if count == 1 else f"{start + bool(count)},{count}"

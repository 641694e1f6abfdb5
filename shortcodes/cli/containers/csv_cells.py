"""The cells of CSV as RFC 4180 has it, also with other separators, and of TSV."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from shortcodes.cli.containers.json_strings import is_nested
from shortcodes.cli.containers.strings import Container, ContainerError, HeldText, may_matter

_SEPARATORS = (",", ";", "\t", "|")
"""What separates cells, the most usual one first."""
_MOST_ROWS, _MOST_CELLS = 20, 10_000
"""How many rows and cells are looked at to find the separator."""


def read_csv(text: str) -> Container:
    """Return the cells of a text in CSV. Raises `ContainerError` if it is malformed."""
    return Container(text, "CSV", list(_find_texts(text, _find_separator(text), "CSV")), read_csv)


def read_tsv(text: str) -> Container:
    """Return the cells of a text in TSV. Raises `ContainerError` if it is malformed."""
    return Container(text, "TSV", list(_find_texts(text, "\t", "TSV")), read_tsv)


def _find_separator(text: str) -> str:
    """Return what separates the cells: that with which the first rows have equally many, and more
    than with another one; else what the first row has most of.

    Raises `ContainerError` if two are as likely.
    """
    rows = {separator: _count_cells(text, separator) for separator in _SEPARATORS}
    equal = [sep for sep, counts in rows.items() if len(set(counts)) == 1 and counts[0] > 1]
    if len(equal) <= 1:
        return max(equal or _SEPARATORS, key=lambda separator: (rows[separator] or [0])[0])
    likely = {sep: sum(_count_cells(text, sep, only_likely=True)) for sep in equal}
    first, second = sorted(equal, key=likely.__getitem__, reverse=True)[:2]
    if likely[first] == likely[second]:
        raise ContainerError(
            f"cells may be separated by {first!r} or {second!r}: put quotes around those that hold "
            "one of them"
        )
    return first


def _count_cells(text: str, separator: str, *, only_likely: bool = False) -> list[int]:
    """Return the number of cells of each of the first rows; none if the text is malformed.

    `only_likely` leaves out commas between digits, and separators before a space.
    """
    counts: list[int] = []
    cells, position = 1, int(text.startswith("\ufeff"))
    find_cell = _compile_cell(separator).match
    for _ in range(_MOST_CELLS):
        match = find_cell(text, position)
        if match is None or match["end"] is None or (match["bare"] or "").startswith('"'):
            return []
        position = match.end()
        if match["end"] == separator:
            # The end of an entity, as in &#8221;, separates nothing, as far as this can be known.
            is_likely = _compile_entity_end().search(match[0]) is None
            if only_likely and is_likely:
                before, after = match[0][-2:-1], text[position : position + 1]
                is_decimal = separator == "," and before.isdigit() and after.isdigit()
                is_likely = not is_decimal and after != " "
            cells += is_likely
            continue
        counts.append(cells)
        cells = 1
        if not match["end"] or position == len(text) or len(counts) == _MOST_ROWS:
            break
    return counts


def _find_texts(source: str, separator: str, kind: str) -> Iterator[HeldText]:
    position = int(source.startswith("\ufeff"))
    quoted, bare = _Quoted(), _Bare(separator)
    while match := _compile_cell(separator).match(source, position):
        position = match.end()
        is_quoted = match["quoted"] is not None
        start, end = match.span("quoted" if is_quoted else "bare")
        if match["end"] is None or (not is_quoted and source.startswith('"', start)):
            line = source.count("\n", 0, start) + 1
            raise ContainerError(
                f"not valid {kind} at line {line}: a cell in quotes is not closed, or a quote in "
                "it is not written twice"
            )
        text = source[start:end]
        if is_quoted:
            text = text.replace('""', '"')
        if may_matter(text) and not is_nested(text):
            yield HeldText(source, start, end, text, quoted if is_quoted else bare)
        if not match["end"]:
            return


@cache
def _compile_cell(separator: str) -> re.Pattern[str]:
    quoted = r'"(?P<quoted>[^"]*+(?:""[^"]*+|(?!).)*+)"'
    end = rf"(?P<end>{re.escape(separator)}|\r\n|\n|\r|\Z|(?!).)?+"
    return re.compile(rf"(?:{quoted}|(?P<bare>[^\r\n{re.escape(separator)}]*+)){end}")


@cache
def _compile_entity_end() -> re.Pattern[str]:
    return re.compile(r"&#?[A-Za-z0-9]{1,10};\Z")


class _Quoted:
    """How texts are written in cells in quotes."""

    def find_escapes(self, source: str, start: int, end: int) -> Iterable[tuple[int, int, str]]:
        """Yield the start and end of each escape in a span, and what it stands for."""
        while (start := source.find('""', start, end)) >= 0:
            yield start, start + 2, '"'
            start += 2

    def make_encoder(self, written: str) -> Callable[[str], str]:
        """Return what writes quotes twice."""
        return lambda text: text.replace('"', '""')

    def finish(self, written: str) -> str:
        """Return the cell as it is; its quotes stay."""
        return written


class _Bare:
    """How texts are written in cells without quotes."""

    def __init__(self, separator: str) -> None:
        self._special = ('"', separator, "\n", "\r")

    def find_escapes(self, source: str, start: int, end: int) -> Iterable[tuple[int, int, str]]:
        """Return nothing: such cells have no escapes."""
        return ()

    def make_encoder(self, written: str) -> Callable[[str], str]:
        """Return what writes texts as they are."""
        return str

    def finish(self, written: str) -> str:
        """Return the cell, in quotes if it is empty or would be read as something else."""
        if written and not any(special in written for special in self._special):
            return written
        return '"{}"'.format(written.replace('"', '""'))

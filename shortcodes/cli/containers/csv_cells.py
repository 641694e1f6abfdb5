"""The cells of CSV as RFC 4180 has it, also with other separators, and of TSV."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from shortcodes.cli.containers.json_strings import is_nested
from shortcodes.cli.containers.strings import Container, ContainerError, HeldText, may_matter

_SEPARATORS = (",", ";", "\t", "|")
"""What separates cells, the most usual one first."""


def read_csv(text: str) -> Container:
    """Return the cells of a text in CSV. Raises `ContainerError` if it is malformed."""
    return Container(text, "CSV", list(_find_texts(text, _find_separator(text), "CSV")), read_csv)


def read_tsv(text: str) -> Container:
    """Return the cells of a text in TSV. Raises `ContainerError` if it is malformed."""
    return Container(text, "TSV", list(_find_texts(text, "\t", "TSV")), read_tsv)


def _find_separator(text: str) -> str:
    """Return what follows the first quoted cell, or what the first line has most of."""
    line = _compile_first().match(text)
    if line is None:
        return _SEPARATORS[0]
    if line["after"] in _SEPARATORS:
        return line["after"]
    return max(_SEPARATORS, key=(line["plain"] or "").count)


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
def _compile_first() -> re.Pattern[str]:
    return re.compile(
        r'\ufeff?+(?:"[^"]*+(?:""[^"]*+|(?!).)*+"(?P<after>[^\r\n"])|(?P<plain>[^\r\n"]++))'
    )


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

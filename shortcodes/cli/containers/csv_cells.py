"""The cells of CSV as RFC 4180 has it, also with other separators, and of TSV."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial

from shortcodes.cli.containers.json_strings import is_nested
from shortcodes.cli.containers.strings import Container, ContainerError, HeldText, may_matter

SEPARATORS: Mapping[str, str] = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
"""What separates cells, by name, the most usual one first."""
_MOST_ROWS, _MOST_CELLS = 20, 10_000
"""How many rows and cells are looked at to find the separator."""


def read_csv(text: str, separator: str | None = None) -> Container:
    """Return the cells of a text in CSV, with the separator of this name.

    Without one it is found; if several are as likely, the container says so as its doubt. Raises
    `ContainerError` if the text is malformed.
    """
    names = [separator] if separator else _find_separators(text)
    doubt = ""
    if len(names) > 1:
        doubt = f"its cells may be separated by {_join(names)}; say which with --separator"
    read = partial(read_csv, separator=names[0])
    texts = list(_find_texts(text, SEPARATORS[names[0]], "CSV"))
    return Container(text, "CSV", texts, read, doubt)


def read_tsv(text: str) -> Container:
    """Return the cells of a text in TSV. Raises `ContainerError` if it is malformed."""
    return Container(text, "TSV", list(_find_texts(text, "\t", "TSV")), read_tsv)


def _find_separators(text: str) -> list[str]:
    """Return the names of what may separate the cells, the likeliest one first.

    These are all with which the first rows have equally many cells, else all that the first row
    has. Of several, those stay that also separate all rows so, leave no quote inside a cell without
    quotes, and are elsewhere than between digits and before a space.
    """
    rows = {name: _count_cells(text, name) for name in SEPARATORS}
    for accepts in (_are_alike, _is_first_divided):
        found = [name for name in rows if accepts(rows[name])]
        for narrow in _NARROWER if len(found) > 1 else ():
            found = [name for name in found if accepts(narrow(text, name))] or found
        if found:
            return sorted(found, key=lambda name: rows[name][0], reverse=True)
    return [*SEPARATORS][:1]


def _are_alike(counts: Sequence[int]) -> bool:
    """Return whether rows have equally many cells, and more than one."""
    return len(set(counts)) == 1 and counts[0] > 1


def _is_first_divided(counts: Sequence[int]) -> bool:
    """Return whether the first row has more cells than one."""
    return bool(counts) and counts[0] > 1


def _count_cells(
    text: str, name: str, *, most: int = _MOST_ROWS, with_quotes: bool = True, anywhere: bool = True
) -> list[int]:
    """Return the number of cells of each of the first rows; none if the text is malformed.

    Args:
        text: The text.
        name: The name of the separator.
        most: How many rows are looked at.
        with_quotes: Whether a cell without quotes may hold some.
        anywhere: Whether commas between digits and separators before a space count.
    """
    separator = SEPARATORS[name]
    counts: list[int] = []
    cells, position = 1, int(text.startswith("\ufeff"))
    find_cell = _compile_cell(separator).match
    for _ in range(_MOST_CELLS):
        match = find_cell(text, position)
        bare = (match and match["bare"]) or ""
        has_quote = bare.startswith('"') or ('"' in bare and not with_quotes)
        if match is None or match["end"] is None or has_quote:
            return []
        position = match.end()
        if match["end"] == separator:
            # The end of an entity, as in &#8221;, separates nothing, as far as this can be known.
            is_likely = _compile_entity_end().search(match[0]) is None
            cells += is_likely and (anywhere or not _is_in_words(text, position, separator))
            continue
        counts.append(cells)
        cells = 1
        if not match["end"] or position == len(text) or len(counts) == most:
            break
    return counts


_NARROWER = (
    partial(_count_cells, most=_MOST_CELLS),
    partial(_count_cells, with_quotes=False),
    partial(_count_cells, anywhere=False),
)
"""How cells are counted to choose among several separators."""


def _is_in_words(text: str, end: int, separator: str) -> bool:
    """Return whether a separator, which ends at an offset, may be a decimal comma or the mark
    before a space.
    """
    before, after = text[end - 2 : end - 1], text[end : end + 1]
    return after == " " or (separator == "," and before.isdigit() and after.isdigit())


def _join(names: Sequence[str]) -> str:
    """Return the names of separators as they are listed."""
    words = [f"{name}s" for name in names]
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))


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


class _Cell:
    """What all cells have in common."""

    def explain_refusal(self, before: str, after: str) -> str:
        """Return why a text must not be written in place of another: spreadsheets run formulas."""
        if _may_be_formula(after) and not _may_be_formula(before):
            return "without its shortcodes the cell would begin as a formula of a spreadsheet does"
        return ""


def _may_be_formula(text: str) -> bool:
    """Return whether one spreadsheet or another may take a text for a formula."""
    return text.lstrip("\t\r").startswith(("=", "+", "-", "@"))


class _Quoted(_Cell):
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


class _Bare(_Cell):
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

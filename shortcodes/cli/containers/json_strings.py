"""The strings of JSON and JSON Lines, except names of members."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property

from shortcodes.cli.containers.strings import (
    Container,
    ContainerError,
    HeldText,
    list_lines,
    may_matter,
)

_BYTE_ORDER_MARK = "\ufeff"
_BASIC = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def read_json(text: str) -> Container:
    """Return the strings of a text in JSON. Raises `ContainerError` if it is malformed."""
    _check(text.removeprefix(_BYTE_ORDER_MARK), "JSON")
    return Container(text, "JSON", list(_find_texts(text)), read_json)


def read_json_lines(text: str) -> Container:
    """Return the strings of JSON Lines. Raises `ContainerError` if a line is malformed."""
    for number, (_, line) in enumerate(list_lines(text.removeprefix(_BYTE_ORDER_MARK)), 1):
        if line and not line.isspace():
            _check(line, "JSON Lines", number)
    return Container(text, "JSON Lines", list(_find_texts(text)), read_json_lines)


def detect(text: str) -> str | None:
    """Return "json" if all of a text parses as such, "jsonl" if each line does, else `None`."""
    text = text.removeprefix(_BYTE_ORDER_MARK)
    if '"' not in text:
        return None  # it holds no strings
    lines = (line for _, line in list_lines(text) if line and not line.isspace())
    try:
        if _parses(text):
            return "json"
        return "jsonl" if all(map(_parses, lines)) else None
    except ContainerError:
        return "json"  # the same is said when it is read


def _parses(text: str) -> bool:
    try:
        _parse(text)
    except RecursionError:
        raise ContainerError("") from None
    except ValueError:
        return False
    return True


def is_nested(text: str) -> bool:
    """Return whether a text is an object or an array in JSON, as plug-ins store their settings."""
    stripped = text.strip()
    if stripped[:1] + stripped[-1:] not in ("{}", "[]"):
        return False
    try:
        return isinstance(json.loads(text), dict | list)
    except (ValueError, RecursionError):
        return False


def _check(text: str, kind: str, line: int = 0) -> None:
    """Raise `ContainerError` if a text does not parse as JSON."""
    try:
        _parse(text)
    except RecursionError:
        raise ContainerError(f"its {kind} is nested too deeply to be read") from None
    except json.JSONDecodeError as error:
        place = f"line {line or error.lineno}, column {error.colno}"
        raise ContainerError(f"not valid {kind} at {place}") from None


def _parse(text: str) -> None:
    # A number may be longer than an `int` may be.
    json.loads(text, parse_int=str, parse_float=str, parse_constant=str)


def _find_texts(source: str) -> Iterator[HeldText]:
    """Yield the texts of the strings in valid JSON that are not names of members."""
    spelling = _Spelling(source)
    for match in _compile_string().finditer(source):
        start, end = match.span(1)
        written = match[1]
        if match["is_name"] is not None or not _may_matter_escaped(written):
            continue
        text = _decode(written)
        if may_matter(text) and not is_nested(text):
            yield HeldText(source, start, end, text, spelling)


def _may_matter_escaped(written: str) -> bool:
    return "\\u" in written or may_matter(written)


def _decode(written: str) -> str:
    return written if "\\" not in written else str(json.loads(f'"{written}"'))


@cache
def _compile_string() -> re.Pattern[str]:
    # In valid JSON each string is closed. The pattern matches also if it is not, so that a search
    # reads each character once.
    body = r'"((?:[^"\\]|\\.|(?!).)*+)'
    return re.compile(rf'{body}(?:"(?P<is_name>[ \t\r\n]*+:|(?!).)?+|(?!).)?+')


@cache
def _compile_escape() -> re.Pattern[str]:
    pair = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    return re.compile(rf"{pair}|\\u[0-9a-fA-F]{{4}}|\\.")


class _Spelling:
    """How a file spells the characters of its strings."""

    def __init__(self, source: str) -> None:
        self._source = source

    def find_escapes(self, source: str, start: int, end: int) -> Iterable[tuple[int, int, str]]:
        """Yield the start and end of each escape in a span, and what it stands for."""
        for match in _compile_escape().finditer(source, start, end):
            yield *match.span(), _decode(match[0])

    def make_encoder(self, written: str) -> Callable[[str], str]:
        """Return what uses the escapes of a string and, for characters not in it, of the file."""
        here, in_file = _list_spellings(written), self._in_file

        def spell(letter: str) -> str:
            return here.get(letter) or in_file.get(letter) or self._escape(letter)

        return lambda text: "".join(map(spell, text))

    def finish(self, written: str) -> str:
        """Return the string as it is; its quotes stay."""
        return written

    def explain_refusal(self, before: str, after: str) -> str:
        """Return nothing: a string may hold any text."""
        return ""

    def _escape(self, letter: str) -> str:
        if letter in _BASIC:
            return _BASIC[letter]
        if " " <= letter <= "~" or not (letter < " " or self._is_ascii or _is_surrogate(letter)):
            return letter
        return json.dumps(letter)[1:-1]

    @cached_property
    def _is_ascii(self) -> bool:
        return self._source.isascii()

    @cached_property
    def _in_file(self) -> Mapping[str, str]:
        """The escape of each character that has one and is not written without it as well."""
        plain = set(self._source)
        spelled = _list_spellings(self._source)
        return {letter: escape for letter, escape in spelled.items() if letter not in plain}


def _is_surrogate(letter: str) -> bool:
    return "\ud800" <= letter <= "\udfff"


def _list_spellings(written: str) -> dict[str, str]:
    """Return the escapes in a part of a file, by what they stand for."""
    escapes = dict.fromkeys(_compile_escape().findall(written)) if "\\" in written else ()
    return {_decode(escape): escape for escape in escapes}

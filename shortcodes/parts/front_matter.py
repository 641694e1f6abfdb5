"""Front matter: the settings of a page, in YAML, TOML or JSON, before its text.

    ---
    title: Cats
    tags: [gallery]
    ---

It is front matter only if it begins the text, is closed, and reads as a mapping.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

LONGEST = 1_000_000
"""Code points of front matter; what is longer is text."""


class FrontMatter(NamedTuple):
    """Front matter, which begins a text."""

    block: str
    """What is between its marks; in JSON, the whole object."""
    mark: str
    """What begins it: `---` for YAML, `+++` for TOML, `{` for JSON."""
    end: int
    """The offset after its last line break."""


def find_front_matter(text: str) -> FrontMatter | None:
    """Return the front matter that begins a text, or `None`."""
    opening = _compile_opening().match(text)
    if opening is None:
        return _find_json(text)
    mark, start = opening[1], opening.end()
    closing = _compile_closing(mark).search(text, start, start + LONGEST)
    if closing is None or closing.end() == start + LONGEST < len(text):
        return None  # what ends the search ends no line
    block = text[start : closing.start()]
    return FrontMatter(block, mark, closing.end()) if _IS_MAPPING[mark](block) else None


def read_words(front_matter: str) -> Mapping[str, str]:
    """Return the texts of front matter by key in lower case, without those in lists and tables."""
    found = find_front_matter(front_matter)
    return (found and _READERS[found.mark](found.block)) or {}


@cache
def _compile_opening() -> re.Pattern[str]:
    return re.compile(r"\ufeff?+(---|\+\+\+)[ \t]*+\r?+\n")


@cache
def _compile_closing(mark: str) -> re.Pattern[str]:
    marks = r"(?:---|\.\.\.)" if mark == "---" else r"\+\+\+"
    return re.compile(rf"(?m)^{marks}[ \t]*+(?:\r?+\n|\r?+\Z)")


# --- JSON ---------------------------------------------------------------------------------------


def _find_json(text: str) -> FrontMatter | None:
    """Return the object in JSON that begins a text and has the rest of its line for itself."""
    start = int(text.startswith("\ufeff"))
    if not text.startswith("{", start):
        return None
    try:
        _, end = _decode_json(text[: start + LONGEST], start)
    except (ValueError, RecursionError):
        return None
    line_end = _compile_line_end().match(text, end)
    return FrontMatter(text[start:end], "{", line_end.end()) if line_end else None


def _decode_json(text: str, start: int = 0) -> tuple[dict[str, Any], int]:
    # A number may be longer than an `int` may be.
    from json import JSONDecoder  # imported late: little front matter is JSON

    decoder = JSONDecoder(parse_int=float, parse_float=float)
    return decoder.raw_decode(text, start)


def _read_json(block: str) -> dict[str, str]:
    return _list_texts(_decode_json(block)[0])


@cache
def _compile_line_end() -> re.Pattern[str]:
    return re.compile(r"[ \t]*+\r?+\n")


# --- TOML ---------------------------------------------------------------------------------------


def _read_toml(block: str) -> dict[str, str] | None:
    """Return the texts among the values of a mapping in TOML, or `None` if it is none."""
    from shortcodes.files.plain_data import parse_toml  # few texts have such front matter

    try:
        values = parse_toml(block)
    except ValueError:
        return None
    return _list_texts(values)


def _is_toml_mapping(block: str) -> bool:
    # An empty file is a mapping too, but between two lines of "+++" it is no front matter.
    return "=" in block and _read_toml(block) is not None


def _list_texts(values: Mapping[str, Any]) -> dict[str, str]:
    """Return the values that are texts, by key in lower case."""
    return {name.lower(): value for name, value in values.items() if isinstance(value, str)}


# --- YAML ---------------------------------------------------------------------------------------


def _is_yaml_mapping(block: str) -> bool:
    from shortcodes.parts.yaml_mapping import is_yaml_mapping  # few texts have front matter

    return is_yaml_mapping(block)


def _read_yaml(block: str) -> dict[str, str]:
    from shortcodes.parts.yaml_mapping import read_yaml

    return read_yaml(block)


_IS_MAPPING: dict[str, Callable[[str], bool]] = {
    "---": _is_yaml_mapping,
    "+++": _is_toml_mapping,
    "{": bool,
}
_READERS: dict[str, Callable[[str], dict[str, str] | None]] = {
    "---": _read_yaml,
    "+++": _read_toml,
    "{": _read_json,
}

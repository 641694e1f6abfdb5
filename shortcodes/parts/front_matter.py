"""Front matter: the settings of a page, in YAML or TOML, before its text.

    ---
    title: Cats
    tags: [gallery]
    ---

It is front matter only if it begins the text, is closed, and reads as a mapping. YAML is not parsed
for this: the shape of its lines is enough, and where a value is malformed it is still no prose.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import NamedTuple

LONGEST = 1_000_000
"""Code points of front matter; what is longer is text."""

_FOLDING = (">", "|")


class FrontMatter(NamedTuple):
    """Front matter, which begins a text."""

    block: str
    """What is between its marks."""
    mark: str
    """`---` for YAML or `+++` for TOML."""
    end: int
    """The offset after its last line break."""


def find_front_matter(text: str) -> FrontMatter | None:
    """Return the front matter that begins a text, or `None`."""
    opening = _compile_opening().match(text)
    if opening is None:
        return None
    mark, start = opening[1], opening.end()
    closing = _compile_closing(mark).search(text, start, start + LONGEST)
    if closing is None:
        return None
    block = text[start : closing.start()]
    return FrontMatter(block, mark, closing.end()) if _KINDS[mark].is_mapping(block) else None


def read_words(front_matter: str) -> Mapping[str, str]:
    """Return the texts of front matter by key in lower case, without those in lists and tables."""
    found = find_front_matter(front_matter)
    return (found and _KINDS[found.mark].read(found.block)) or {}


@cache
def _compile_opening() -> re.Pattern[str]:
    return re.compile(r"\ufeff?+(---|\+\+\+)[ \t]*+\r?+\n")


@cache
def _compile_closing(mark: str) -> re.Pattern[str]:
    marks = r"(?:---|\.\.\.)" if mark == "---" else r"\+\+\+"
    return re.compile(rf"(?m)^{marks}[ \t]*+(?:\r?+\n|\r?+\Z)")


# --- YAML ---------------------------------------------------------------------------------------


@cache
def _compile_key() -> re.Pattern[str]:
    """Return the pattern of a line of YAML that begins with a key, which is group 1."""
    double, single = r'"(?:[^"\\]|\\.|(?!).)*+"', r"'(?:[^']|''|(?!).)*+'"
    plain = r"(?:[^\s,\[\]{}#&*!|>'\"%@`?:-]|[?:-](?=\S))[^:]*+(?::(?=\S)[^:]*+|(?!).)*+"
    return re.compile(rf"({double}[ \t]*+|{single}[ \t]*+|{plain}):(?:[ \t]++|\Z)")


@cache
def _compile_long_key() -> re.Pattern[str]:
    """Return the pattern of what begins a long key, or its value."""
    return re.compile(r"[?:][ \t]++")


@cache
def _compile_flow() -> re.Pattern[str]:
    """Return the pattern of the beginning of a mapping in braces, not of a template's variable."""
    quoted = r"""(?:"(?:[^"\\]|\\[\s\S]|(?!).)*+"|'(?:[^']|''|(?!).)*+')"""
    plain = r"""[^\s{}%\[\]"',:?][^{}\[\]\n,:]*+"""
    space = r"(?:\s|#[^\n]*+\n|(?!).)*+"
    return re.compile(rf"\s*+\{{{space}(?:\?\s|(?:{quoted}|{plain})\s*+:)")


@cache
def _compile_flow_end() -> re.Pattern[str]:
    return re.compile(r"\}[ \t]*+(?:#[^\n]*+|(?!).)?+\s*+\Z")


@cache
def _compile_open_quotes(mark: str) -> re.Pattern[str]:
    """Return the pattern of a value in quotes, or of the rest of one, that goes on after a line."""
    text = r"(?:[^\"\\]|\\.|(?!).)*+" if mark == '"' else r"(?:[^']|''|(?!).)*+"
    return re.compile(rf"{text}\\?+\Z", re.DOTALL)


def _is_yaml_mapping(block: str) -> bool:
    """Return whether each line that is not indented begins with a key or belongs to its value."""
    if _compile_flow().match(block):
        last_line = block.rstrip().rpartition("\n")[2]
        return _compile_flow_end().search(last_line) is not None
    return any(_are_lines_of_mapping(block, with_quotes=choice) for choice in (False, True))


def _are_lines_of_mapping(block: str, *, with_quotes: bool) -> bool:
    """Return whether lines are those of a mapping; `with_quotes` if the values in quotes may go on
    after a line.
    """
    has_key = may_be_list = False
    open_brackets, open_quote = 0, ""
    for line in _list_lines(block):
        if open_quote:
            if not _compile_open_quotes(open_quote).match(line):
                open_quote = ""
        elif open_brackets > 0:
            open_brackets += _count_open(line)
        elif line[0] in " \t":
            if not has_key:
                return False
        elif line.startswith("- ") or line == "-":
            if not may_be_list:
                return False
        elif key := _compile_key().match(line) or _compile_long_key().match(line):
            has_key = True
            value = line[key.end() :]
            may_be_list = not value or value[0] in "#&!"
            open_brackets = _count_open(value) if value.startswith(("[", "{")) else 0
            if with_quotes and value[:1] in ("'", '"'):
                is_open = _compile_open_quotes(value[0]).match(value, 1)
                open_quote = value[0] if is_open else ""
        else:
            return False
    return has_key and not open_quote


def _list_lines(block: str) -> Iterable[str]:
    """Yield the lines, except blank ones and comments, without their ends and without the
    indentation of the first one.
    """
    stripped = (line.rstrip() for line in block.split("\n"))
    lines = (line for line in stripped if line and not line.lstrip().startswith("#"))
    indentation = None
    for line in lines:
        if indentation is None:
            indentation = line[: len(line) - len(line.lstrip(" "))]
        yield line.removeprefix(indentation)


def _count_open(text: str) -> int:
    return sum(text.count(opening) - text.count(closing) for opening, closing in ("[]", "{}"))


def _read_yaml(block: str) -> dict[str, str]:
    """Return the texts among the values of a mapping in YAML."""
    words: dict[str, str] = {}
    folded = ""
    for line in _list_lines(block):
        if line[0] in " \t":
            if folded:
                words[folded] = f"{words[folded]} {line.strip()}".strip()
            continue
        folded = ""
        if key := _compile_key().match(line):
            name, value = key[1].strip().strip("'\"").lower(), line[key.end() :]
            if value.startswith(_FOLDING):
                folded, words[name] = name, ""
            elif word := _read_scalar(value):
                words[name] = word
    return words


def _read_scalar(value: str) -> str:
    """Return a text of YAML on one line without quotes and comment; empty if it is no text."""
    if value.startswith('"'):
        try:
            return str(json.JSONDecoder(strict=False).raw_decode(value)[0])
        except ValueError:  # it is not closed here, or has an escape that only YAML has
            return ""
    if value.startswith("'"):
        quoted = _compile_single().match(value)
        return quoted[1].replace("''", "'") if quoted else ""
    if value.startswith(("[", "{", "#", "&", "*", "!")) or value in ("~", "null"):
        return ""
    return value.split(" #", 1)[0].rstrip()


@cache
def _compile_single() -> re.Pattern[str]:
    return re.compile(r"'((?:[^']|''|(?!).)*+)'")


# --- TOML ---------------------------------------------------------------------------------------


def _read_toml(block: str) -> dict[str, str] | None:
    """Return the texts among the values of a mapping in TOML, or `None` if it is none."""
    import tomllib  # few texts have such front matter

    try:
        values = tomllib.loads(block.replace("\r\n", "\n"))
    except (ValueError, RecursionError):
        return None
    return {name.lower(): value for name, value in values.items() if isinstance(value, str)}


def _is_toml_mapping(block: str) -> bool:
    # An empty file is a mapping too, but between two lines of "+++" it is no front matter.
    return "=" in block and _read_toml(block) is not None


class _Kind(NamedTuple):
    is_mapping: Callable[[str], bool]
    read: Callable[[str], dict[str, str] | None]


_KINDS = {"---": _Kind(_is_yaml_mapping, _read_yaml), "+++": _Kind(_is_toml_mapping, _read_toml)}

"""Mappings in YAML, found by the shape of their lines.

YAML is not parsed for this: what parsers read as a mapping is one, and so is what has keys but is
malformed in a value, which no parser reads and which is still no prose.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from shortcodes.parts.yaml_flow import (
    SINGLE,
    find_value_end,
    is_flow_mapping,
    list_flow_entries,
)

_MOST_FAILURES = 8
"""How many values that nothing closes are followed to the end, so that the time stays linear."""
_MOST_SPACES = 3
"""How many a key has that is no sentence."""
_MARKS = {"\n": "&", "#": "&", "|": "|", ">": "|"}
"""What a line is without a key and an item, by the first character behind tags and anchors."""


def is_yaml_mapping(block: str) -> bool:
    """Return whether a text is a mapping in YAML, if perhaps a malformed one."""
    text = _normalise(block)
    return is_flow_mapping(text) or _Reader(text).read() is not None


def read_yaml(block: str) -> dict[str, str]:
    """Return the texts among the values of a mapping, by key in lower case."""
    text = _normalise(block)
    is_flow = is_flow_mapping(text)
    entries = dict(list_flow_entries(text)) if is_flow else _Reader(text).read() or {}
    words = {key: _read_scalar(value) for key, value in entries.items()}
    return {key.strip("'\" \t").lower(): word for key, word in words.items() if word}


def _normalise(block: str) -> str:
    """Return a text in which each line ends with a line feed."""
    return _compile_line_break().sub("\n", block) + "\n"


class _Line(NamedTuple):
    """A line that is not empty."""

    indent: int
    mark: str
    """What it begins with: `:` for a key, `-` for an item of a list, `|` for a text in lines,
    `&` for a tag or an anchor alone, `"` for anything else."""
    key: str
    after_key: int
    value: int
    """The offset of the value, behind tags and anchors."""


class _Reader:
    """Reads a mapping whose keys begin lines, from its first line to its last."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 0
        self._owner = -1
        """The column of the last key or item; what is indented more belongs to it."""
        self._failures = 0
        self._is_broken = False
        """Whether a value is none that a parser reads."""

    def read(self) -> dict[str, str] | None:
        """Return the values by their keys, both as written; `None` if it is no mapping.

        If nothing closes a value, lines up to the next key may be anything; then two keys at least
        show that it is a mapping. If a parser would not read a value, no key may be a sentence.
        """
        entries: dict[str, str] = {}
        base: int | None = None
        keys, fewest = 0, 1
        may_be_list = may_be_any = False
        while line := self._read_line():
            is_closed = self._pass_value(line.value)
            if base is not None and line.indent > base:
                may_be_any |= not is_closed
            elif line.mark == ":":
                keys += 1
                base = line.indent if base is None else min(base, line.indent)
                may_be_list, may_be_any = self._text[line.value] in "\n#", not is_closed
                entries[line.key] = self._text[line.after_key : self._position].strip()
            elif may_be_list and line.mark in "-|":
                may_be_any |= not is_closed
            elif may_be_any:
                fewest = 2
            elif line.mark != "&" or keys:
                return None
        if keys < fewest or (self._is_broken and any(map(_is_sentence, entries))):
            return None
        return entries

    def _read_line(self) -> _Line | None:
        """Return the next line that is neither empty nor a comment."""
        text = self._text
        space = _compile_space().match(text, self._position)
        if space is None or space.end() == len(text):
            return None
        start, content = space.span("indent")
        head = _compile_head().match(text, content)
        assert head is not None  # noqa: S101 - each part of it may be missing
        marks, key = head["marks"].rstrip(), head["key"]
        mark = _MARKS.get(text[head.end()], '"')
        if key is not None:
            mark, self._owner = ":", head.start("key") - start
        if marks:
            mark = "-" if marks[0] == "-" else ":"
            if key is None:
                self._owner = content - start + len(marks) - 1
        name = "" if marks else key or ""
        return _Line(content - start, mark, name, head.start("after"), head.end())

    def _pass_value(self, start: int) -> bool:
        """Go to the line behind a value, and return whether what opens in it is closed.

        A value of several lines ends at the end of a line; else its other lines are not its own.
        """
        text = self._text
        line_end = text.index("\n", start)
        self._position = line_end + 1
        if text[start] in "\n#":
            return True
        if text[start] not in "\"'[{":
            self._is_broken |= _compile_broken().match(text, start) is not None
            self._pass_indented()
            return True
        end = find_value_end(text, start) if self._failures < _MOST_FAILURES else -1
        rest = _compile_line_rest().match(text, end) if end >= 0 else None
        if rest:
            self._position = rest.end()
            return True
        self._is_broken = True
        if 0 <= end <= line_end:
            return True
        self._failures += 1
        return False

    def _pass_indented(self) -> None:
        """Go to the next line that is not indented more than the last key or item."""
        text = self._text
        while self._position < len(text):
            indent = _compile_indent().match(text, self._position)
            if indent and text[indent.end()] != "\n" and len(indent[0]) <= self._owner:
                return
            self._position = text.index("\n", self._position) + 1


def _is_sentence(key: str) -> bool:
    return key.count(" ") > _MOST_SPACES or bool(_compile_markup().search(key))


def _read_scalar(value: str) -> str:
    """Return a text of YAML without quotes and comment; empty if it is no text."""
    first, _, more = value.partition("\n")
    if first.startswith((">", "|")):
        return _fold(more)
    folded = _fold(value)
    if folded.startswith('"'):
        try:
            from json import JSONDecoder  # imported late: few values have escapes

            return str(JSONDecoder(strict=False).raw_decode(folded)[0])
        except ValueError:  # it is not closed, or has an escape that only YAML has
            return ""
    if folded.startswith("'"):
        quoted = _compile_single().match(folded)
        return quoted[0][1:-1].replace("''", "'") if quoted else ""
    if folded.startswith(("[", "{", "#", "&", "*", "!")) or folded in ("~", "null"):
        return ""
    return folded.split(" #", 1)[0].rstrip()


def _fold(text: str) -> str:
    """Return lines as one."""
    return " ".join(line.strip() for line in text.split("\n")).strip()


@cache
def _compile_line_break() -> re.Pattern[str]:
    return re.compile("\r\n|[\r\x85\u2028\u2029]")


@cache
def _compile_space() -> re.Pattern[str]:
    """Return the pattern of empty lines and comments, and of the space that begins a line."""
    return re.compile(r"(?:[ \t]*+(?:\#[^\n]*+|(?!).)?+\n|(?!).)*+(?P<indent>[ \t]*+)")


@cache
def _compile_indent() -> re.Pattern[str]:
    return re.compile(r"[ \t]*+")


@cache
def _compile_line_rest() -> re.Pattern[str]:
    return re.compile(r"[ \t]*+(?:\#[^\n]*+|(?!).)?+\n")


@cache
def _compile_broken() -> re.Pattern[str]:
    """Return the pattern of a value without quotes and brackets that no parser reads."""
    key_inside = r"(?:[^: \t\n]++|:(?=[^ \t\n])|[ \t]++(?!\#)|(?!).)*+:"
    return re.compile(rf"[%@`]|\*(?![\w-]++(?:[ \t]|$))|(?![|>*]){key_inside}", re.MULTILINE)


@cache
def _compile_markup() -> re.Pattern[str]:
    """Return the pattern of characters that no key has, but HTML, Markdown and code."""
    return re.compile(r"[<(\[`]|\*\*")


@cache
def _compile_single() -> re.Pattern[str]:
    return re.compile(SINGLE)


@cache
def _compile_head() -> re.Pattern[str]:
    """Return the pattern of what may be before a value in its line."""
    marks = r"(?:[-?:](?=[ \t\n])[ \t]*+|(?!).)*+"
    properties = r"(?:[&!][^ \t\n]*+(?=[ \t\n])[ \t]*+|(?!).)*+"
    double, single = r'"(?:[^"\\\n]|\\[^\n]|(?!).)*+"', r"'(?:[^'\n]|''|(?!).)*+'"
    first = r"""(?:[^ \t\n,\[\]{}#&*!|>'"%@`?:-]|[?:-](?=[^ \t\n]))"""
    plain = rf"{first}(?:[^ \t\n:]++|:(?=[^ \t\n])|[ \t]++(?!\#)|(?!).)*+"
    key = rf"(?P<key>(?:{double}|{single}|\*[^ \t\n]++|{plain}|)[ \t]*+):(?=[ \t\n])[ \t]*+"
    return re.compile(rf"(?P<marks>{marks}){properties}(?:{key}|(?!).)?+(?P<after>){properties}")

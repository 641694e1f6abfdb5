r"""Text for terminals and logs, written so that none of them executes anything in it.

File names, values that a message quotes and names of data sources are text from others. In such
text, control characters, direction marks and lone surrogates are written as Python escapes, such as
`\x1b` and `\u202e`. Letters stay as they are, also those written from right to left.

Services that run pipelines execute commands in a log: GitHub lines that begin with `::`, after any
blanks, and `##[` anywhere; Azure Pipelines `##vso[`; TeamCity `##teamcity[`. There the first colon,
or the first `#`, is escaped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

_CONTROLS = "\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069"
CONTROLS = re.compile(f"[\x00-\x1f{_CONTROLS}]")
CONTROLS_IN_LINES = re.compile(f"[\x00-\x08\x0b-\x1f{_CONTROLS}]")
"""What commands a terminal or reorders the text that follows; no line feed, no tab."""
_ANYWHERE = re.compile(r"#(?=#\w*+\[)")
_AT_BEGINNING = re.compile(r"^([^\S\n]*+):(?=:)", re.MULTILINE)
"""What commands a log anywhere, and at the beginning of a line."""
_IN_STRINGS = re.compile(f"[{_CONTROLS}\ud800-\udfff]|{_ANYWHERE.pattern}")


def escape_character(character: str) -> str:
    """Return a character as a Python escape; `#` and `:` by number, although they are printable."""
    return f"\\x{ord(character):02x}" if character in "#:" else ascii(character)[1:-1]


def _escape_match(match: re.Match[str]) -> str:
    return escape_character(match[0])


def escape_controls(text: str) -> str:
    """Return text for the middle of a line, with controls escaped; a tab becomes a space."""
    escaped = CONTROLS.sub(_escape_match, text.replace("\t", " "))
    return _ANYWHERE.sub(_escape_match, escaped).encode("utf-8", "backslashreplace").decode()


def escape_line(text: str) -> str:
    """Return text for a whole line, with controls and commands to a log escaped."""
    return escape_log_commands(escape_controls(text))


def escape_lines(text: str) -> str:
    """Return lines with controls escaped, except line feeds and tabs."""
    escaped = CONTROLS_IN_LINES.sub(_escape_match, text)
    return escaped.encode("utf-8", "backslashreplace").decode()


def escape_log_commands(text: str, escape: Callable[[str], str] = escape_character) -> str:
    """Return lines with commands to a log escaped."""
    text = _ANYWHERE.sub(lambda match: escape(match[0]), text)
    return _AT_BEGINNING.sub(lambda match: match[1] + escape(":"), text)


def dump_json(value: Any, *, indent: int | None = None) -> str:
    """Return a value as JSON, with controls and commands to a log escaped."""
    return escape_strings(json.dumps(value, ensure_ascii=False, indent=indent))


def escape_strings(text: str) -> str:
    """Return JSON, or TOML with double-quoted strings, with the controls in strings escaped."""
    return _IN_STRINGS.sub(lambda match: f"\\u{ord(match[0]):04x}", text)

r"""What is printed beside the texts themselves: without what terminals and logs obey.

Names of files, values that a message quotes, what a source of figures calls itself: all of that is
text of others. Control characters, marks of direction and half surrogate pairs in it are printed as
Python writes them, such as `\x1b` and `\u202e`. Letters pass, from right to left ones too.

Services that run pipelines obey what is in a log: GitHub a line that begins with `::`, blanks
before it or not, and `##[` anywhere; Azure Pipelines `##vso[`, TeamCity `##teamcity[`. The first
colon, or the first `#`, is printed so there.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from typing import Any

import click

_CONTROLS = "\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069"
CONTROLS = re.compile(f"[\x00-\x1f{_CONTROLS}]")
CONTROLS_IN_LINES = re.compile(f"[\x00-\x08\x0b-\x1f{_CONTROLS}]")
"""What a terminal obeys, and what turns around the text that follows; no line feed, no tab."""
_ANYWHERE = re.compile(r"#(?=#\w*+\[)")
_AT_BEGINNING = re.compile(r"^([^\S\n]*+):(?=:)", re.MULTILINE)
"""What a log obeys, and what it obeys at the beginning of a line."""
_IN_STRINGS = re.compile(f"[{_CONTROLS}\ud800-\udfff]|{_ANYWHERE.pattern}")


def escape_character(letter: str) -> str:
    """Return a letter as Python writes it in ASCII; one that means something to a log by number."""
    return f"\\x{ord(letter):02x}" if letter in "#:" else ascii(letter)[1:-1]


def _escape(found: re.Match[str]) -> str:
    return escape_character(found[0])


def escape_controls(text: str) -> str:
    """Return text within a line, that commands no terminal and no log; a tab becomes a space."""
    shown = CONTROLS.sub(_escape, text.replace("\t", " "))
    return _ANYWHERE.sub(_escape, shown).encode("utf-8", "backslashreplace").decode()


def escape_line(text: str) -> str:
    """Return what `printable` does, for a text that a line begins with."""
    return escape_log_commands(escape_controls(text))


def escape_lines(text: str) -> str:
    """Return text that cannot command a terminal, with its line feeds and tabs."""
    shown = CONTROLS_IN_LINES.sub(_escape, text)
    return shown.encode("utf-8", "backslashreplace").decode()


def escape_log_commands(text: str, escape: Callable[[str], str] = escape_character) -> str:
    """Return lines that cannot command a log."""
    text = _ANYWHERE.sub(lambda found: escape(found[0]), text)
    return _AT_BEGINNING.sub(lambda found: found[1] + escape(":"), text)


def dump_json(value: Any, *, indent: int | None = None) -> str:
    """Return a value as JSON that says the same and cannot command a terminal."""
    return escape_strings(json.dumps(value, ensure_ascii=False, indent=indent))


def escape_strings(text: str) -> str:
    """Return JSON, or TOML with strings in straight double quotes, that says the same so."""
    return _IN_STRINGS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def is_on_terminal(output: str | None) -> bool:
    """Return whether an output, as `--output` says it, is a terminal."""
    return output in (None, "-") and sys.stdout is not None and sys.stdout.isatty()


def say(message: str) -> None:
    """Print a message to standard error, with the name of the command."""
    note(f"shortcodes: {message}")


def warn(message: str) -> None:
    """Print a warning to standard error."""
    say(f"warning: {message}")


def note(line: str) -> None:
    """Print a line to standard error."""
    click.echo(escape_line(line), err=True)


def note_lines(lines: str) -> None:
    """Print lines, with their ends, to standard error."""
    click.echo(escape_log_commands(escape_lines(lines)), err=True, nl=False)

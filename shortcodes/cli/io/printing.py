"""Messages and reports, printed so that no terminal and no log executes anything in them."""

from __future__ import annotations

import os
import sys

import click

from shortcodes.common.log_text import escape_line, escape_lines, escape_log_commands


def is_for_people(output: str | None) -> bool:
    """Return whether an output, given as the value of `--output`, is a terminal, or is to be
    written like one because `FORCE_COLOR` is set.
    """
    if output not in (None, "-") or sys.stdout is None:
        return False
    return sys.stdout.isatty() or os.environ.get("FORCE_COLOR", "0") not in ("", "0")


def has_colours() -> bool:
    """Return whether what people read is in colours: it is, unless `NO_COLOR` is set."""
    return not os.environ.get("NO_COLOR")


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

"""Runs the command line; a mistake of the user ends in one sentence and exit status 2."""

from __future__ import annotations

import sys
import traceback
import warnings
from collections.abc import Sequence
from typing import TextIO

import click

from shortcodes.cli import cli
from shortcodes.cli.io.streams import UnreadError, replace_standard_streams
from shortcodes.cli.io.printing import note_lines, say, warn
from shortcodes.errors import ShortcodeError

_MISTAKE = 2
_INTERRUPTED = 130
_LONGEST = 5000
"""Characters of what is said of a mistake: the name of any file, and a sentence."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0 done, 1 findings, 2 the user's mistake."""
    warnings.showwarning = _show_warning
    with replace_standard_streams():
        return _run(arguments)


def _run(arguments: Sequence[str] | None) -> int:
    try:
        status = cli.main(arguments, prog_name="shortcodes", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        return _say(error.format_message())
    except ShortcodeError as error:
        return _say(str(error))
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except UnreadError:
        return 0
    except OSError as error:
        return _say(f"{error.strerror or error}".lower())
    except Exception as error:  # the exit status of a traceback would be 1, which says "findings"
        return _say_unforeseen(error)
    return status if isinstance(status, int) else 0


def _say(message: str) -> int:
    sentence = " ".join(message.split())
    if len(sentence) > _LONGEST:
        sentence = f"{sentence[: _LONGEST // 2]} … {sentence[-_LONGEST // 2 :]}"
    say(sentence)
    return _MISTAKE


def _say_unforeseen(error: Exception) -> int:
    """Say what no command thought of: in a sentence, or for a defect, where it came from."""
    if isinstance(error, MemoryError):
        return _say("there is not enough memory")
    if isinstance(error, ValueError | OverflowError):
        return _say(str(error) or type(error).__name__)
    for line in traceback.format_exception(error):
        note_lines(line)
    return _MISTAKE


def _show_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """Print a warning without the place in the code that it came from."""
    warn(" ".join(str(message).split()))


if __name__ == "__main__":
    sys.exit(main())

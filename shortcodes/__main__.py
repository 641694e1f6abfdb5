"""Runs the command line. A mistake of the user ends with one sentence and exit status 2."""

from __future__ import annotations

import _thread
import sys
import threading
import traceback
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO

import click

from shortcodes.cli import cli
from shortcodes.cli.io.printing import note_lines, say, warn
from shortcodes.cli.io.streams import UnreadError, replace_standard_streams
from shortcodes.errors import ShortcodeError

_MISTAKE = 2
_INTERRUPTED = 130
_MAX_LENGTH = 5000
"""Characters of a message: enough for the name of any file and a sentence."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0 success, 1 findings, 2 a mistake of the user.

    What it changes for the whole process it changes back, for programs that call it.
    """
    with replace_standard_streams(), _keep_process_state():
        warnings.showwarning = _show_warning
        sys.unraisablehook = _repeat_lost_interrupt
        return _run(arguments)


@contextmanager
def _keep_process_state() -> Iterator[None]:
    """Restore afterwards how warnings and lost exceptions are shown, and where modules are found.

    An engine that a configuration names is imported from its own folder.
    """
    show_warning, show_lost, search_path = warnings.showwarning, sys.unraisablehook, [*sys.path]
    try:
        yield
    finally:
        warnings.showwarning, sys.unraisablehook = show_warning, show_lost
        sys.path[:] = search_path


def _run(arguments: Sequence[str] | None) -> int:
    try:
        status = cli.main(arguments, prog_name="shortcodes", standalone_mode=False)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception as error:  # Python itself would exit with 1, which means "findings"
        return _INTERRUPTED if _comes_from_interrupt(error) else _report(error)
    return status if isinstance(status, int) else 0


def _comes_from_interrupt(error: BaseException) -> bool:
    """Whether an interrupt caused the exception: Python and libraries replace it by their own."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        if isinstance(cause, KeyboardInterrupt | click.Abort):
            return True
        seen.add(id(cause))
        cause = cause.__cause__ or cause.__context__
    return False


def _repeat_lost_interrupt(lost: sys.UnraisableHookArgs) -> None:
    """Interrupt once more where Python could not raise the interrupt, as in a weakref callback."""
    if isinstance(lost.exc_value, KeyboardInterrupt):
        threading.Timer(0.01, _thread.interrupt_main).start()
    else:
        sys.__unraisablehook__(lost)


def _report(error: Exception) -> int:
    match error:
        case click.ClickException():
            return _report_mistake(error.format_message())
        case ShortcodeError():
            return _report_mistake(str(error))
        case UnreadError():
            return 0
        case OSError():
            return _report_mistake(f"{error.strerror or error}".lower())
        case _:
            return _report_unexpected(error)


def _report_mistake(message: str) -> int:
    sentence = " ".join(message.split())
    if len(sentence) > _MAX_LENGTH:
        sentence = f"{sentence[: _MAX_LENGTH // 2]} … {sentence[-_MAX_LENGTH // 2 :]}"
    say(sentence)
    return _MISTAKE


def _report_unexpected(error: Exception) -> int:
    """Report an exception that no command handles: in a sentence, or a defect with traceback."""
    if isinstance(error, MemoryError):
        return _report_mistake("there is not enough memory")
    if isinstance(error, ValueError | OverflowError):
        return _report_mistake(str(error) or type(error).__name__)
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
    """Print a warning without its location in the code."""
    warn(" ".join(str(message).split()))


if __name__ == "__main__":
    sys.exit(main())

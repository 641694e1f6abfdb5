"""A process that does a part of the work: how it starts, what it is sent, what it sends back.

It is a separate Python process that gets pickled messages on its standard input and replies on its
standard output. It imports from the installed packages and the search path of this process, but
never from the working folder, which may belong to anybody.
"""

from __future__ import annotations

import atexit
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Any, NamedTuple, cast

from shortcodes.errors import ShortcodeError

_START = """\
import pickle, signal, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)  # interrupts are for the process that shares the work
try:
    path = pickle.load(sys.stdin.buffer)
except (EOFError, pickle.UnpicklingError):  # that process is gone
    sys.exit()
sys.path[:] = [*path, *(place for place in sys.path if place not in path)]
from shortcodes.cli.checking.worker import serve
serve()
"""
"""The program of a worker. Until it gets the search path, it has only that of the installation."""

_HIDDEN = ("PYTHONPATH", "PYTHONSTARTUP", "PYTHONINSPECT")
"""Variables that a worker does not get: an empty or relative entry of `PYTHONPATH` would mean the
working folder. The search path is sent instead."""

_OPTIONS = {
    "isolated": "-I",
    "ignore_environment": "-E",
    "no_user_site": "-s",
    "no_site": "-S",
    "dont_write_bytecode": "-B",
}
"""Options of this Python process that a worker gets too, by their names in `sys.flags`."""


class Reply(NamedTuple):
    """The results of some tasks."""

    number: int
    """The number that came with the tasks."""
    results: Sequence[Any] = ()
    failure: Exception | None = None


class Worker:
    """A process, which must be ended with `end`, and can be at any time, whatever it is doing."""

    def __init__(self, replies: SimpleQueue[tuple[Worker, Reply]]) -> None:
        """Start the process. Its replies are put into the queue."""
        self._process = subprocess.Popen(  # noqa: S603 - nothing of it comes from outside
            build_command(), env=_build_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._input = cast(IO[bytes], self._process.stdin)
        self._output = cast(IO[bytes], self._process.stdout)
        self._reader = threading.Thread(target=self._read, args=(replies,), daemon=True)
        self._reader.start()
        # Later, when Python shuts down, the reader could no longer finish.
        atexit.register(self.end)

    def prepare(self, work: bytes) -> None:
        """Send the function for the tasks, pickled."""
        self._write(pickle.dumps(build_search_path()) + work)

    def send(self, number: int, tasks: Sequence[Any]) -> None:
        """Send tasks. The reply will have the same number."""
        self._write(pickle.dumps((number, tasks)))

    def end(self) -> None:
        """End the process at once, and wait until it is gone. To end it twice does no harm."""
        atexit.unregister(self.end)
        self._process.terminate()
        self._process.wait()
        self._reader.join()
        with suppress(OSError):  # unread tasks are lost
            self._input.close()
        self._output.close()

    def _write(self, message: bytes) -> None:
        try:
            self._input.write(message)
            self._input.flush()
        except OSError:
            raise _build_ended_error() from None

    def _read(self, replies: SimpleQueue[tuple[Worker, Reply]]) -> None:
        try:
            while True:
                replies.put((self, pickle.load(self._output)))  # noqa: S301 - our own process
        except (EOFError, OSError, pickle.UnpicklingError):
            replies.put((self, Reply(0, (), _build_ended_error())))
        except Exception as error:  # a failure that cannot travel
            replies.put((self, Reply(0, (), error)))


def can_start() -> bool:
    """Return whether this program is a Python interpreter that can start others."""
    return bool(sys.executable) and not getattr(sys, "frozen", False)


def build_command() -> list[str]:
    """Return the command that starts a worker."""
    options = [option for name, option in _OPTIONS.items() if getattr(sys.flags, name)]
    mode = f"utf8={sys.flags.utf8_mode}"
    # `-u`: a signal ends the worker, and what a plug-in has printed must not be lost in a buffer.
    return [sys.executable, "-P", "-u", *options, "-X", mode, "-c", _START]


def build_search_path() -> list[str]:
    """Return where this process finds modules, without the working folder.

    If something is installed there, as an editable installation is, a worker finds it by itself.
    The folder of this package always comes last.
    """
    working_folder = os.path.realpath(os.curdir)
    folders = [os.path.abspath(folder) for folder in sys.path if folder]
    others = [folder for folder in folders if os.path.realpath(folder) != working_folder]
    own_folder = str(Path(os.path.abspath(__file__)).parents[3])
    return list(dict.fromkeys([*others, own_folder]))


def serve() -> None:
    """Work on the tasks from standard input until it ends."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # What a plug-in reads or prints must not mix with the messages.
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 - it stays open
    os.dup2(os.open(os.devnull, os.O_WRONLY) if sys.stderr is None else sys.stderr.fileno(), 1)
    gone = (EOFError, pickle.UnpicklingError, BrokenPipeError)
    with suppress(*gone):  # the process that started this one is done, or gone
        work: Callable[[Any], Any] = pickle.load(requests)  # noqa: S301 - from that process
        while True:
            number, tasks = pickle.load(requests)  # noqa: S301
            pickle.dump(_reply(work, number, tasks), answers)
            answers.flush()


def _reply(work: Callable[[Any], Any], number: int, tasks: Sequence[Any]) -> Reply:
    results: list[Any] = []
    try:
        results += map(work, tasks)
    except Exception as error:  # raised where the results are used
        return Reply(number, results, error)
    return Reply(number, results)


def _build_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in _HIDDEN}


def _build_ended_error() -> ShortcodeError:
    return ShortcodeError("a process that checked some of the files was ended from outside")

"""A process that does a part of the work: how it is started, what it is sent, what it sends back.

It is a Python of its own that gets pickled messages on its standard input and answers on its
standard output. It imports what the installed packages and the search path of this process give,
and never anything because it lies in the working folder, which may be anybody's.
"""

from __future__ import annotations

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
path = pickle.load(sys.stdin.buffer)
sys.path[:] = [*path, *(place for place in sys.path if place not in path)]
from shortcodes.cli.checking.worker import serve
serve()
"""
"""What a worker runs. Until it knows the search path, it has that of the installation only."""

_HIDDEN = ("PYTHONPATH", "PYTHONSTARTUP", "PYTHONINSPECT")
"""Variables that a worker does not get: an empty or relative entry of `PYTHONPATH` is a place in
the working folder. The search path is sent instead."""

_OPTIONS = {
    "isolated": "-I",
    "ignore_environment": "-E",
    "no_user_site": "-s",
    "no_site": "-S",
    "dont_write_bytecode": "-B",
}
"""Options of this Python that a worker gets too, by their names in `sys.flags`."""


class Reply(NamedTuple):
    """What a worker has made of some tasks."""

    number: int
    """The one that came with the tasks."""
    results: Sequence[Any] = ()
    failure: Exception | None = None


class Worker:
    """A process; it must be ended with `end`, and may be at any time, whatever it is doing."""

    def __init__(self, replies: SimpleQueue[tuple[Worker, Reply]]) -> None:
        """Start the process, whose replies will be put into a queue."""
        self._process = subprocess.Popen(  # noqa: S603 - nothing of it comes from outside
            command(), env=_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._input = cast(IO[bytes], self._process.stdin)
        self._output = cast(IO[bytes], self._process.stdout)
        self._reader = threading.Thread(target=self._read, args=(replies,), daemon=True)
        self._reader.start()

    def prepare(self, work: bytes) -> None:
        """Send the function for the tasks, pickled."""
        self._write(pickle.dumps(search_path()) + work)

    def send(self, number: int, tasks: Sequence[Any]) -> None:
        """Send tasks; a reply with the number will come."""
        self._write(pickle.dumps((number, tasks)))

    def end(self) -> None:
        """End the process at once, and wait until it is gone."""
        self._process.terminate()
        self._process.wait()
        self._reader.join()
        with suppress(OSError):  # what it has not read is lost with it
            self._input.close()
        self._output.close()

    def _write(self, message: bytes) -> None:
        try:
            self._input.write(message)
            self._input.flush()
        except OSError:
            raise _ended() from None

    def _read(self, replies: SimpleQueue[tuple[Worker, Reply]]) -> None:
        try:
            while True:
                replies.put((self, pickle.load(self._output)))  # noqa: S301 - our own process
        except (EOFError, OSError, pickle.UnpicklingError):
            replies.put((self, Reply(0, (), _ended())))
        except Exception as error:  # a failure that cannot travel
            replies.put((self, Reply(0, (), error)))


def can_start() -> bool:
    """Return whether this program is a Python that others can be started of."""
    return bool(sys.executable) and not getattr(sys, "frozen", False)


def command() -> list[str]:
    """Return how a worker is started."""
    options = [option for name, option in _OPTIONS.items() if getattr(sys.flags, name)]
    mode = f"utf8={sys.flags.utf8_mode}"
    return [sys.executable, "-P", *options, "-X", mode, "-c", _START]


def search_path() -> list[str]:
    """Return where this process finds modules, without the working folder.

    What is installed there all the same, as an editable installation is, a worker finds by itself.
    Where this package runs from comes last in any case.
    """
    here = os.path.realpath(os.curdir)
    places = [os.path.abspath(place) for place in sys.path if place]
    own = str(Path(os.path.abspath(__file__)).parents[3])
    return list(dict.fromkeys([*(p for p in places if os.path.realpath(p) != here), own]))


def serve() -> None:
    """Do what is asked on standard input, until nothing more is."""
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # What a plug-in reads or prints must not get among the messages.
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 - it stays open
    os.dup2(os.open(os.devnull, os.O_WRONLY) if sys.stderr is None else sys.stderr.fileno(), 1)
    work: Callable[[Any], Any] = pickle.load(asked)  # noqa: S301 - from the process that started us
    with suppress(EOFError, BrokenPipeError):  # the process that started us is done, or gone
        while True:
            number, tasks = pickle.load(asked)  # noqa: S301
            pickle.dump(_reply(work, number, tasks), answers)
            answers.flush()


def _reply(work: Callable[[Any], Any], number: int, tasks: Sequence[Any]) -> Reply:
    results: list[Any] = []
    try:
        results += map(work, tasks)
    except Exception as error:  # it is raised where the results are asked for
        return Reply(number, results, error)
    return Reply(number, results)


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in _HIDDEN}


def _ended() -> ShortcodeError:
    return ShortcodeError("a process that checked some of the files was ended from outside")

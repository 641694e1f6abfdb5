"""Work that is shared among processes, with its results in the order of the tasks.

Each process has a pipe of its own and nothing else in common with the others, so that it may be
ended at any time, whatever it is doing.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar, cast

from shortcodes.errors import ShortcodeError

Task = TypeVar("Task")
Result = TypeVar("Result")

_IN_HAND = 2
"""Tasks that a process has at a time, so that it need not wait for the next one."""
_AHEAD = 64
"""Tasks for each process, behind the first that is not done, which may be done already."""


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_order(
    work: Callable[[Task], Result], tasks: Sequence[Task], *, processes: int
) -> Iterator[Result]:
    """Give the result of every task in order; with one process, in this one.

    `work` travels to the others once. When the iterator is closed, or interrupted, they end at
    once. Raises what `work` raises, and `ShortcodeError` where a process ended by itself.
    """
    if processes == 1:
        yield from map(work, tasks)
        return
    context = multiprocessing.get_context("spawn")
    running: list[BaseProcess] = []
    pipes: list[Connection] = []
    try:
        with _without_interrupts():
            for _ in range(processes):
                ours, theirs = context.Pipe()
                pipes.append(ours)
                running.append(context.Process(target=_serve, args=(theirs, work), daemon=True))
                running[-1].start()
                theirs.close()
        yield from _shared(tasks, pipes)
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.join()
        for pipe in pipes:
            pipe.close()


def _shared(tasks: Sequence[Any], pipes: Sequence[Connection]) -> Iterator[Any]:
    """Hand out the tasks, and give the results in order."""
    done: dict[int, Any] = {}
    given = [0] * len(pipes)
    next_task = next_result = 0
    while next_result < len(tasks):
        for place, pipe in enumerate(pipes):
            while (
                given[place] < _IN_HAND
                and next_task < len(tasks)
                and next_task < next_result + _AHEAD * len(pipes)
            ):
                pipe.send((next_task, tasks[next_task]))
                next_task, given[place] = next_task + 1, given[place] + 1
        for ready in wait([pipe for place, pipe in enumerate(pipes) if given[place]]):
            task, result, error = _received(cast(Connection, ready))
            if error is not None:
                raise error
            given[pipes.index(cast(Connection, ready))] -= 1
            done[task] = result
        while next_result in done:
            yield done.pop(next_result)
            next_result += 1


def _received(pipe: Connection) -> tuple[int, Any, Exception | None]:
    try:
        message: tuple[int, Any, Exception | None] = pipe.recv()
    except (EOFError, OSError):
        raise ShortcodeError("a process that shared the files was ended from outside") from None
    return message


def _serve(pipe: Connection, work: Callable[[Any], Any]) -> None:
    """Do what comes until nothing does; interrupts are for the process that shares the work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            number, task = pipe.recv()
        except EOFError:
            return
        try:
            result, failure = work(task), None
        except Exception as error:  # it is raised where the results are asked for
            result, failure = None, error
        pipe.send((number, result, failure))


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Hold interrupts back: a process that begins meanwhile never has any."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

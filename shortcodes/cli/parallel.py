"""Work that is shared among processes, with its results in the order of the tasks.

Each process has a pipe of its own and nothing else in common with the others, so that it may be
ended at any time, whatever it is doing.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, TypeVar, cast

from shortcodes.cli import interrupts
from shortcodes.errors import ShortcodeError

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

Task = TypeVar("Task")
Result = TypeVar("Result")

_CHUNK = 16
"""Tasks whose results travel together."""
_IN_HAND = 2
"""Chunks that a process has at a time, so that it need not wait for the next one."""
_AHEAD = 8
"""Chunks for each process, behind the first that is not done, which may be done already."""


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_order(
    work: Callable[[Task], Result], tasks: Sequence[Task], *, processes: int
) -> Iterator[Result]:
    """Give the result of every task in order; with one process, in this one.

    `work` and `tasks` travel to the others once. When the iterator is closed, or interrupted, they
    end at once. Raises what `work` raises, and `ShortcodeError` where a process ended by itself.
    """
    if processes == 1:
        yield from map(work, tasks)
        return
    context = multiprocessing.get_context("spawn")
    running: list[SpawnProcess] = []
    pipes: list[Connection] = []
    try:
        if interrupts.CAN_WAIT:
            from multiprocessing import resource_tracker  # where there are such signals

            # Else the first process begins it, which lets interrupts through.
            resource_tracker.ensure_running()
        with interrupts.held_back():
            for _ in range(processes):
                ours, theirs = context.Pipe()
                pipes.append(ours)
                running.append(
                    context.Process(target=_serve, args=(theirs, work, tasks), daemon=True)
                )
                running[-1].start()
                theirs.close()
        yield from _shared(len(tasks), pipes)
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.join()
        for pipe in pipes:
            pipe.close()


def _shared(tasks: int, pipes: Sequence[Connection]) -> Iterator[Any]:
    """Hand out the tasks by their numbers, and give the results in order."""
    done: dict[int, Sequence[Any]] = {}
    given = dict.fromkeys(pipes, 0)
    starts = range(0, tasks, _CHUNK)
    handed_out = 0
    for number, start in enumerate(starts):
        while start not in done:
            for pipe in pipes:
                limit = min(len(starts), number + _AHEAD * len(pipes))
                while given[pipe] < _IN_HAND and handed_out < limit:
                    pipe.send(starts[handed_out])
                    handed_out, given[pipe] = handed_out + 1, given[pipe] + 1
            for ready in wait([pipe for pipe in pipes if given[pipe]]):
                pipe = cast(Connection, ready)
                first, results, error = _received(pipe)
                if error is not None:
                    raise error
                given[pipe] -= 1
                done[first] = results
        yield from done.pop(start)


def _received(pipe: Connection) -> tuple[int, Sequence[Any], Exception | None]:
    try:
        message: tuple[int, Sequence[Any], Exception | None] = pipe.recv()
    except (EOFError, OSError):
        raise ShortcodeError("a process that shared the files was ended from outside") from None
    return message


def _serve(pipe: Connection, work: Callable[[Any], Any], tasks: Sequence[Any]) -> None:
    """Do the tasks that are asked for until none is; interrupts are for who shares them out."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            first = pipe.recv()
        except EOFError:
            return
        results: list[Any] = []
        failure: Exception | None = None
        try:
            results += map(work, tasks[first : first + _CHUNK])
        except Exception as error:  # it is raised where the results are asked for
            failure = error
        pipe.send((first, results, failure))

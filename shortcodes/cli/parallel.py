"""Work that is shared among processes, with its results in the order of the tasks."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

_CHUNK = 16
"""Tasks that travel together."""
_WAITING = 4
"""Chunks for each process that are under way: more would only wait, with their results."""


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
    once, wherever they are. Raises what `work` raises, and `BrokenProcessPool` where a process
    ended by itself.
    """
    if processes == 1:
        yield from map(work, tasks)
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, context, _begin, (work,))
    under_way: deque[Future[list[Result]]] = deque()
    others = set(multiprocessing.active_children())
    try:
        for start in range(0, len(tasks), _CHUNK):
            with _without_interrupts():
                under_way.append(pool.submit(_results, tasks[start : start + _CHUNK]))
            if len(under_way) >= processes * _WAITING:
                yield from under_way.popleft().result()
        while under_way:
            yield from under_way.popleft().result()
    except BaseException:
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Hold interrupts back; a process that begins meanwhile never has any.

    An interrupt is for the process that shares out the work.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_work: Callable[..., Any]


def _begin(work: Callable[..., Any]) -> None:
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _work = work


def _results(tasks: Sequence[Any]) -> list[Any]:
    return [_work(task) for task in tasks]

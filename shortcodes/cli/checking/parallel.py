"""Work that is shared among processes, with its results in the order of the tasks.

Each process has pipes of its own and nothing else in common with the others, so that it may be
ended at any time, whatever it is doing.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from queue import SimpleQueue
from typing import Any, TypeVar

from shortcodes.cli.checking.worker import Reply, Worker, can_start
from shortcodes.cli.io import interrupts

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

    A program that is no Python, such as a frozen one, does all work itself. When the iterator is
    closed, or interrupted, the processes end at once. Raises what `work` raises, and
    `ShortcodeError` where a process ended by itself.
    """
    if processes == 1 or not can_start():
        yield from map(work, tasks)
        return
    pickled = pickle.dumps(work)
    replies = SimpleQueue[tuple[Worker, Reply]]()
    workers: list[Worker] = []
    try:
        with interrupts.hold_interrupts():
            for _ in range(processes):
                workers.append(Worker(replies))
        for worker in workers:
            worker.prepare(pickled)
        yield from _shared(tasks, workers, replies)
    finally:
        for worker in workers:
            worker.end()


def _shared(
    tasks: Sequence[Any], workers: Sequence[Worker], replies: SimpleQueue[tuple[Worker, Reply]]
) -> Iterator[Any]:
    """Hand out the tasks, and give the results in order."""
    done: dict[int, Sequence[Any]] = {}
    given = dict.fromkeys(workers, 0)
    chunks = -(-len(tasks) // _CHUNK)
    handed_out = 0
    for number in range(chunks):
        while number not in done:
            limit = min(chunks, number + _AHEAD * len(workers))
            for worker in workers:
                while given[worker] < _IN_HAND and handed_out < limit:
                    start = handed_out * _CHUNK
                    worker.send(handed_out, tasks[start : start + _CHUNK])
                    handed_out, given[worker] = handed_out + 1, given[worker] + 1
            worker, reply = replies.get()
            if reply.failure is not None:
                raise reply.failure
            given[worker] -= 1
            done[reply.number] = reply.results
        yield from done.pop(number)

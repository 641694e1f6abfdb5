"""Work shared among processes, with the results in the order of the tasks.

Each process has its own pipes and shares nothing with the others, so that it can be ended at any
time, whatever it is doing.
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
"""How many tasks are sent to a process at once, and their results back."""
_IN_HAND = 2
"""How many chunks a process has at a time, so that it does not wait for the next one."""
_AHEAD = 8
"""How many chunks for each process may be done before the first unfinished chunk is."""


def count_processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def map_in_order(
    work: Callable[[Task], Result], tasks: Sequence[Task], *, processes: int
) -> Iterator[Result]:
    """Yield the result of every task in order.

    With one process, or if this program cannot start others, as when it is frozen, all work is done
    in this process. When the iterator is closed or interrupted, the other processes end at once.

    Raises what `work` raises, and `ShortcodeError` if a process was ended from outside.
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
        with interrupts.hold_interrupts():
            for worker in workers:
                worker.end()


def _shared(
    tasks: Sequence[Any], workers: Sequence[Worker], replies: SimpleQueue[tuple[Worker, Reply]]
) -> Iterator[Any]:
    """Hand out the tasks, and yield the results in order."""
    done: dict[int, Sequence[Any]] = {}
    pending = dict.fromkeys(workers, 0)
    chunks = -(-len(tasks) // _CHUNK)
    handed_out = 0
    for number in range(chunks):
        while number not in done:
            limit = min(chunks, number + _AHEAD * len(workers))
            for worker in workers:
                while pending[worker] < _IN_HAND and handed_out < limit:
                    start = handed_out * _CHUNK
                    worker.send(handed_out, tasks[start : start + _CHUNK])
                    handed_out, pending[worker] = handed_out + 1, pending[worker] + 1
            worker, reply = replies.get()
            if reply.failure is not None:
                raise reply.failure
            pending[worker] -= 1
            done[reply.number] = reply.results
        yield from done.pop(number)

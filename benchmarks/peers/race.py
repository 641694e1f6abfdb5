"""Runs the contestants on one input, in turn, A B C A B C …, so that all see the same machine.

The first round warms up. A contestant that has used up its time sits out the rounds that are left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from inputs import Input

from peers.worker import Failure, Loaded, Worker

_WORTH_TIMING = 0.02
"""Seconds that a measurement lasts at least: what is faster is repeated within it."""
_REPEAT = 1000


@dataclass
class Times:
    """What one operation of one contestant took on one input."""

    limit: float
    seconds: dict[int, float] = field(default_factory=dict)
    """By round; the warm-up, round 0, is kept only where there is no other."""
    failure: str | None = None
    output: int | None = None
    shortcodes: int | None = None

    @property
    def median(self) -> float:
        """Return the median in seconds; the limit where none ended in time."""
        return median(self.seconds.values()) if self.seconds else self.limit

    @property
    def is_late(self) -> bool:
        """Whether it was stopped by the limit."""
        return self.failure is not None and self.failure.startswith(">")

    def over(self, other: Times) -> float:
        """Return how many times as long this took as `other`: the median of the rounds' ratios."""
        common = self.seconds.keys() & other.seconds.keys()
        if not common:
            return self.median / other.median
        return median(self.seconds[lap] / other.seconds[lap] for lap in common)


Entrant = tuple[str, str]
"""The name of a contestant, and its operation."""


def race(
    workers: Sequence[Worker], text: Input, path: Path, runs: int, budget: float
) -> dict[Entrant, Times]:
    """Return the times of every operation that the input's rows ask for.

    `budget` is how many seconds an operation may use up before it sits out.
    """
    times: dict[Entrant, Times] = {}
    repeats: dict[Entrant, int] = {}
    spent: dict[Entrant, float] = {}
    entrants: list[tuple[Worker, Entrant]] = []
    for worker in workers:
        asked = [worker.contestant.operations.get(row) for row in text.rows]
        names = [(worker.contestant.name, name) for name in dict.fromkeys(asked) if name]
        times |= {entrant: Times(worker.limit) for entrant in names}
        try:
            worker.load(Loaded(path, text.tags, text.paired))
        except Failure as failure:
            for entrant in names:
                times[entrant].failure = str(failure)
        entrants += [(worker, entrant) for entrant in names]
    for lap in range(runs + 1):
        for worker, entrant in entrants:
            record = times[entrant]
            if record.failure or spent.get(entrant, 0.0) > budget:
                continue
            repeat = repeats.get(entrant, 1)
            try:
                answer = worker.run(entrant[1], repeat)
            except Failure as failure:
                record.failure = str(failure)
                continue
            seconds = record.seconds[lap] = answer["seconds"]
            record.output, record.shortcodes = answer["output"], answer["shortcodes"]
            spent[entrant] = spent.get(entrant, 0.0) + seconds * repeat
            repeats[entrant] = max(1, min(_REPEAT, int(_WORTH_TIMING / max(seconds, 1e-9))))
    for record in times.values():
        if len(record.seconds) > 1:
            record.seconds.pop(0, None)
    return times

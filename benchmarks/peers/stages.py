"""Where the engine's time goes: for each shortcode, stage by stage, in both dialects.

Taken in this process, in its own time and in turn. What one stage takes is the median, over the
rounds, of what an operation takes beyond those that it builds on; below nothing it is noise.
"""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from statistics import median
from time import process_time
from typing import Any, NamedTuple

from inputs import Input

import shortcodes
from peers.contestants import LENIENT, PORT, REFERENCE
from peers.race import Entrant, Times
from shortcodes.lenient.patterns import delimiter_patterns
from shortcodes.wordpress.names import compile_names

INPUTS: Mapping[str, str] = {"dense": "dense", "arabic": "Arabic"}
"""The inputs that are looked into, with what they are called in the table."""

_ROUNDS = 5
_WORTH_TIMING = 0.1
"""Seconds that a measurement lasts at least: what is faster is repeated within it."""

_STAGES: Mapping[str, str] = {
    "the pattern alone over the text": "pattern",
    "the rest of `parse`: columns, pairing, detection": "parse - pattern",
    "making the nodes": "nodes",
    "reading names and values": "values - nodes",
    "parse with names and values, in sum": "parse + values",
    "the dicts of `extract`": "uncollected - parse - values + nodes",
    "the garbage collector while they are alive": "extract - uncollected",
    "`extract`, in sum": "extract",
    "`extract` with `gc.disable()`": "uncollected",
    "`strip` beyond `parse`": "strip - parse",
    "`strip`, in sum": "strip",
}
"""The rows of the table, and the operations that they are the sums and differences of."""

_BY_WORDPRESS: Mapping[str, str] = {
    "parse with names and values, in sum": "do",
    "`extract`, in sum": "do",
    "`strip`, in sum": "strip",
}
"""What WordPress does in place of a row."""


class Stage(NamedTuple):
    """One figure."""

    what: str
    text: str
    who: str
    seconds: float
    """For each shortcode."""


def measure(text: Input, raced: Mapping[Entrant, Times], runs: int) -> Iterator[Stage]:
    """Measure all stages on one input; what WordPress takes is in the race that was run on it."""
    title, count = INPUTS[text.name], text.shortcodes or 1
    operations = {
        (dialect, name): operation
        for dialect in ("lenient", "wordpress")
        for name, operation in _operations(text, dialect).items()
    }
    repeats = {which: _repeats(operation) for which, operation in operations.items()}
    taken: list[dict[tuple[str, str], float]] = []
    for _ in range(max(runs, _ROUNDS)):
        laps = ((which, _timed(one, repeats[which])) for which, one in operations.items())
        taken.append(dict(laps))
    for what, terms in _STAGES.items():
        for contestant, dialect in ((LENIENT, "lenient"), (PORT, "wordpress")):
            seconds = median(_sum(terms, dialect, lap) for lap in taken)
            yield Stage(what, title, contestant.name, max(0.0, seconds) / count)
        reference = raced.get((REFERENCE.name, _BY_WORDPRESS.get(what, "")))
        if reference and not reference.failure:
            yield Stage(what, title, REFERENCE.name, reference.median / count)


def _operations(text: Input, dialect: str) -> Mapping[str, Callable[[], object]]:
    """Return what the stages are made of."""
    source, options = text.text, {"dialect": dialect, "tags": text.tags}
    document = shortcodes.parse(source, **options)

    def pattern() -> object:
        if dialect == "lenient":
            return delimiter_patterns(False).start.split(source)
        return deque(compile_names(text.tags).delimiter.finditer(source), maxlen=0)

    def values() -> None:
        for shortcode in document.shortcodes():
            _ = shortcode.attributes, shortcode.positional

    def uncollected() -> object:
        gc.disable()
        try:
            return shortcodes.extract(source, **options)
        finally:
            gc.enable()

    return {
        "pattern": pattern,
        "parse": lambda: shortcodes.parse(source, **options),
        "nodes": lambda: deque(document.shortcodes(), maxlen=0),
        "values": values,
        "extract": lambda: shortcodes.extract(source, **options),
        "uncollected": uncollected,
        "strip": lambda: shortcodes.strip(source, **options),
    }


def _repeats(operation: Callable[[], Any]) -> int:
    """Return how often an operation is to be repeated to be worth timing; this warms it up, too."""
    operation()
    return int(_WORTH_TIMING / max(_timed(operation, 1), 1e-6)) + 1


def _timed(operation: Callable[[], Any], repeat: int) -> float:
    """Return how long the operation takes, in the process's own time; what it makes is let go."""
    gc.collect()
    spent = 0.0
    for _ in range(repeat):
        begin = process_time()
        made = operation()
        spent += process_time() - begin
        del made
    return spent / repeat


def _sum(terms: str, dialect: str, lap: Mapping[tuple[str, str], float]) -> float:
    """Return what terms such as "parse - pattern" come to in one round."""
    words = f"+ {terms}".split()
    return sum(
        (-1 if sign == "-" else 1) * lap[dialect, name]
        for sign, name in zip(words[::2], words[1::2], strict=True)
    )

"""What the engine costs where there is nothing to do: import, first call, a text without `[`."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from statistics import median
from time import perf_counter
from typing import NamedTuple

import shortcodes

_PROGRAMS = {
    "import shortcodes": "import shortcodes",
    "import shortcodes, first strip": "import shortcodes; shortcodes.strip('[a b=1]')",
}
_IMPORT_LIMIT = 0.1
_REPEAT = 20


class Cost(NamedTuple):
    """One figure, in seconds."""

    what: str
    seconds: float
    limit: float | None = None


def measure(runs: int, prose: str) -> Iterator[Cost]:
    """Time fresh interpreters, less an empty one; then a text without brackets and one search."""
    lead: dict[str, list[float]] = {what: [] for what in _PROGRAMS}
    for _ in range(runs):
        empty = _fresh("pass")
        for what, program in _PROGRAMS.items():
            lead[what].append(_fresh(program) - empty)
    for what, seconds in lead.items():
        limit = _IMPORT_LIMIT if what == "import shortcodes" else None
        yield Cost(what, median(seconds), limit)
    size = len(prose.encode()) / 1e6
    searches, strips = [], []
    for _ in range(runs):
        searches.append(_timed(lambda: "[" in prose))
        strips.append(_timed(lambda: shortcodes.strip(prose)))
    yield Cost(f"search for `[` in {size:.1f} MB without one", median(searches))
    yield Cost(f"strip {size:.1f} MB without `[`", median(strips), 1.5 * median(searches) + 50e-6)


def _fresh(program: str) -> float:
    begin = perf_counter()
    subprocess.run((sys.executable, "-P", "-c", program), check=True)
    return perf_counter() - begin


def _timed(work: object) -> float:
    assert callable(work)
    begin = perf_counter()
    for _ in range(_REPEAT):
        work()
    return (perf_counter() - begin) / _REPEAT

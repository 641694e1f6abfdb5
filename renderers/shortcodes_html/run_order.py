"""Ways through the runs of a document: which come first, which are left, what stands there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from shortcodes_html.runs import Enclosed, Piece, Run


def inner_first(runs: Sequence[Run]) -> list[Run]:
    """Return runs in the order of their ends: those inside before the one around them."""
    ordered: list[Run] = []
    open_runs: list[Run] = []
    for run in runs:
        while open_runs and open_runs[-1] is not run.parent:
            ordered.append(open_runs.pop())
        open_runs.append(run)
    return [*ordered, *reversed(open_runs)]


def ready(runs: Iterable[Run], rest: list[Run]) -> Iterator[Run]:
    """Give the runs inside of which all is done when their turn comes; the others go to `rest`."""
    for run in runs:
        if all(inner.done for inner in run.inner):
            yield run
        else:
            rest.append(run)


def unasked(runs: Iterable[Run]) -> list[Run]:
    """Return the runs inside of those that failed which are still to be run, in order."""
    found: list[Run] = []
    failed = [run for run in runs if run.instead]
    for run in failed:  # which grows
        for inner in run.inner:
            if not inner.done:
                found.append(inner)
            elif inner.instead:
                failed.append(inner)
    return sorted(found, key=attrgetter("index"))


def failed_inside(run: Run) -> int:
    """Return how many runs inside of each other have had their content laid out and failed."""
    most = 0
    waiting = [(inner, 0) for inner in run.inner if inner.instead]
    while waiting:
        failed, around = waiting.pop()
        around += failed.laid_out
        most = max(most, around)
        waiting += [(inner, around) for inner in failed.inner if inner.instead]
    return most


def flat(pieces: Iterable[Piece], *, apart: bool = False) -> list[Piece]:
    """Return pieces with what stands for failed runs in their places; no recursion.

    What they enclose is among the pieces, or kept `apart` in one.
    """
    result: list[Piece] = []
    waiting = [iter(list(pieces))]
    while waiting:
        for piece in waiting[-1]:
            if isinstance(piece, Run) and piece.instead is not None and piece.made is None:
                waiting.append(iter(piece.instead))
                break
            if isinstance(piece, Enclosed) and not apart:
                waiting.append(iter(piece.run.pieces))
                break
            result.append(piece)
        else:
            waiting.pop()
    return result

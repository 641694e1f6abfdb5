"""Ways through the runs of a document: which come first, which remain, which have failed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from shortcodes_html.runs import ContentPiece, Piece, Run


def sort_inner_first(runs: Sequence[Run]) -> list[Run]:
    """Return runs in the order of their ends: inner ones before the one that encloses them."""
    ordered: list[Run] = []
    open_runs: list[Run] = []
    for run in runs:
        while open_runs and open_runs[-1] is not run.parent:
            ordered.append(open_runs.pop())
        open_runs.append(run)
    return [*ordered, *reversed(open_runs)]


def select_eager(runs: Iterable[Run]) -> list[Run]:
    """Return runs with all those inside them that no outer run decides about, in document order."""
    selected: list[Run] = []
    stack = [*runs][::-1]
    while stack:
        run = stack.pop()
        selected.append(run)
        if run.inner_runs and not run.is_outer:
            stack += [inner for inner in reversed(run.inner_runs) if not inner.is_done]
    return selected


def pick_ready(runs: Iterable[Run], postponed: list[Run]) -> Iterator[Run]:
    """Yield each run whose inner runs are done by the time its turn comes.

    The others are added to `postponed`.
    """
    for run in runs:
        if not run.inner_runs or run.is_ready:
            yield run
        else:
            postponed.append(run)


def find_pending(runs: Iterable[Run]) -> list[Run]:
    """Return the runs inside failed ones that are still to be run, in document order."""
    pending: dict[int, Run] = {}
    failed = [run for run in runs if run.fallback and run.is_outer]
    for run in failed:  # the list grows meanwhile
        for inner in () if run.is_gate else run.inner_runs:
            if not inner.is_done:
                pending[inner.item] = inner
            elif inner.fallback:
                failed.append(inner)
    return sorted(pending.values(), key=attrgetter("index"))


def count_failed_levels(run: Run) -> int:
    """Return how many failed runs, each inside the next, have had their content laid out."""
    most = 0
    stack = [(inner, 0) for inner in run.inner_runs if inner.fallback]
    while stack:
        failed, levels = stack.pop()
        levels += failed.has_laid_out_content
        most = max(most, levels)
        stack += [(inner, levels) for inner in failed.inner_runs if inner.fallback]
    return most


def flatten_pieces(pieces: Iterable[Piece], *, keep_content: bool = False) -> list[Piece]:
    """Return pieces with failed runs replaced by their fallbacks, without recursion.

    With `keep_content`, the content of a failed run stays one piece; otherwise its own pieces
    take its place.
    """
    result: list[Piece] = []
    stack = [iter(list(pieces))]
    while stack:
        for piece in stack[-1]:
            if isinstance(piece, Run) and piece.fallback is not None and piece.markup is None:
                stack.append(iter(piece.fallback))
                break
            if isinstance(piece, ContentPiece) and not keep_content:
                stack.append(iter(piece.run.pieces))
                break
            result.append(piece)
        else:
            stack.pop()
    return result

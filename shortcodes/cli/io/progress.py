"""A progress bar on standard error, for work that takes long."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress

Result = TypeVar("Result")

_PATIENCE = 1.0
"""Seconds before a bar is shown."""


def show_progress(
    results: Iterable[Result], total: int, *, after: float = _PATIENCE
) -> Iterator[Result]:
    """Pass results on, and after `after` seconds show how many there have been."""
    started = time.monotonic()
    bar: Progress | None = None
    try:
        for count, result in enumerate(results):
            if bar is None and time.monotonic() - started >= after:
                bar = _make_bar()
                task = bar.add_task("checking", total=total)
                bar.start()
            if bar:
                bar.update(task, completed=count + 1)
            yield result
    finally:
        if bar:
            bar.stop()


def _make_bar() -> Progress:
    from rich.console import Console  # slow to import
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), "files", TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True)

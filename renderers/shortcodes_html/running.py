"""Runs what was woven: inner shortcodes first or outer ones, one after another or together."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from markupsafe import Markup, escape

from shortcodes.engine import Engine, UnfitError
from shortcodes.engine.entries import Batch
from shortcodes.errors import ShortcodeError
from shortcodes_html.weave import Piece, Run, around

_NONE = object()

_SPECIAL = re.compile("[&<>\"']")
"""What has to be escaped; most of what handlers return as plain text holds none of it."""


class TooLargeError(ShortcodeError):
    """All handlers of the document made more than they may."""


class SlowError(ShortcodeError):
    """An asynchronous handler took longer than it may."""


class Runner:
    """Brings the runs of one document to their ends."""

    def __init__(self, engine: Engine, enclosed: Callable[[Run], Markup]) -> None:
        """`enclosed` returns what a run encloses, laid out; its inner runs are done by then."""
        self._engine = engine
        self._enclosed = enclosed
        self._before = engine.listeners("before_shortcode")
        self._after = engine.listeners("after_shortcode")
        self._left = engine.policy.max_output

    # --- one after another ------------------------------------------------------------------------

    def run(self, runs: Sequence[Run]) -> None:
        """Bring every one of the runs that is asked for to its end."""
        for run in runs:
            if run.encloses:
                run._content = partial(self._content, run)
        if self._engine.policy.order == "outer":
            self._level([run for run in runs if run.parent is None])
            return
        waiting = _inner_first(runs)
        while waiting:
            rest: list[Run] = []
            self._level(_ready(waiting, rest))
            waiting = rest

    def _level(self, runs: Iterable[Run]) -> None:
        """Run each as it comes, those inside when they are asked for; a batch takes all it can."""
        batches: dict[int, list[Run]] = {}
        for run in runs:
            if run.entry.batch is not None:
                batches.setdefault(id(run.entry.batch), []).append(run)
            else:
                self.one(run)
        for together in batches.values():
            self._many(together)

    def _content(self, run: Run) -> Markup:
        missing = [inner for inner in run.inner if not inner.done]
        if missing:
            self._level(missing)
        return self._enclosed(run)

    def one(self, run: Run) -> None:
        """Bring one run to its end; those that it encloses are done, or none of them matters."""
        try:
            made = self._instead(run) if self._before else _NONE
            if made is _NONE:
                assert run.entry.run  # noqa: S101 - a batch is run elsewhere
                made = run.entry.run(run)
            if not isinstance(made, str) and isinstance(made, Awaitable):
                _close(made)
                raise RuntimeError("it is asynchronous: await Engine.arender")
            self._finish(run, made)
        except Exception as error:
            self._fail(run, error)

    def _many(self, runs: Sequence[Run]) -> None:
        runs = [run for run in runs if not self._replaced(run)]
        if not runs:
            return
        batch = runs[0].entry.batch
        assert isinstance(batch, Batch)  # noqa: S101 - they were grouped by it
        try:
            made = list(batch.render_many(runs))
            if len(made) != len(runs):
                raise ValueError(f"render_many returned {len(made)} for {len(runs)} calls")
        except Exception as error:
            made = [error] * len(runs)
        for run, one in zip(runs, made, strict=True):
            self._end(run, one)

    def _end(self, run: Run, made: Any) -> None:
        try:
            if isinstance(made, Exception):
                raise made
            self._finish(run, made)
        except Exception as error:
            self._fail(run, error)

    def _replaced(self, run: Run) -> bool:
        """Whether an event has ended the run already."""
        try:
            made = self._instead(run)
        except Exception as error:
            self._fail(run, error)
            return True
        if made is _NONE:
            return False
        self._end(run, made)
        return True

    # --- together ---------------------------------------------------------------------------------

    async def arun(self, runs: Sequence[Run]) -> None:
        """Bring the runs to their ends; those that are ready at the same time run together."""
        for run in runs:
            if run.encloses:
                run._content = partial(self._content, run)
                run._acontent = partial(self._acontent, run)
        if self._engine.policy.order == "outer":
            await self._alevel([run for run in runs if run.parent is None])
            return
        waiting = _inner_first(runs)
        while waiting:
            ready = [run for run in waiting if all(inner.done for inner in run.inner)]
            alone = [run for run in ready if run.entry.batch is None]
            # A batch waits until nothing else is ready, so that it takes all it can.
            await self._alevel(alone or ready)
            waiting = [run for run in waiting if not run.done]

    async def _alevel(self, runs: Sequence[Run]) -> None:
        batches: dict[int, list[Run]] = {}
        together = []
        for run in runs:
            if run.entry.batch is not None:
                batches.setdefault(id(run.entry.batch), []).append(run)
            elif run.entry.is_async:
                together.append(self._aone(run))
            else:
                if run.entry.wants_content:
                    await run.arender_children()
                self.one(run)
        await asyncio.gather(*together)
        for many in batches.values():
            await self._amany(many)

    async def _acontent(self, run: Run) -> Markup:
        missing = [inner for inner in run.inner if not inner.done]
        if missing:
            await self._alevel(missing)
        return self._enclosed(run)

    async def _aone(self, run: Run) -> None:
        try:
            made = self._instead(run)
            if made is _NONE:
                if run.entry.wants_content:
                    await run.arender_children()
                assert run.entry.run  # noqa: S101 - a batch is run elsewhere
                made = await self._in_time(run.entry.run(run))
            self._finish(run, made)
        except Exception as error:
            self._fail(run, error)

    async def _amany(self, runs: Sequence[Run]) -> None:
        batch = runs[0].entry.batch
        if not asyncio.iscoroutinefunction(getattr(batch, "render_many", None)):
            for run in runs:
                await run.arender_children()
            self._many(runs)
            return
        runs = [run for run in runs if not self._replaced(run)]
        try:
            for run in runs:
                await run.arender_children()
            made = list(await self._in_time(batch.render_many(runs)))  # type: ignore[union-attr]
            if len(made) != len(runs):
                raise ValueError(f"render_many returned {len(made)} for {len(runs)} calls")
        except Exception as error:
            made = [error] * len(runs)
        for run, one in zip(runs, made, strict=True):
            self._end(run, one)

    async def _in_time(self, made: Any) -> Any:
        timeout = self._engine.policy.timeout
        limit = asyncio.timeout(timeout)
        try:
            async with limit:
                return await made
        except TimeoutError:
            if not limit.expired():
                raise  # the handler's own
            raise SlowError(f"it took more than {timeout:g} seconds") from None

    # --- how a run ends ---------------------------------------------------------------------------

    def _instead(self, run: Run) -> Any:
        """Return what an event gives in place of the handler."""
        for listener in self._before:
            made = listener(run)
            if made is not None:
                return made
        return _NONE

    def _finish(self, run: Run, made: Any) -> None:
        if not isinstance(made, str):
            raise TypeError(f"the handler returned {type(made).__name__}, not str")
        for listener in self._after:
            changed = listener(run, escape(made))
            if changed is not None:
                made = changed
        if len(made) > self._left:
            limit = self._engine.policy.max_output
            raise TooLargeError(f"with it the document would be over {limit:,} code points")
        self._left -= len(made)
        if isinstance(made, Markup) or _SPECIAL.search(made) is None:
            run.made = made
        else:
            run.made = escape(made)

    def _fail(self, run: Run, error: Exception) -> None:
        """Decide what stands in the place of a run that failed, and report it."""
        policy = self._engine.policy
        if policy.on_error == "raise":
            raise error
        code, told = _CODES.get(
            type(error), ("SC402", f"its handler failed: {type(error).__name__}: ")
        )
        what, pieces = _PLACES[policy.on_error](run)
        reason = " ".join(f"[{run.name}] {what}, {told}{error}".split())
        run.report(code, reason, severity="error")
        for inner in run.inner:
            if not inner.done:
                self._level([inner])
        run.instead = pieces


_CODES: dict[type[Exception], tuple[str, str]] = {
    TooLargeError: ("SC405", ""),
    SlowError: ("SC406", ""),
    UnfitError: ("SC602", ""),
}
"""The codes of what is not the fault of a handler; what is, is SC402."""


def _kept(run: Run) -> tuple[str, Sequence[Piece]]:
    return "is left as it is", list(around(run))


def _dropped(run: Run) -> tuple[str, Sequence[Piece]]:
    return "is left out", [None, *run.pieces, None]


def _marked(run: Run) -> tuple[str, Sequence[Piece]]:
    run.made = Markup('<span class="shortcode-error" data-shortcode="{}"></span>').format(run.name)
    return "is a placeholder", []


_PLACES = {"keep": _kept, "diagnostic": _dropped, "placeholder": _marked}


def _inner_first(runs: Sequence[Run]) -> list[Run]:
    """Return runs in the order of their ends: those inside before the one around them."""
    ordered: list[Run] = []
    open_runs: list[Run] = []
    for run in runs:
        while open_runs and open_runs[-1] is not run.parent:
            ordered.append(open_runs.pop())
        open_runs.append(run)
    return [*ordered, *reversed(open_runs)]


def _ready(runs: Iterable[Run], rest: list[Run]) -> Iterator[Run]:
    """Give the runs inside of which all is done when their turn comes; the others go to `rest`."""
    for run in runs:
        if all(inner.done for inner in run.inner):
            yield run
        else:
            rest.append(run)


def _close(made: Any) -> None:
    close = getattr(made, "close", None)
    if close:
        close()


def flat(pieces: Iterable[Piece]) -> list[Piece]:
    """Return pieces with what stands for failed runs in their places; no recursion."""
    result: list[Piece] = []
    waiting = [iter(list(pieces))]
    while waiting:
        for piece in waiting[-1]:
            if isinstance(piece, Run) and piece.instead is not None and piece.made is None:
                waiting.append(iter(piece.instead))
                break
            result.append(piece)
        else:
            waiting.pop()
    return result

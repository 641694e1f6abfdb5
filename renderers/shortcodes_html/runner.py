"""Runs what was woven: inner shortcodes first or outer ones, one after another or together."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from time import monotonic
from typing import Any

from markupsafe import Markup, escape

from shortcodes.engine import Engine
from shortcodes.engine.entries import Batch
from shortcodes_html.failures import (
    PLACES,
    FailureLimitError,
    OutputLimitError,
    TimeLimitError,
    reason,
)
from shortcodes_html.run_order import failed_inside, inner_first, ready, unasked
from shortcodes_html.runs import Run

_NONE = object()

_RAISED = (Exception, asyncio.CancelledError)
"""What code that is not ours may raise without harm to the rest of the page."""

_SPECIAL = re.compile("[&<>\"']")
"""What has to be escaped; most of what handlers return as plain text holds none of it."""

MAX_FAILED = 10
"""Failed shortcodes around one text: each has it laid out, and no text should be so endlessly."""


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
            self._outer([run for run in runs if run.parent is None])
            return
        waiting = inner_first(runs)
        while waiting:
            rest: list[Run] = []
            self._level(ready(waiting, rest))
            waiting = rest

    def _outer(self, runs: Sequence[Run]) -> None:
        """Run each, and then those inside of what failed before it asked for them."""
        while runs:
            self._level(runs)
            runs = unasked(runs)

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
        self._outer(self._missing(run))
        return self._laid_out(run)

    def _missing(self, run: Run) -> list[Run]:
        """Return those inside a run that are still to be run. Raises where one of them asks."""
        missing = [inner for inner in run.inner if not inner.done]
        is_inner = self._engine.policy.order == "inner"
        if missing and (is_inner or any(inner.begun for inner in missing)):
            raise RuntimeError(f"what [{run.name}] encloses is not rendered yet")
        return missing

    def _laid_out(self, run: Run) -> Markup:
        if failed_inside(run) >= MAX_FAILED:
            raise FailureLimitError(f"{MAX_FAILED} have failed around the same text")
        run.laid_out = True
        return self._enclosed(run)

    def one(self, run: Run) -> None:
        """Bring one run to its end; those that it encloses are done, or none of them matters."""
        run.begun = True
        try:
            made = self._instead(run) if self._before else _NONE
            if made is _NONE:
                assert run.entry.run  # noqa: S101 - a batch is run elsewhere
                made = run.entry.run(run)
            self._finish(run, _at_hand(made))
        except _RAISED as error:
            self._fail(run, error)

    def _many(self, runs: Sequence[Run]) -> None:
        runs = [run for run in runs if not self._replaced(run)]
        if not runs:
            return
        batch = runs[0].entry.batch
        assert isinstance(batch, Batch)  # noqa: S101 - they were grouped by it
        try:
            made = list(_at_hand(batch.render_many(runs)))
            if len(made) != len(runs):
                raise ValueError(f"render_many returned {len(made)} for {len(runs)} calls")
        except _RAISED as error:
            made = [error] * len(runs)
        for run, one in zip(runs, made, strict=True):
            self._end(run, one)

    def _end(self, run: Run, made: Any) -> None:
        try:
            if isinstance(made, _RAISED):
                raise made
            self._finish(run, made)
        except _RAISED as error:
            self._fail(run, error)

    def _replaced(self, run: Run) -> bool:
        """Whether an event has ended the run already."""
        run.begun = True
        try:
            made = self._instead(run)
        except _RAISED as error:
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
            await self._aouter([run for run in runs if run.parent is None])
            return
        waiting = inner_first(runs)
        while waiting:
            done_inside = [run for run in waiting if all(inner.done for inner in run.inner)]
            alone = [run for run in done_inside if run.entry.batch is None]
            # A batch waits until nothing else is ready, so that it takes all it can.
            await self._alevel(alone or done_inside)
            waiting = [run for run in waiting if not run.done]

    async def _aouter(self, runs: Sequence[Run]) -> None:
        while runs:
            await self._alevel(runs)
            runs = unasked(runs)

    async def _alevel(self, runs: Sequence[Run]) -> None:
        batches: dict[int, list[Run]] = {}
        together: list[Run] = []
        for run in runs:
            if run.entry.batch is not None:
                batches.setdefault(id(run.entry.batch), []).append(run)
            elif run.entry.is_async:
                together.append(run)
            elif not run.entry.wants_content or await self._has_children(run):
                self.one(run)
        tasks = [asyncio.ensure_future(self._aone(run)) for run in together]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()  # where one of them has given the page up
        for many in batches.values():
            await self._amany(many)

    async def _acontent(self, run: Run) -> Markup:
        await self._aouter(self._missing(run))
        return self._laid_out(run)

    async def _has_children(self, run: Run) -> bool:
        """Render what a run encloses, and say whether that went well."""
        try:
            await run.arender_children()
        except Exception as error:
            self._fail(run, error)
            return False
        return True

    async def _aone(self, run: Run) -> None:
        run.begun = True
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
        if not runs[0].entry.is_async:
            self._many([run for run in runs if await self._has_children(run)])
            return
        runs = [run for run in runs if not self._replaced(run) and await self._has_children(run)]
        if not runs:
            return
        batch = runs[0].entry.batch
        try:
            made = list(await self._in_time(batch.render_many(runs)))  # type: ignore[union-attr]
            if len(made) != len(runs):
                raise ValueError(f"render_many returned {len(made)} for {len(runs)} calls")
        except Exception as error:
            made = [error] * len(runs)
        for run, one in zip(runs, made, strict=True):
            self._end(run, one)

    async def _in_time(self, made: Any) -> Any:
        """Return what is awaited, in a task of its own: whoever cancels that cancels no more."""
        timeout = self._engine.policy.timeout
        limit = asyncio.timeout(timeout)
        started = monotonic()
        try:
            async with limit:
                found = await asyncio.ensure_future(made)
            if timeout is not None and monotonic() - started > timeout:
                raise TimeLimitError(_late(timeout))  # it held out, or held the loop
            return found
        except TimeoutError:
            if not limit.expired():
                raise  # the handler's own
            raise TimeLimitError(_late(timeout)) from None
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is None or task.cancelling():
                raise  # nobody waits for the page any more
            raise RuntimeError("it has cancelled itself") from None

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
                if not isinstance(changed, str):
                    raise TypeError(f"the event returned {type(changed).__name__}, not str")
                made = changed
        if len(made) > self._left:
            limit = self._engine.policy.max_output
            raise OutputLimitError(f"with it the document would be over {limit:,} code points")
        self._left -= len(made)
        if isinstance(made, Markup) or _SPECIAL.search(made) is None:
            run.made = made
        else:
            run.made = escape(made)

    def _fail(self, run: Run, error: BaseException) -> None:
        """Decide what stands in the place of a run that failed, and report it."""
        policy = self._engine.policy
        if policy.on_error == "raise":
            raise error
        code, why = reason(error)
        what, pieces = PLACES[policy.on_error](run)
        run.report(code, f"[{run.name}] {what}, {why}", severity="error")
        run.instead = pieces


def _late(timeout: float | None) -> str:
    return f"it took more than {timeout:g} seconds"


def _at_hand(made: Any) -> Any:
    """Return what was made. Raises where that is still to be awaited."""
    if not isinstance(made, str) and isinstance(made, Awaitable):
        close = getattr(made, "close", None)
        if close:
            close()
        raise RuntimeError("it is asynchronous: await Engine.arender")
    return made

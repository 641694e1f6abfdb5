"""Runs handlers: inner shortcodes first or outer ones, one after another or concurrently."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from typing import Any

from markupsafe import Markup, escape

from shortcodes.diagnostics import Diagnostic
from shortcodes.engine import Engine, UnfitError
from shortcodes.engine.entries import Batch
from shortcodes.engine.policy import ReplaceFailed
from shortcodes_html.failures import (
    BOX_STYLESHEETS,
    FALLBACKS,
    MAX_TRACEBACKS,
    FailureLimitError,
    OutputLimitError,
    TimeLimitError,
    describe_error,
    drop_traceback,
    explain_failure,
    log_failure,
)
from shortcodes_html.run_order import (
    count_failed_levels,
    find_pending,
    pick_ready,
    select_eager,
    sort_inner_first,
)
from shortcodes_html.runs import Piece, Run
from shortcodes_html.style_needs import StyleNeeds
from shortcodes_html.time_limit import TimeLimit

_NO_RESULT = object()

_RAISED = (Exception, asyncio.CancelledError)
"""What a handler may raise without harm to the rest of the page."""

_find_special = re.compile("[&<>\"']").search
"""What has to be escaped; most plain text that handlers return contains none of it."""

MAX_FAILED_LEVELS = 10
"""Failed shortcodes around the same text. Each of them has it laid out again."""


class Runner:
    """Runs the shortcodes of one document until each has its markup or its fallback."""

    def __init__(
        self,
        engine: Engine,
        lay_out_content: Callable[[Run], Markup],
        time_limit: TimeLimit,
        style_needs: StyleNeeds,
    ) -> None:
        """Prepare to run.

        Args:
            engine: What has the policy and the listeners to events.
            lay_out_content: What returns the content of a run; its inner runs are done by then.
            time_limit: The limit for each asynchronous handler.
            style_needs: What collects the style sheets that handlers ask for.
        """
        self._engine = engine
        self._lay_out_content = lay_out_content
        self._time_limit = time_limit
        self._style_needs = style_needs
        self._before = engine.listeners("before_shortcode")
        self._after = engine.listeners("after_shortcode")
        self._failures: dict[int, Diagnostic] = {}
        """The failures to log, by the identity of the exception, which may end a whole batch."""
        self._output_left = engine.policy.max_output

    # --- one after another ------------------------------------------------------------------------

    def run(self, runs: Sequence[Run]) -> None:
        """Run all shortcodes whose output is needed."""
        for run in runs:
            if run.encloses:
                run.defer_content(partial(self._read_content, run))
        self._run_all([run for run in runs if run.parent is None])

    def _run_all(self, runs: Sequence[Run]) -> None:
        """Run each with what it encloses, unless that waits for it; and then what is inside of any
        that failed before it asked for its content.
        """
        while runs:
            selected = select_eager(runs)
            pending = sort_inner_first(selected)
            while pending:
                postponed: list[Run] = []
                self._run_level(pick_ready(pending, postponed))
                pending = postponed
            runs = find_pending(selected)

    def _run_level(self, runs: Iterable[Run]) -> None:
        """Run each in its turn, and then those that are rendered in batches."""
        batches: dict[int, list[Run]] = {}
        for run in runs:
            if run.entry.batch is not None:
                batches.setdefault(id(run.entry.batch), []).append(run)
            else:
                self.run_one(run)
        for batch_runs in batches.values():
            self._run_batch(batch_runs)

    def _read_content(self, run: Run) -> Markup:
        self._run_all(self._find_missing(run))
        return self._lay_out(run)

    def _find_missing(self, run: Run) -> list[Run]:
        """Return the inner runs that are still to be run.

        Raises `RuntimeError` if one of them is asking for the content of the run, and
        `TimeLimitError` if the page does not wait for the run any more.
        """
        if run.is_abandoned:
            raise TimeLimitError(f"the handler of [{run.name}] has taken too long")
        missing = [inner for inner in run.inner_runs if not inner.is_done]
        if missing and (not run.is_outer or any(inner.has_begun for inner in missing)):
            raise RuntimeError(f"the content of [{run.name}] is not rendered yet")
        return missing

    def _lay_out(self, run: Run) -> Markup:
        if count_failed_levels(run) >= MAX_FAILED_LEVELS:
            raise FailureLimitError(
                f"{MAX_FAILED_LEVELS} shortcodes around the same text have failed already"
            )
        run.has_laid_out_content = True
        return self._lay_out_content(run)

    def run_one(self, run: Run) -> None:
        """Run one shortcode; its inner runs are done, or not needed."""
        run.has_begun = True
        try:
            result = self._begin(run) if self._before or run.is_gate else _NO_RESULT
            if result is _NO_RESULT:
                result = run.entry.run(run)  # type: ignore[misc]  # batches run elsewhere
            if isinstance(result, str) and not self._after:  # most do, and take this way
                self._accept(run, result)
            else:
                self._finish(run, _require_result(result))
        except _RAISED as error:
            self._fail(run, error)

    def _run_batch(self, runs: Sequence[Run]) -> None:
        runs = [run for run in runs if not self._was_replaced(run)]
        if not runs:
            return
        batch = runs[0].entry.batch
        assert isinstance(batch, Batch)  # noqa: S101 - they were grouped by it
        try:
            results = list(_require_result(batch.render_many(runs)))
            _check_count(results, runs)
        except _RAISED as error:
            results = [error] * len(runs)
        for run, result in zip(runs, results, strict=True):
            self._take_result(run, result)

    def _take_result(self, run: Run, result: Any) -> None:
        try:
            if isinstance(result, _RAISED):
                raise result
            self._finish(run, result)
        except _RAISED as error:
            self._fail(run, error)

    def _was_replaced(self, run: Run) -> bool:
        """Call the events before a shortcode; return whether one of them has ended the run."""
        run.has_begun = True
        try:
            result = self._begin(run)
        except _RAISED as error:
            self._fail(run, error)
            return True
        if result is _NO_RESULT:
            return False
        self._take_result(run, result)
        return True

    # --- concurrently -----------------------------------------------------------------------------

    async def arun(self, runs: Sequence[Run]) -> None:
        """Run all shortcodes; those that are ready at the same time run concurrently."""
        for run in runs:
            if run.encloses:
                run.defer_content(
                    partial(self._read_content, run), partial(self._aread_content, run)
                )
        await self._arun_all([run for run in runs if run.parent is None])

    async def _arun_all(self, runs: Sequence[Run]) -> None:
        while runs:
            selected = select_eager(runs)
            pending = sort_inner_first(selected)
            while pending:
                ready = [run for run in pending if run.is_ready]
                single = [run for run in ready if run.entry.batch is None]
                # A batch waits until nothing else is ready, so that it takes all it can.
                await self._arun_level(single or ready)
                pending = [run for run in pending if not run.is_done]
            runs = find_pending(selected)

    async def _arun_level(self, runs: Sequence[Run]) -> None:
        batches: dict[int, list[Run]] = {}
        asynchronous: list[Run] = []
        for run in runs:
            if run.entry.batch is not None:
                batches.setdefault(id(run.entry.batch), []).append(run)
            elif run.entry.is_async:
                asynchronous.append(run)
            elif not run.entry.wants_content or await self._render_content(run):
                self.run_one(run)
        tasks = [asyncio.ensure_future(self._arun_one(run)) for run in asynchronous]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()  # in case one of them has raised
        for batch_runs in batches.values():
            await self._arun_batch(batch_runs)

    async def _aread_content(self, run: Run) -> Markup:
        await self._arun_all(self._find_missing(run))
        return self._lay_out(run)

    async def _render_content(self, run: Run) -> bool:
        """Render the content of a run, and return whether that succeeded."""
        try:
            if run.is_gate:
                _check_gate(run)
            await run.arender_children()
        except Exception as error:
            self._fail(run, error)
            return False
        return True

    async def _arun_one(self, run: Run) -> None:
        run.has_begun = True
        try:
            result = self._begin(run)
            if result is _NO_RESULT:
                if run.entry.wants_content:
                    await run.arender_children()
                result = await self._time_limit.apply(run.entry.run(run))  # type: ignore[misc]
            self._finish(run, result)
        except Exception as error:
            self._fail(run, error)

    async def _arun_batch(self, runs: Sequence[Run]) -> None:
        if not runs[0].entry.is_async:
            self._run_batch([run for run in runs if run.is_gate or await self._render_content(run)])
            return
        runs = [
            run
            for run in runs
            if not self._was_replaced(run) and (run.is_gate or await self._render_content(run))
        ]
        if not runs:
            return
        batch = runs[0].entry.batch
        try:
            awaitable = batch.render_many(runs)  # type: ignore[union-attr]
            results = list(await self._time_limit.apply(awaitable))
            _check_count(results, runs)
        except Exception as error:
            results = [error] * len(runs)
        for run, result in zip(runs, results, strict=True):
            self._take_result(run, result)

    # --- how a run ends ---------------------------------------------------------------------------

    def _begin(self, run: Run) -> Any:
        """Return what an event returns in place of the handler, or `_NO_RESULT`.

        Raises `UnfitError` for a gate that does not fit its schema.
        """
        for listener in self._before:
            result = listener(run)
            if result is not None:
                return result
        if run.is_gate:
            _check_gate(run)
        return _NO_RESULT

    def _finish(self, run: Run, result: Any) -> None:
        if not isinstance(result, str):
            raise TypeError(f"the handler returned {type(result).__name__}, not str")
        for listener in self._after:
            changed = listener(run, escape(result))
            if changed is not None:
                if not isinstance(changed, str):
                    raise TypeError(f"the event returned {type(changed).__name__}, not str")
                result = changed
        self._accept(run, result)

    def _accept(self, run: Run, result: str) -> None:
        """Set the markup of a run. Raises `OutputLimitError` if it is too long."""
        if len(result) > self._output_left:
            limit = self._engine.policy.max_output
            raise OutputLimitError(
                f"its output would bring the document to more than {limit:,} code points"
            )
        if run.stylesheets:
            self._style_needs.add(run.span, run.stylesheets)
        self._output_left -= len(result)
        if isinstance(result, Markup) or _find_special(result) is None:
            run.markup = result
        else:
            run.markup = escape(result)

    def _fail(self, run: Run, error: BaseException) -> None:
        """Set the fallback of a run that failed, and report the failure."""
        on_error = self._engine.policy.on_error
        run.drop_data()
        if run.is_gate:
            run.close()
        self._call_error(run, error)
        if on_error == "raise":
            run.is_abandoned = isinstance(error, TimeLimitError)
            raise error
        code, reason = explain_failure(error)
        if callable(on_error):
            outcome, pieces = self._replace(run, error, on_error)
        else:
            outcome, pieces = FALLBACKS[on_error](run, reason)
            if on_error == "debug":
                self._style_needs.add(run.span, BOX_STYLESHEETS)
        self._report(run, code, f"[{run.name}] {outcome}: {reason}", error)
        run.is_abandoned = isinstance(error, TimeLimitError)
        run.fallback = pieces

    def _replace(
        self, run: Run, error: BaseException, replace: ReplaceFailed
    ) -> tuple[str, Sequence[Piece]]:
        """Put what a function of the site returns in the place of a run that failed."""
        try:
            result = replace(run, error)
            if result is not None:
                if not isinstance(result, str):
                    raise TypeError(f"it returned {type(result).__name__}, not str")
                self._accept(run, result)
                return "was replaced by on_error", []
        except _RAISED as failure:
            self._report(run, "SC402", f"on_error failed with {describe_error(failure)}", failure)
        return FALLBACKS["keep"](run, "")

    def _call_error(self, run: Run, error: BaseException) -> None:
        """Call the listeners to the event `error`."""
        for listener in self._engine.listeners("error"):
            try:
                listener(run, error)
            except _RAISED as failure:
                message = f"a listener to 'error' failed with {describe_error(failure)}"
                self._report(run, "SC402", message, failure)

    def _report(self, run: Run, code: str, message: str, error: BaseException) -> None:
        if len(self._failures) >= MAX_TRACEBACKS:
            drop_traceback(error)
        diagnostic = Diagnostic(code, message, run.span, "error", exception=error)
        run.add_diagnostic(diagnostic)
        self._failures.setdefault(id(error), diagnostic)

    def log_failures(self) -> None:
        """Log what has failed, each exception once, when Python's stack has room for it."""
        for diagnostic in self._failures.values():
            log_failure(diagnostic)
        self._failures.clear()


def _check_gate(run: Run) -> None:
    """Raise `UnfitError` if anything is wrong with the attributes of a gate.

    A default in place of a bad value, or of one with a misspelt name, might let anybody in.
    """
    if run.entry.schema is not None:
        _, problems = run.entry.schema.fit(run.shortcode)
        if problems:
            raise UnfitError(problems[0].message.removesuffix("; the default is used"))


def _check_count(results: Sequence[Any], runs: Sequence[Run]) -> None:
    if len(results) != len(runs):
        raise ValueError(f"render_many returned {len(results)} results for {len(runs)} calls")


def _require_result(result: Any) -> Any:
    """Return a result that is not to be awaited. Raises `RuntimeError` for one that is."""
    if not isinstance(result, str) and isinstance(result, Awaitable):
        close = getattr(result, "close", None)
        if close:
            close()
        raise RuntimeError("it is asynchronous: await Engine.arender")
    return result

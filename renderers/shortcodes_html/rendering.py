"""The rendering of one document: split into pieces, run, and turned into a draft."""

from __future__ import annotations

import asyncio
from typing import Any, Literal

from shortcodes.diagnostics import Diagnostic
from shortcodes.engine import Engine
from shortcodes.nodes import Document
from shortcodes.plugins import Context
from shortcodes_html.draft import DraftBuilder
from shortcodes_html.failures import describe_error, log_failure
from shortcodes_html.guarded_source import GuardedSource
from shortcodes_html.layout import Layout
from shortcodes_html.replacements import Replacements
from shortcodes_html.run_builder import RunBuilder
from shortcodes_html.runner import Runner
from shortcodes_html.runs import Piece, Run
from shortcodes_html.time_limit import TimeLimit


class Rendering:
    """The shortcodes of one document, rendered by an engine."""

    def __init__(
        self, document: Document, context: Context, engine: Engine, unknown: str, layout: Layout
    ) -> None:
        """Split a document, and run the shortcodes that wait for nothing else.

        Args:
            document: The document to render.
            context: Where problems are reported.
            engine: What has the handlers.
            unknown: What becomes of shortcodes without a handler; see `Options.unknown`.
            layout: What lays out the content of shortcodes.
        """
        self._engine, self._document, self._context = engine, document, context
        self._notify("before_document", document)
        self.guarded = GuardedSource(document.source)
        self.replacements = Replacements(document, self.guarded)
        self._builder = DraftBuilder(layout, self.replacements, document)
        self._time_limit = TimeLimit(engine.policy.timeout)
        style_needs = layout.printer.style_needs
        self._runner = Runner(engine, self._builder.lay_out_content, self._time_limit, style_needs)
        run_builder = RunBuilder(
            document, context, engine, unknown, self._run_at_once, self.guarded
        )
        self._pieces = run_builder.build()
        self._runs = run_builder.runs

    def _run_at_once(self, run: Run) -> Piece:
        self._runner.run_one(run)
        if run.markup is None:
            return run
        return self.replacements.add_output(run.markup, run.item)

    def run(self) -> None:
        """Run the remaining shortcodes; asynchronous handlers in an event loop of their own."""
        if any(run.entry.is_async for run in self._runs) and not _has_running_loop():
            self._time_limit.run(self.arun())
        else:
            self._runner.run(self._runs)

    async def arun(self) -> None:
        """Run the remaining shortcodes, asynchronous handlers concurrently."""
        await self._runner.arun(self._runs)

    def build_draft(self) -> str:
        """Return the text with placeholders, once all shortcodes have run."""
        self._runner.log_failures()
        return self._builder.build(self._pieces)

    def finish(self, html: str) -> str:
        """Return the HTML of the document as the listeners to `after_document` leave it."""
        return str(self._notify("after_document", html))

    def _notify(self, event: Literal["before_document", "after_document"], value: Any) -> Any:
        """Call the listeners to an event, each with the result of the one before."""
        for listener in self._engine.listeners(event):
            try:
                result = listener(value)
                if event == "after_document" and result is not None:
                    if not isinstance(result, str):
                        raise TypeError(f"it returned {type(result).__name__}, not str")
                    value = result
            except Exception as error:
                if self._engine.policy.on_error == "raise":
                    raise
                message = f"a listener to {event!r} failed with {describe_error(error)}"
                whole = 0, len(self._document.source)
                diagnostic = Diagnostic("SC402", message, whole, "error", exception=error)
                self._context.diagnostics.append(diagnostic)
                log_failure(diagnostic)
        return value


def _has_running_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True

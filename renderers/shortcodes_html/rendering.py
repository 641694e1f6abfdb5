"""One document on its way: woven, run, and filled into a text with placeholders."""

from __future__ import annotations

import asyncio
from typing import Any, Literal

from shortcodes.engine import Engine
from shortcodes.nodes import Document
from shortcodes.plugins import Context
from shortcodes_html.failures import named
from shortcodes_html.layout import Layout
from shortcodes_html.replacements import Outputs
from shortcodes_html.runner import Runner
from shortcodes_html.runs import Piece, Run, Weaver
from shortcodes_html.template import Filler


class Rendering:
    """The shortcodes of one document, rendered by an engine."""

    def __init__(
        self, document: Document, context: Context, engine: Engine, unknown: str, layout: Layout
    ) -> None:
        """Weave a document. What is enclosed is laid out by the layout."""
        self._engine, self._document, self._context = engine, document, context
        self._tell("before_document", document)
        self.outputs = Outputs(document)
        self._filler = Filler(layout, self.outputs, document)
        self._runner = Runner(engine, self._filler.enclosed)
        # What is inside waits where outer shortcodes run first.
        at_once = self._made_at_once if engine.policy.order == "inner" else None
        weaver = Weaver(document, context, engine, unknown, at_once)
        self._pieces = weaver.weave()
        self._runs = weaver.runs

    def _made_at_once(self, run: Run) -> Piece:
        self._runner.one(run)
        return run if run.made is None else self.outputs.add(run.made, run.item)

    def run(self) -> None:
        """Run what is still to be run; asynchronous handlers in an event loop of their own."""
        if any(run.entry.is_async for run in self._runs) and not _loop_is_running():
            asyncio.run(self.arun())
        else:
            self._runner.run(self._runs)

    async def arun(self) -> None:
        """Run what is still to be run, asynchronous handlers together."""
        await self._runner.arun(self._runs)

    def template(self) -> str:
        """Return the text with placeholders, once all has run."""
        return self._filler.template(self._pieces)

    def finish(self, made: str) -> str:
        """Return the document, laid out, as those who listen leave it."""
        return str(self._tell("after_document", made))

    def _tell(self, event: Literal["before_document", "after_document"], about: Any) -> Any:
        """Call those who listen, each with what the one before made of it; report who fails."""
        for listener in self._engine.listeners(event):
            try:
                changed = listener(about)
                if event == "after_document" and changed is not None:
                    if not isinstance(changed, str):
                        raise TypeError(f"it returned {type(changed).__name__}, not str")
                    about = changed
            except Exception as error:
                if self._engine.policy.on_error == "raise":
                    raise
                whole = (0, len(self._document.source))
                message = f"the event {event!r} failed: {named(error)}"
                self._context.report("SC402", message, whole, "error")
        return about


def _loop_is_running() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True

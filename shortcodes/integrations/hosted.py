"""Shortcodes in Markdown that another library converts.

Before it does, they are run and become placeholders, which no Markdown touches; afterwards their
outputs are put in place. What they enclose is converted by the same library.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from shortcodes.diagnostics import Diagnostic
from shortcodes.engine import Engine
from shortcodes.plugins import Context
from shortcodes_html.filling import Filler
from shortcodes_html.markdown import MarkdownLayout
from shortcodes_html.options import Options
from shortcodes_html.outputs import Outputs
from shortcodes_html.place import Printer
from shortcodes_html.running import Runner
from shortcodes_html.weave import Weaver


class Hosted:
    """One document on its way through another library."""

    def __init__(
        self, source: str, engine: Engine, convert: Callable[[str], str], unknown: str = "keep"
    ) -> None:
        """Run the shortcodes of a text; `convert` makes HTML of the Markdown that they enclose.

        Raises `ValueError` for a wrong `unknown`.
        """
        self.diagnostics: list[Diagnostic] = []
        """What went wrong."""
        context = Context("markdown", {"unknown": unknown}, diagnostics=self.diagnostics)
        Options.read(context.options)  # which checks them
        document = engine.parse(source, markdown=True)
        for listener in engine.listeners("before_document"):
            listener(document)
        self._engine = engine
        self._layout = _Layout(convert, context, trusted=engine.policy.html == "trusted")
        self._outputs = Outputs(source)
        weaver = Weaver(document, context, engine, unknown)
        pieces = weaver.weave()
        filler = Filler(self._layout, self._outputs)
        runner = Runner(weaver.runs, engine, filler.enclosed)
        asynchronous = any(run.entry.is_async for run in weaver.runs)
        with suppress(RuntimeError):  # where no loop is running, as a rule
            asyncio.get_running_loop()
            asynchronous = False
        asyncio.run(runner.arun()) if asynchronous else runner.run()
        self.template: str = filler.template(pieces, list(context.stylesheets.values()))
        """The text with placeholders, ready to be converted."""

    def placed(self, html: str) -> str:
        """Return a converted piece of the text with the outputs in their places."""
        return self._layout.laid(html, self._outputs)

    def finish(self, html: str) -> str:
        """Return the converted text, whole, with the outputs in their places."""
        made = self.placed(html)
        for listener in self._engine.listeners("after_document"):
            changed = listener(made)
            made = made if changed is None else str(changed)
        return made


class _Layout(MarkdownLayout):
    """Markdown that the other library converts."""

    def __init__(self, convert: Callable[[str], str], context: Context, *, trusted: bool) -> None:
        super().__init__(Printer(context, print_stylesheets=True), trusted=trusted)
        self._by_host = convert

    def convert(self, text: str) -> str:
        return self._by_host(text)

"""Shortcodes in Markdown that another library converts.

Before it does, they are run and become placeholders, which no Markdown touches; afterwards their
outputs are put in place. What they enclose is converted by the same library.
"""

from __future__ import annotations

from collections.abc import Callable

from shortcodes.checks import check_type
from shortcodes.diagnostics import Diagnostic
from shortcodes.engine import Engine
from shortcodes.plugins import Context
from shortcodes_html.markdown_layout import MarkdownLayout
from shortcodes_html.options import Options
from shortcodes_html.printer import Printer
from shortcodes_html.rendering import Rendering


class Hosted:
    """One document on its way through another library."""

    def __init__(
        self, source: str, engine: Engine, convert: Callable[[str], str], unknown: str = "keep"
    ) -> None:
        """Run the shortcodes of a text; `convert` makes HTML of the Markdown that they enclose.

        Raises `ValueError` for a wrong `unknown`, and `TypeError` for what is no engine.
        """
        check_type("engine", engine, Engine)
        self.diagnostics: list[Diagnostic] = []
        """What went wrong."""
        context = Context("markdown", {"unknown": unknown}, diagnostics=self.diagnostics)
        Options.read(context.options)  # which checks them
        document = engine.parse(source, markdown=True)
        context.report_split(document)
        self._layout = _Layout(convert, context, trusted=engine.policy.html == "trusted")
        self._rendering = Rendering(document, context, engine, unknown, self._layout)
        self._rendering.run()
        self.template: str = self._rendering.template()
        """The text with placeholders, ready to be converted."""
        self._layout.printer.bring(context.stylesheets.values())

    def placed(self, html: str) -> str:
        """Return a converted piece of the text with the outputs in their places."""
        return self._layout.laid(html, self._rendering.outputs)

    def finish(self, html: str) -> str:
        """Return the converted text, whole, with the outputs in their places."""
        return self._rendering.finish(self.placed(html))


class _Layout(MarkdownLayout):
    """Markdown that the other library converts."""

    def __init__(self, convert: Callable[[str], str], context: Context, *, trusted: bool) -> None:
        super().__init__(Printer(context), trusted=trusted)
        self._by_host = convert

    def convert(self, text: str) -> str:
        return self._by_host(text)

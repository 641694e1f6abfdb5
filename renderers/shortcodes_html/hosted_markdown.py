"""Shortcodes in Markdown that another library, the host, converts.

Beforehand they are run and become placeholders, which Markdown does not change; afterwards their
outputs are inserted. The same library converts their content.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from shortcodes.common.checks import check_mapping, check_type
from shortcodes.diagnostics import Diagnostic
from shortcodes.engine import Engine
from shortcodes.plugins import Context
from shortcodes_html.markdown_layout import MarkdownLayout
from shortcodes_html.options import Options
from shortcodes_html.rendering import Rendering
from shortcodes_html.replacements import Replacements


class HostedMarkdown:
    """One document that another library converts."""

    def __init__(
        self,
        source: str,
        engine: Engine,
        convert: Callable[[str], str],
        unknown: str = "keep",
        styles: str = "once",
        data: Mapping[str, Any] | None = None,
    ) -> None:
        """Run the shortcodes of a text.

        Args:
            source: The Markdown.
            engine: What has the handlers.
            convert: What returns Markdown as HTML; it is called for the content of shortcodes.
            unknown: What becomes of shortcodes without a handler: "keep", "strip" or "mark".
            styles: Where the CSS of handlers goes: "once", "inline" or "none".
            data: The data of the page and the request; see `Engine.render`.

        Raises `ValueError` for another value of `unknown` or `styles`, and `TypeError` for an
        `engine` that is not an `Engine` and `data` that is not a mapping of names.
        """
        check_type("engine", engine, Engine)
        if data is not None:
            check_mapping("data", data, object)
        self.diagnostics: list[Diagnostic] = []
        """The problems found while rendering."""
        self.stylesheets: dict[str, str] = {}
        """The CSS of the handlers by name, for a page that prints it itself."""
        context = Context(
            "markdown",
            {"unknown": unknown, "styles": styles},
            diagnostics=self.diagnostics,
            stylesheets=self.stylesheets,
            data=dict(data or {}),
        )
        Options.read(context.options)  # which checks them
        document = engine.parse(source, markdown=True)
        context.report_split(document)
        trusted = engine.policy.html == "trusted"
        self._layout = _HostedLayout(convert, context, styles=styles, trusted=trusted)
        self._rendering = Rendering(document, context, engine, unknown, self._layout)
        self._rendering.run()
        self.draft: str = self._rendering.build_draft()
        """The text with placeholders, ready to be converted."""
        self._layout.printer.add_stylesheets()

    def fill_part(self, html: str) -> str:
        """Return a converted part of the text with the outputs in it, without their style sheets.

        The part may become an entry of a table of contents, or an id.
        """
        with self._layout.printer.hold_stylesheets():
            return self._fill(html)

    def restore_code(self, html: str) -> str:
        """Return the escaped text of a block of code with the source of its shortcodes."""
        return self._rendering.replacements.substitute(
            html, lambda replacement: escape(replacement.source.written, quote=False)
        )

    def finish(self, html: str) -> str:
        """Return the whole converted text with the outputs in it."""
        return self._rendering.finish(self._fill(html))

    def _fill(self, html: str) -> str:
        return self._layout.lay_out_html(html, self._rendering.replacements)


class _HostedLayout(MarkdownLayout):
    """The layout of Markdown, with the host's conversion."""

    def __init__(
        self, convert: Callable[[str], str], context: Context, *, styles: str, trusted: bool
    ) -> None:
        super().__init__(context, styles=styles, trusted=trusted)
        self._convert = convert

    def convert(self, text: str, replacements: Replacements, *, is_enclosed: bool) -> str:
        return self._convert(text)

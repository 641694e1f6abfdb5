"""The `html` renderer: runs handlers and puts what they make in place of the shortcodes.

A document is woven into pieces (`weave.py`), its shortcodes are run (`running.py`), the pieces
become a text with placeholders (`filling.py`), which is laid out by its format (`text.py`,
`markup.py`, `markdown.py`), and the outputs are put in last (`place.py`).
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable

from shortcodes.engine import default_engine
from shortcodes.nodes import Document
from shortcodes.plugins import Context, Output
from shortcodes_html import language, titles
from shortcodes_html.filling import Filler
from shortcodes_html.markdown import MarkdownLayout
from shortcodes_html.markup import MarkupLayout
from shortcodes_html.options import Options
from shortcodes_html.outputs import Outputs
from shortcodes_html.place import Printer
from shortcodes_html.running import Runner
from shortcodes_html.text import TextLayout
from shortcodes_html.weave import Piece, Weaver

__all__ = ["HtmlRenderer", "page"]

_LAYOUTS: dict[str, type[TextLayout | MarkupLayout | MarkdownLayout]] = {
    "text": TextLayout,
    "html": MarkupLayout,
    "markdown": MarkdownLayout,
}

_COMPLETE = re.compile(r"(?is)\ufeff?\s*+(?:<!--.*?-->\s*+)*+<(?:!doctype|html)\b")


class HtmlRenderer:
    """Gives a document as HTML.

    Plain text is escaped and becomes paragraphs, Markdown is converted, HTML passes as it is.
    Options: see `Options`.
    """

    name = "html"
    output: Output = "html"

    def render(self, document: Document, context: Context) -> str:
        """Return a fragment, or with the option `page` a complete page.

        Raises `TypeError` for an unknown option and `ValueError` for a wrong value.
        """
        rendering = _Rendering(document, context)
        if rendering.is_async:
            asyncio.run(rendering.runner.arun())
        else:
            rendering.runner.run()
        return rendering.finish()

    async def arender(self, document: Document, context: Context) -> str:
        """Return the same, with asynchronous handlers running together."""
        rendering = _Rendering(document, context)
        await rendering.runner.arun()
        return rendering.finish()


class _Rendering:
    """One document on its way to HTML."""

    def __init__(self, document: Document, context: Context) -> None:
        self._options = options = Options.read(context.options)
        engine = options.engine or default_engine()
        if options.handlers:
            engine = engine.copy()
            for handler in options.handlers:
                for tag in handler.tags:
                    engine.register(tag, handler, replace=True)
        self._engine, self._context = engine, context
        for listener in engine.listeners("before_document"):
            listener(document)
        self._document = document
        self._as_page = options.page and not (
            context.format == "html" and _COMPLETE.match(document.source)
        )
        self._printer = Printer(context, print_stylesheets=not self._as_page)
        trusted = engine.policy.html == "trusted"
        self._layout = _LAYOUTS[context.format](self._printer, trusted=trusted)
        self._known = set(context.stylesheets)
        self._reported = len(context.diagnostics)
        weaver = Weaver(document, context, engine, options.unknown)
        self._pieces: list[Piece] = weaver.weave()
        self._outputs = Outputs(document.source)
        self._filler = Filler(self._layout, self._outputs)
        self.runner = Runner(weaver.runs, engine, self._filler.enclosed)
        self.is_async = any(run.entry.is_async for run in weaver.runs) and not _loop_is_running()

    def finish(self) -> str:
        """Return the document, laid out, once all handlers have run."""
        context, printer = self._context, self._printer
        new = [css for name, css in context.stylesheets.items() if name not in self._known]
        template = self._filler.template(self._pieces, new)
        made = self._layout.whole(template, self._outputs, as_page=self._as_page)
        if self._as_page:
            made = _page(self._document, context, self._options, made)
        else:
            # What found no place is not there for the next document of the same context.
            for name in context.stylesheets.keys() - self._known:
                if context.stylesheets[name] not in printer.printed:
                    del context.stylesheets[name]
        found = context.diagnostics[self._reported :]
        context.diagnostics[self._reported :] = sorted(found, key=lambda d: (d.span, d.code))
        for listener in self._engine.listeners("after_document"):
            changed = listener(made)
            made = made if changed is None else str(changed)
        return made


def _loop_is_running() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def _page(document: Document, context: Context, options: Options, fragment: str) -> str:
    stripped = language.stripped(document, context.format)
    text = language.prose(stripped, context.format)
    lang, direction = language.guess(text)
    if options.lang is not None:
        lang, direction = options.lang, language.direction_of(options.lang)
    title = options.title or titles.title(stripped, context.format, text)
    return page(
        fragment,
        title=title or options.name or "Untitled",
        lang=lang,
        direction=options.dir or direction,
        stylesheets=context.stylesheets.values(),
    )


def page(
    fragment: str,
    *,
    title: str,
    lang: str = "en",
    direction: str = "ltr",
    stylesheets: Iterable[str] = (),
) -> str:
    """Return a complete HTML5 page around a fragment.

    `fragment` is HTML that is trusted as it is, `stylesheets` the CSS that it needs; everything
    else is escaped. The page makes no request of its own and runs no script.
    """
    from shortcodes_html.whole_page import around  # Jinja2 is loaded for pages only

    return around(fragment, title, lang, direction, stylesheets)

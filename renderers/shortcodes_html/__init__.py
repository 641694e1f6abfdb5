"""The `html` renderer: runs handlers and puts what they make in place of the shortcodes.

A document is woven into pieces (`runs.py`), its shortcodes are run (`runner.py`), the pieces
become a text with placeholders (`template.py`), which is laid out by its format (`text_layout.py`,
`html_layout.py`, `markdown_layout.py`), and the outputs are put in last (`printer.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from types import NoneType

from shortcodes.checks import check_each, check_one_of, check_type
from shortcodes.engine import Engine, default_engine
from shortcodes.nodes import Document
from shortcodes.plugins import Context, Output
from shortcodes_html import language, titles
from shortcodes_html.html_layout import MarkupLayout
from shortcodes_html.markdown_layout import MarkdownLayout
from shortcodes_html.options import Options
from shortcodes_html.printer import Printer
from shortcodes_html.rendering import Rendering
from shortcodes_html.text_layout import TextLayout

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
        making = _Making(document, context)
        making.rendering.run()
        return making.finish()

    async def arender(self, document: Document, context: Context) -> str:
        """Return the same, with asynchronous handlers running together."""
        making = _Making(document, context)
        await making.rendering.arun()
        return making.finish()


class _Making:
    """One document on its way to HTML, with the stylesheets that it needs."""

    def __init__(self, document: Document, context: Context) -> None:
        self._options = options = Options.read(context.options)
        self._document, self._context = document, context
        check_type("engine", context.engine, Engine, NoneType)
        engine = context.engine or default_engine()
        if options.handlers:
            engine = engine.copy()
            for handler in options.handlers:
                for tag in handler.tags:
                    engine.register(tag, handler, replace=True)
        self._as_page = options.page and not (
            context.format == "html" and _COMPLETE.match(document.source)
        )
        self._in_head = self._as_page and options.styles == "once"
        self._printer = Printer(context, "none" if self._in_head else options.styles)
        trusted = engine.policy.html == "trusted"
        self._layout = _LAYOUTS[context.format](self._printer, trusted=trusted)
        self._known = set(context.stylesheets)
        self._reported = len(context.diagnostics)
        self.rendering = Rendering(document, context, engine, options.unknown, self._layout)

    def finish(self) -> str:
        """Return the document, laid out, once all handlers have run."""
        context, printer, rendering = self._context, self._printer, self.rendering
        known = () if self._options.styles == "inline" else self._known
        template = rendering.template()
        printer.bring(css for name, css in context.stylesheets.items() if name not in known)
        made = self._layout.whole(template, rendering.outputs, as_page=self._as_page)
        if self._as_page:
            styles = context.stylesheets.values() if self._in_head else ()
            made = _page(self._document, context, self._options, made, styles)
        if self._options.styles == "once" and not self._as_page:
            # What found no place is not there for the next document of the same context.
            for name in context.stylesheets.keys() - self._known:
                if context.stylesheets[name] not in printer.printed:
                    del context.stylesheets[name]
        made = rendering.finish(made)
        found = context.diagnostics[self._reported :]
        context.diagnostics[self._reported :] = sorted(found, key=lambda d: (d.span, d.code))
        return made


def _page(
    document: Document,
    context: Context,
    options: Options,
    fragment: str,
    stylesheets: Iterable[str],
) -> str:
    stripped = language.stripped(document, context.format)
    text = language.prose(stripped, context.format)
    lang, direction = language.guess(text)
    if options.lang is not None:
        lang, direction = options.lang, language.find_direction(options.lang)
    title = options.title or titles.title(stripped, context.format, text)
    return page(
        fragment,
        title=title or options.name or "Untitled",
        lang=lang,
        direction=options.dir or direction,
        stylesheets=stylesheets,
        link=options.link,
    )


def page(
    fragment: str,
    *,
    title: str,
    lang: str = "en",
    direction: str = "ltr",
    stylesheets: Iterable[str] = (),
    link: str = "",
) -> str:
    """Return a complete HTML5 page around a fragment.

    `fragment` is HTML that is trusted as it is, `stylesheets` the CSS that it needs; everything
    else is escaped. The page runs no script, and makes no request of its own but for `link`, the
    address of a style sheet. Raises `TypeError` for an argument of a wrong type.
    """
    for name, value in {"fragment": fragment, "title": title, "lang": lang, "link": link}.items():
        check_type(name, value, str)
    check_one_of("direction", direction, ("ltr", "rtl"))
    stylesheets = check_each("stylesheets", stylesheets, str)
    from shortcodes_html.page_template import around  # Jinja2 is loaded for pages only

    return around(fragment, title, lang, direction, stylesheets, link)

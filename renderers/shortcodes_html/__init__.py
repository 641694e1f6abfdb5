"""The `html` renderer: runs handlers and puts what they make in place of the shortcodes.

A document is woven into a text with placeholders (`weave.py`), laid out by its format (`text.py`,
`markup.py`, `markdown.py`), and the outputs are put in last (`place.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from shortcodes.nodes import Document
from shortcodes.plugins import Context, Output
from shortcodes_html import language, titles
from shortcodes_html.markdown import MarkdownLayout
from shortcodes_html.markup import MarkupLayout
from shortcodes_html.options import Options
from shortcodes_html.place import Printer
from shortcodes_html.text import TextLayout
from shortcodes_html.weave import Weaver

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
        options = Options.read(context.options)
        as_page = options.page and not (
            context.format == "html" and _COMPLETE.match(document.source)
        )
        printer = Printer(context, print_stylesheets=not as_page)
        layout = _LAYOUTS[context.format](printer)
        known = set(context.stylesheets)
        weaver = Weaver(document, context, layout, options)
        fragment = layout.whole(weaver.weave(), weaver.outputs, as_page=as_page)
        if as_page:
            return _page(document, context, options, fragment)
        # What found no place is not there for the next document of the same context.
        for name in context.stylesheets.keys() - known:
            if context.stylesheets[name] not in printer.printed:
                del context.stylesheets[name]
        return fragment


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

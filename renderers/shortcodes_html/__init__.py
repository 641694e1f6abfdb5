"""The `html` renderer: runs handlers and puts their output in place of the shortcodes.

A document is split into pieces (`run_builder.py`) and its shortcodes are run (`runner.py`). The
pieces become a draft, a text with placeholders (`draft.py`). The layout of its format
(`text_layout.py`, `html_layout.py`, `markdown_layout.py`) turns it into HTML, and the outputs are
inserted last (`printer.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import NoneType

from markupsafe import Markup

from shortcodes.common.checks import check_each, check_mapping, check_one_of, check_type
from shortcodes.engine import Engine, default_engine
from shortcodes.nodes import Document
from shortcodes.parts.front_matter import read_words
from shortcodes.parts.reading import find_body
from shortcodes.plugins import Context, Output
from shortcodes_html.html_layout import HtmlLayout
from shortcodes_html.language import (
    extract_prose,
    find_direction,
    find_language,
    guess_language,
    strip_document,
    strip_open,
)
from shortcodes_html.markdown_layout import MarkdownLayout
from shortcodes_html.options import Options
from shortcodes_html.printer import write_style_element
from shortcodes_html.rendering import Rendering
from shortcodes_html.text_layout import TextLayout
from shortcodes_html.titles import find_title

__all__ = ["HtmlRenderer", "page", "write_styles"]

_LAYOUTS: dict[str, type[TextLayout | HtmlLayout | MarkdownLayout]] = {
    "text": TextLayout,
    "html": HtmlLayout,
    "markdown": MarkdownLayout,
}

_COMPLETE = re.compile(r"(?is)\ufeff?\s*+(?:<!--.*?-->\s*+|(?!).)*+<(?:!doctype|html)\b")


class HtmlRenderer:
    """Renders a document as HTML.

    Plain text is escaped and becomes paragraphs, Markdown is converted, and HTML passes as it is.
    For the options see `Options`.
    """

    name = "html"
    output: Output = "html"

    def render(self, document: Document, context: Context) -> str:
        """Return a fragment, or a complete page with the option `page`.

        Raises `TypeError` for an unknown option and `ValueError` for a wrong value.
        """
        builder = _HtmlBuilder(document, context)
        builder.rendering.run()
        return builder.finish()

    async def arender(self, document: Document, context: Context) -> str:
        """Return what `render` does; asynchronous handlers run concurrently."""
        builder = _HtmlBuilder(document, context)
        await builder.rendering.arun()
        return builder.finish()


class _HtmlBuilder:
    """Builds the fragment or page of one document, with the stylesheets that it needs."""

    def __init__(self, document: Document, context: Context) -> None:
        self._options = options = Options.read(context.options)
        # Front matter is not printed: what follows it is a document of its own.
        document = find_body(document)
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
        self._has_styles_in_head = self._as_page and options.styles == "once"
        self._layout = _LAYOUTS[context.format](
            context,
            styles="none" if self._has_styles_in_head else options.styles,
            trusted=engine.policy.html == "trusted",
            from_template=options.from_template,
        )
        if isinstance(self._layout, MarkdownLayout):
            self._layout.is_commonmark = options.commonmark
        self._known_diagnostics = len(context.diagnostics)
        self.rendering = Rendering(document, context, engine, options.unknown, self._layout)

    def finish(self) -> str:
        """Return the HTML of the document, once all handlers have run."""
        context, printer = self._context, self._layout.printer
        draft = self.rendering.build_draft()
        printer.add_stylesheets()
        html = self._layout.lay_out(draft, self.rendering.replacements, as_page=self._as_page)
        if self._as_page:
            html = self._build_page(html)
        else:
            printer.forget_unprinted()
        html = self.rendering.finish(html)
        diagnostics = [
            diagnostic.shift(len(self._document.front_matter))
            for diagnostic in context.diagnostics[self._known_diagnostics :]
        ]
        diagnostics.sort(key=lambda diagnostic: (diagnostic.span, diagnostic.code))
        context.diagnostics[self._known_diagnostics :] = diagnostics
        return html

    def _build_page(self, fragment: str) -> str:
        context, options = self._context, self._options
        strip = strip_open if self.rendering.guarded else strip_document
        text = strip(self._document, context.format)
        prose = extract_prose(text, context.format)
        lang, direction = guess_language(prose)
        words = read_words(self._document.front_matter)
        if (chosen := options.lang or find_language(words)) is not None:
            lang, direction = chosen, find_direction(chosen)
        if (written := words.get("dir", "").lower()) in ("ltr", "rtl"):
            direction = written
        title = options.title or words.get("title") or find_title(text, context.format, prose)
        return page(
            fragment,
            title=title or options.name or "Untitled",
            lang=lang,
            direction=options.dir or direction,
            stylesheets=context.stylesheets.values() if self._has_styles_in_head else (),
            link=options.link,
        )


def write_styles(stylesheets: Mapping[str, str]) -> Markup:
    """Return a `<style>` element for each style sheet, which nothing in the CSS can end.

    Args:
        stylesheets: CSS by name, as `Engine.render` collects it in its argument `stylesheets`.

    Raises `TypeError` if `stylesheets` is not a mapping of `str`.
    """
    check_mapping("stylesheets", stylesheets, str)
    return Markup("\n").join(map(write_style_element, stylesheets.values()))


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

    The page runs no script, and requests nothing but the style sheet at `link`. Everything except
    `fragment` and `stylesheets` is escaped.

    Args:
        fragment: The HTML of the page's content; it is trusted.
        title: The title of the page.
        lang: The language tag of the page.
        direction: The direction of its text, "ltr" or "rtl".
        stylesheets: The CSS that the fragment needs.
        link: The address of a style sheet; if empty, the page links to none.

    Raises `TypeError` for an argument of a wrong type, and `ValueError` for another direction.
    """
    for name, value in {"fragment": fragment, "title": title, "lang": lang, "link": link}.items():
        check_type(name, value, str)
    check_one_of("direction", direction, ("ltr", "rtl"))
    stylesheets = check_each("stylesheets", stylesheets, str)
    from shortcodes_html.page_template import render_page  # Jinja2 is loaded for pages only

    return render_page(fragment, title, lang, direction, stylesheets, link)

"""The layout of Markdown: CommonMark by markdown-it-py, HTML in it passes as it is."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, ClassVar

from markupsafe import Markup, escape

from shortcodes_html.block_lifting import apart
from shortcodes_html.code_elements import with_source
from shortcodes_html.html_layout import unwrapped
from shortcodes_html.layout import Layout
from shortcodes_html.replacements import Outputs

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

_ONLY_PARAGRAPH = re.compile(r"<p>((?:[^<]++|<(?!/?p>))*+)</p>\Z")
_MEANT = re.compile(
    r"\\(?P<mark>[!-/:-@\[-`{-~])|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]*+);"
)
"""What stands for a character in Markdown: a backslash before a mark, or an entity."""

_BOM = "\ufeff"


class MarkdownLayout(Layout):
    """Converted Markdown with its outputs in place."""

    protect: ClassVar[bool] = True

    def literal(self, source: str) -> Markup:
        """Return the source as Markdown would show it, escaped."""
        return escape(_MEANT.sub(lambda match: match["mark"] or unescape(match[0]), source))

    def whole(self, template: str, outputs: Outputs, *, as_page: bool = False) -> str:
        """Return the HTML that the Markdown stands for."""
        return self.laid(self.convert(template.removeprefix(_BOM)), outputs)

    def convert(self, text: str) -> str:
        """Return what Markdown stands for, with the placeholders in it."""
        return str(markdown().render(text))

    def laid(self, html: str, outputs: Outputs) -> str:
        """Return converted text with the outputs in their places; in code, with their source."""
        html = with_source(html, outputs)
        return self.printer.place(apart(unwrapped(html, outputs), outputs), outputs)

    def enclosed(self, template: str, outputs: Outputs) -> Markup:
        """Return a single paragraph without its tags, all else with them."""
        html = self.laid(self.harmless(self.convert(template)), outputs).strip()
        alone = _ONLY_PARAGRAPH.match(html)
        return Markup(alone[1] if alone else html)  # noqa: S704 - sanitised, or trusted

    def parts(self, template: str) -> tuple[str, str, str]:
        """Leave the white space before the first line and behind the last word in the text."""
        within = template.strip()
        if not within:
            return template, "", ""
        start = template.index(within)
        end = start + len(within)
        line = template.rfind("\n", 0, start) + 1
        start = line or start
        return template[:start], template[start:end], template[end:]


@cache
def markdown() -> MarkdownIt:
    """Return the parser of CommonMark."""
    from markdown_it import MarkdownIt  # loaded for Markdown only

    made = MarkdownIt("commonmark")
    made.core.ruler.before("text_join", "written_apostrophes", _keep_apostrophes)
    return made


def _keep_apostrophes(state: StateCore) -> None:
    """Let apostrophes that are written as references stay so: in `class='{{ x }}'`, which a blank
    line in the variable makes a paragraph of, they are no end of the value.
    """
    for block in state.tokens:
        for token in block.children or ():
            if token.type == "text_special" and token.content == "'":
                token.type, token.content = "html_inline", "&#39;"

"""The layout of Markdown: CommonMark by markdown-it-py, HTML in it passes as it is."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, ClassVar

from markupsafe import Markup, escape

from shortcodes.attributes import plain
from shortcodes_html.layout import Layout
from shortcodes_html.markup import unwrapped
from shortcodes_html.outputs import Output, Outputs

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_PARAGRAPH = re.compile(r"<p>((?:[^<]++|<(?!/?p>))*+)</p>")
_ONLY_PARAGRAPH = re.compile(rf"{_PARAGRAPH.pattern}\Z")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^<>]*+>", re.IGNORECASE)
_VOID = frozenset({"br", "hr", "img", "input", "wbr"})
_BOM = "\ufeff"


class MarkdownLayout(Layout):
    """Converted Markdown with its outputs in place."""

    protect: ClassVar[bool] = True

    def literal(self, source: str) -> Markup:
        """Return the source as Markdown would show it, escaped."""
        return escape(plain(source, markdown=True))

    def whole(self, template: str, outputs: Outputs, *, as_page: bool = False) -> str:
        """Return the HTML that the Markdown stands for."""
        html = unwrapped(_markdown().render(template.removeprefix(_BOM)), outputs)
        html = _PARAGRAPH.sub(lambda match: _split(match, outputs), html)
        return self.printer.place(html, outputs)

    def enclosed(self, template: str, outputs: Outputs) -> Markup:
        """Return a single paragraph without its tags, all else with them."""
        html = self.whole(template, outputs).strip()
        alone = _ONLY_PARAGRAPH.match(html)
        return Markup(alone[1] if alone else html)  # noqa: S704 - HTML passes as it is


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt  # loaded for Markdown only

    return MarkdownIt("commonmark")


def _split(match: re.Match[str], outputs: Outputs) -> str:
    """Return a paragraph as several where block-level outputs stand in it.

    Where one stands inside another element, such as a link, it is left there.
    """
    parts = list(outputs.split(match[1]))
    if not any(isinstance(part, Output) and part.is_block for part in parts):
        return match[0]
    result: list[str] = []
    text: list[str] = []
    depth = 0
    for part in parts:
        if isinstance(part, Output) and part.is_block and depth == 0:
            result += (_paragraph(text), part.placeholder)
            text = []
        else:
            text.append(part if isinstance(part, str) else part.placeholder)
            depth += _opened(text[-1])
    return "\n".join(filter(None, [*result, _paragraph(text)]))


def _paragraph(text: list[str]) -> str:
    words = "".join(text).strip()
    return f"<p>{words}</p>" if words else ""


def _opened(html: str) -> int:
    """Return how many more tags are opened than closed."""
    tags = (match for match in _TAG.finditer(html) if match[2].lower() not in _VOID)
    return sum(-1 if match[1] else 1 for match in tags)

"""The layout of plain text: escaped, a paragraph for every stretch between blank lines.

A single line break becomes `<br>`: whoever typed it into an article meant a new line.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import ClassVar

from markupsafe import Markup, escape

from shortcodes_html.layout import Layout
from shortcodes_html.replacements import Output, Outputs, is_block

MAX_HEADING = 120
"""Code points below which the first line of a page reads as its heading."""

_BLANK_LINES = re.compile(r"(?>\r\n|\r|\n)(?:[^\S\r\n]*+(?>\r\n|\r|\n))++")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_BOM = "\ufeff"


class TextLayout(Layout):
    """Paragraphs of escaped text; blocks stand between them, never inside."""

    has_markup: ClassVar[bool] = False

    def literal(self, source: str) -> Markup:
        """Return the source, escaped."""
        return escape(source)

    def whole(self, template: str, outputs: Outputs, *, as_page: bool = False) -> str:
        """Return the paragraphs; on a page, a short first line on its own is the heading."""
        paragraphs = _paragraphs(template)
        blocks: list[str] = []
        if as_page and len(paragraphs) > 1 and _is_heading(paragraphs[0], outputs):
            blocks.append(f"<h1>{escape(paragraphs.pop(0))}</h1>")
        for paragraph in paragraphs:
            blocks += self._blocks(paragraph, outputs)
        return "\n".join([*blocks, ""])

    def enclosed(self, template: str, outputs: Outputs) -> Markup:
        """Return a single paragraph without its tags, several with them."""
        paragraphs = _paragraphs(template)
        if len(paragraphs) == 1:
            parts = list(outputs.split(paragraphs[0]))
            if not any(not isinstance(part, str) and is_block(part) for part in parts):
                return Markup(self._inline(parts))  # noqa: S704 - escaped, or from a handler
        blocks = [block for paragraph in paragraphs for block in self._blocks(paragraph, outputs)]
        return Markup("\n".join(blocks))  # noqa: S704

    def _blocks(self, paragraph: str, outputs: Outputs) -> list[str]:
        """Return a paragraph as one block, or as several where a block stands in it."""
        alone = outputs.alone(paragraph)
        if alone is not None:
            return self.printer.alone(alone, outputs)  # not wrapped
        parts = list(outputs.split(paragraph))
        blocks: list[str] = []
        for apart, run in groupby(parts, key=lambda p: not isinstance(p, str) and is_block(p)):
            if apart:
                blocks += [self.printer.markup(part) for part in run if not isinstance(part, str)]
            elif inline := self._inline(list(run)):
                blocks.append(f"<p>{inline}</p>")
        return blocks

    def _inline(self, parts: list[str | Output]) -> str:
        """Return text and outputs without the white space around them."""
        if isinstance(parts[0], str):
            parts[0] = parts[0].lstrip()
        if isinstance(parts[-1], str):
            parts[-1] = parts[-1].rstrip()
        return "".join(
            _LINE_BREAK.sub("<br>\n", str(escape(part)))
            if isinstance(part, str)
            else self.printer.markup(part)
            for part in parts
        )


def _paragraphs(template: str) -> list[str]:
    parts = _BLANK_LINES.split(template.removeprefix(_BOM))
    return [stripped for part in parts if (stripped := part.strip())]


def _is_heading(paragraph: str, outputs: Outputs) -> bool:
    one_line = _LINE_BREAK.search(paragraph) is None
    only_text = all(isinstance(part, str) for part in outputs.split(paragraph))
    return one_line and only_text and len(paragraph) < MAX_HEADING

"""The layout of plain text: escaped, with a paragraph for each stretch between blank lines.

A single line break becomes `<br>`: whoever typed it into an article meant a new line.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import ClassVar

from markupsafe import Markup, escape

from shortcodes_html.layout import Layout
from shortcodes_html.replacements import Replacement, Replacements, is_block

MAX_HEADING = 120
"""Code points; a shorter first line of a page is its heading."""

_BLANK_LINES = re.compile(r"(?>\r\n|\r|\n)(?:[^\S\r\n]*+(?>\r\n|\r|\n)|(?!).)++")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_BOM = "\ufeff"


class TextLayout(Layout):
    """Paragraphs of escaped text, with blocks between them and never inside."""

    has_markup: ClassVar[bool] = False

    def write_literal(self, source: str) -> Markup:
        """Return the source, escaped."""
        return escape(source)

    def lay_out(self, draft: str, replacements: Replacements, *, as_page: bool = False) -> str:
        """Return the paragraphs; on a page, a short first line of its own is the heading."""
        paragraphs = _split_paragraphs(draft)
        blocks: list[str] = []
        if as_page and len(paragraphs) > 1 and _is_heading(paragraphs[0], replacements):
            blocks.append(f"<h1>{escape(paragraphs.pop(0))}</h1>")
        for paragraph in paragraphs:
            blocks += self._build_blocks(paragraph, replacements)
        return "\n".join([*blocks, ""])

    def lay_out_content(self, draft: str, replacements: Replacements) -> Markup:
        """Return a single paragraph without its tags, several with them."""
        paragraphs = _split_paragraphs(draft)
        if len(paragraphs) == 1:
            parts = list(replacements.split(paragraphs[0]))
            if not any(map(_is_block_part, parts)):
                return Markup(self._join_inline(parts))  # noqa: S704 - escaped, or from a handler
        blocks = [block for p in paragraphs for block in self._build_blocks(p, replacements)]
        return Markup("\n".join(blocks))  # noqa: S704

    def _build_blocks(self, paragraph: str, replacements: Replacements) -> list[str]:
        """Return a paragraph as one block, or as several if there are blocks in it."""
        outputs = replacements.list_outputs_only(paragraph)
        if outputs is not None:
            return self.printer.print_outputs(outputs, replacements)  # not wrapped
        parts = list(replacements.split(paragraph))
        blocks: list[str] = []
        for are_blocks, group in groupby(parts, key=_is_block_part):
            if are_blocks:
                blocks += [
                    self.printer.print_in_text(part) for part in group if not isinstance(part, str)
                ]
            elif inline := self._join_inline(list(group)):
                blocks.append(f"<p>{inline}</p>")
        return blocks

    def _join_inline(self, parts: list[str | Replacement]) -> str:
        """Return text and outputs without the white space around them."""
        if isinstance(parts[0], str):
            parts[0] = parts[0].lstrip()
        if isinstance(parts[-1], str):
            parts[-1] = parts[-1].rstrip()
        return "".join(
            _LINE_BREAK.sub("<br>\n", str(escape(part)))
            if isinstance(part, str)
            else self.printer.print_in_text(part)
            for part in parts
        )


def _is_block_part(part: str | Replacement) -> bool:
    return not isinstance(part, str) and is_block(part)


def _split_paragraphs(draft: str) -> list[str]:
    parts = _BLANK_LINES.split(draft.removeprefix(_BOM))
    return [stripped for part in parts if (stripped := part.strip())]


def _is_heading(paragraph: str, replacements: Replacements) -> bool:
    is_one_line = _LINE_BREAK.search(paragraph) is None
    is_text = all(isinstance(part, str) for part in replacements.split(paragraph))
    return is_one_line and is_text and len(paragraph) < MAX_HEADING

"""The layout of Markdown, converted by markdown-it-py; HTML in it passes as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from typing import Any, ClassVar

from markupsafe import Markup, escape

from shortcodes.html.tokens import FindCode
from shortcodes.lenient.markdown_code import CODE_FINDERS
from shortcodes_html.block_lifting import lift_blocks
from shortcodes_html.code_elements import restore_source_in_code
from shortcodes_html.footnotes import IS_ENCLOSED, number_footnotes
from shortcodes_html.held_lines import hold_line_breaks
from shortcodes_html.html_layout import unwrap_blocks
from shortcodes_html.layout import Layout
from shortcodes_html.markdown_parser import build_parser
from shortcodes_html.replacements import Replacements

_ONLY_PARAGRAPH = re.compile(r"<p>((?:[^<]++|<(?!/?p>)|(?!).)*+)</p>\Z")
_ESCAPED = re.compile(
    r"\\(?P<mark>[!-/:-@\[-`{-~])|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]*+);"
)
"""A character as it may be written in Markdown: a mark after a backslash, or an entity."""

_CONTAINER = re.compile(
    r"[ \t>]*+(?:(?:[-*+:~]|[0-9]{1,9}[.)])[ \t][ \t>]*+|(?!).)*+"
    r"(?:\[\^[^\[\]\s]{1,100}\]:[ \t]*+|(?!).)?+"
)
"""What a line of a quotation, a list item, a definition or a footnote begins with."""
_NOTE = re.compile(r"\[\^[^\[\]]++\]:[ \t]*+")
_LIST_MARK = re.compile(r"[^ \t>]++")

_BOM = "\ufeff"


class MarkdownLayout(Layout):
    """Converted Markdown with replacements in place of its shortcodes."""

    hides_source: ClassVar[bool] = True
    code_finders: ClassVar[Sequence[FindCode]] = CODE_FINDERS
    is_commonmark = False
    """Whether the text is CommonMark and nothing else."""
    _env: dict[str, Any] | None = None
    """What the conversions of one document share."""

    def write_literal(self, source: str) -> Markup:
        """Return the source as Markdown would show it, escaped."""
        return escape(_ESCAPED.sub(lambda match: match["mark"] or unescape(match[0]), source))

    def lay_out(self, draft: str, replacements: Replacements, *, as_page: bool = False) -> str:
        """Return the Markdown as HTML."""
        html = self._convert_draft(draft.removeprefix(_BOM), replacements, is_enclosed=False)
        return self.lay_out_html(html, replacements)

    def convert(self, text: str, replacements: Replacements, *, is_enclosed: bool) -> str:
        """Return Markdown as HTML, with its placeholders."""
        if self._env is None:
            self._env = number_footnotes(replacements.text, self._context)
        env = {**self._env, IS_ENCLOSED: is_enclosed}
        return str(build_parser(commonmark=self.is_commonmark).render(text, env))

    def _convert_draft(self, draft: str, replacements: Replacements, *, is_enclosed: bool) -> str:
        if not self.is_from_template:
            return self.convert(draft, replacements, is_enclosed=is_enclosed)
        placeholder = replacements.line_break
        held = hold_line_breaks(draft, placeholder)
        html = self.convert(held, replacements, is_enclosed=is_enclosed)
        return html.replace(placeholder, "\n")

    def lay_out_html(self, html: str, replacements: Replacements) -> str:
        """Return converted text with its replacements; in code, with the source instead."""
        html = restore_source_in_code(html, replacements)
        html = lift_blocks(unwrap_blocks(html, replacements), replacements)
        return self.printer.insert(html, replacements)

    def lay_out_content(self, draft: str, replacements: Replacements) -> Markup:
        """Return a single paragraph without its tags, anything else with them."""
        html = self.sanitise(self._convert_draft(draft, replacements, is_enclosed=True))
        html = self.lay_out_html(html, replacements).strip()
        paragraph = _ONLY_PARAGRAPH.match(html)
        return Markup(paragraph[1] if paragraph else html)  # noqa: S704 - sanitised, or trusted

    def unindent(self, draft: str, lead: str) -> str:
        """Return the content without the indentation of a list item and the marks of a quotation,
        which are around the shortcode.
        """
        container = _CONTAINER.match(lead)
        if container is None or "\n" not in draft:
            return draft
        lead = _NOTE.sub("    ", container[0])
        lead = _LIST_MARK.sub(lambda mark: " " * len(mark[0]), lead)
        first, *lines = draft.split("\n")
        return "\n".join([first, *(_remove_lead(line, lead) for line in lines)])

    def split_content(self, draft: str) -> tuple[str, str, str]:
        """Leave the white space before the first line and after the last word in the text."""
        within = draft.strip()
        if not within:
            return draft, "", ""
        start = draft.index(within)
        end = start + len(within)
        line_start = draft.rfind("\n", 0, start) + 1
        start = line_start or start
        return draft[:start], draft[start:end], draft[end:]


def _remove_lead(line: str, lead: str) -> str:
    """Return a line without as much of what it should begin with as it does."""
    length = 0
    for character in lead:
        if line.startswith(character, length):
            length += 1
        elif character != " ":
            break
    return line[length:]

"""The layout of HTML: it passes as it is, except for a `<p>` around nothing but blocks."""

from __future__ import annotations

import re
from functools import cache
from typing import ClassVar

from markupsafe import Markup

from shortcodes.html.gains import find_gained
from shortcodes.html.whole import has_plain_html
from shortcodes_html.layout import Layout
from shortcodes_html.replacements import PLACEHOLDER, Replacement, Replacements, is_block
from shortcodes_strip import blank_patterns


class HtmlLayout(Layout):
    """HTML with replacements in place of its shortcodes."""

    is_html: ClassVar[bool] = True

    def write_literal(self, source: str) -> Markup:
        """Return the source as it is, since it is HTML, but without any tags."""
        return Markup(_escape_tags(source))  # noqa: S704

    def write_source(self, replacement: Replacement) -> str:
        """Return the source as it is, without tags in the content of the shortcode."""
        source, (start, end) = replacement.source.printed, replacement.source.content_span
        if not self.is_sanitising:
            return source
        return source[:start] + _escape_tags(source[start:end]) + source[end:]

    def lay_out(self, draft: str, replacements: Replacements, *, as_page: bool = False) -> str:
        """Return the HTML."""
        return self.printer.insert(unwrap_blocks(draft, replacements), replacements)

    def lay_out_content(self, draft: str, replacements: Replacements) -> Markup:
        """Return the HTML inside a shortcode.

        WordPress wraps delimiters on lines of their own: `<p>[box]</p>...<p>[/box]</p>`. The
        halves of those paragraphs that fall inside are dropped here; `unwrap_blocks` drops the
        others.
        """
        within = _find_within_halves(draft)
        if within:
            draft = draft[within].strip()
        html = self.lay_out(self.sanitise(draft), replacements)
        return Markup(html)  # noqa: S704 - sanitised, or trusted

    def split_content(self, draft: str) -> tuple[str, str, str]:
        """Leave the halves of paragraphs in the text, each sanitised."""
        within = _find_within_halves(draft)
        if within is None:
            return "", draft, ""
        before, after = draft[: within.start], draft[within.stop :]
        closing_tag = before[before.rindex("<") :]
        blank = before[: -len(closing_tag)]
        return (
            self.sanitise(blank) + closing_tag,
            draft[within],
            self.sanitise(after).removesuffix("</p>"),
        )


def _escape_tags(html: str) -> str:
    return html.replace("<", "&lt;").replace(">", "&gt;")


def _find_within_halves(draft: str) -> slice | None:
    """Return the part between two halves of paragraphs, if there are both."""
    before = blank_patterns.compile_patterns().closing.match(draft)
    after = blank_patterns.find_opened_paragraph(draft)
    if before and after and before.end() <= after.start():
        within = slice(before.end(), after.start())
        if find_gained(draft, draft[within]) is None:
            return within
    return None


def unwrap_blocks(html: str, replacements: Replacements) -> str:
    """Return HTML without the `<p>` around paragraphs that contain only block-level outputs."""
    if not replacements:
        return html
    is_blank = blank_patterns.compile_patterns().blank.match

    def unwrap(match: re.Match[str]) -> str:
        parts = list(replacements.split(match[1]))
        blocks = [part for part in parts if not isinstance(part, str)]
        text = "".join(part for part in parts if isinstance(part, str))
        if blocks and all(map(is_block, blocks)) and is_blank(text):
            return "\n".join(block.placeholder for block in blocks)
        return match[0]

    unwrapped = _compile_paragraph().sub(unwrap, html)
    # What looks like a paragraph may be the value of an attribute.
    is_safe = unwrapped == html or has_plain_html(html) or not find_gained(html, unwrapped)
    return unwrapped if is_safe else html


@cache
def _compile_paragraph() -> re.Pattern[str]:
    return blank_patterns.compile_paragraph(PLACEHOLDER)

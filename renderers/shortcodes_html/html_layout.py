"""The layout of HTML: it passes as it is, only a `<p>` around nothing but blocks goes."""

from __future__ import annotations

import re
from functools import cache
from typing import ClassVar

from markupsafe import Markup

from shortcodes.html.edits import find_gained
from shortcodes_html.layout import Layout
from shortcodes_html.replacements import PLACEHOLDER, Output, Outputs, is_block
from shortcodes_strip import blank_patterns


class MarkupLayout(Layout):
    """HTML with its outputs in place."""

    is_html: ClassVar[bool] = True

    def literal(self, source: str) -> Markup:
        """Return the source as part of the HTML, which it is, but without any tags."""
        return Markup(_without_tags(source))  # noqa: S704

    def left(self, output: Output) -> str:
        """Return the source as it is, but for tags in what the shortcode encloses."""
        source, (start, end) = output.source.shown, output.source.enclosed
        if not self.sanitises:
            return source
        return source[:start] + _without_tags(source[start:end]) + source[end:]

    def whole(self, template: str, outputs: Outputs, *, as_page: bool = False) -> str:
        """Return the HTML."""
        return self.printer.place(unwrapped(template, outputs), outputs)

    def enclosed(self, template: str, outputs: Outputs) -> Markup:
        """Return the HTML inside a shortcode.

        WordPress wraps delimiters on lines of their own: `<p>[box]</p>...<p>[/box]</p>`. The
        halves of those paragraphs that fall inside are dropped; `unwrapped` drops the others.
        """
        within = _within_halves(template)
        if within:
            template = template[within].strip()
        made = self.whole(self.harmless(template), outputs)
        return Markup(made)  # noqa: S704 - sanitised, or trusted

    def parts(self, template: str) -> tuple[str, str, str]:
        """Leave the halves of paragraphs in the text, each sanitised."""
        within = _within_halves(template)
        if within is None:
            return "", template, ""
        before, after = template[: within.start], template[within.stop :]
        closing = before[before.rindex("<") :]
        filling = before[: -len(closing)]
        return (
            self.harmless(filling) + closing,
            template[within],
            self.harmless(after).removesuffix("</p>"),
        )


def _without_tags(html: str) -> str:
    return html.replace("<", "&lt;").replace(">", "&gt;")


def _within_halves(template: str) -> slice | None:
    """Return the place between two halves of paragraphs, if there are such."""
    before, after = (
        blank_patterns.patterns().closes.match(template),
        blank_patterns.opening(template),
    )
    if before and after and before.end() <= after.start():
        within = slice(before.end(), after.start())
        if find_gained(template, template[within]) is None:
            return within
    return None


def unwrapped(html: str, outputs: Outputs) -> str:
    """Return HTML without the `<p>` around paragraphs that hold only block-level outputs."""
    if not outputs:
        return html
    only_filler = blank_patterns.patterns().only

    def without(match: re.Match[str]) -> str:
        parts = list(outputs.split(match[1]))
        blocks = [part for part in parts if not isinstance(part, str)]
        rest = "".join(part for part in parts if isinstance(part, str))
        if blocks and all(map(is_block, blocks)) and only_filler.match(rest):
            return "\n".join(block.placeholder for block in blocks)
        return match[0]

    made = _paragraph().sub(without, html)
    if made != html and find_gained(html, made):
        return html  # what looked like a paragraph was the value of an attribute
    return made


@cache
def _paragraph() -> re.Pattern[str]:
    return blank_patterns.paragraph_of(PLACEHOLDER)

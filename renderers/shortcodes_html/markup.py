"""The layout of HTML: it passes as it is, only a `<p>` around nothing but blocks goes."""

from __future__ import annotations

import re
from functools import cache

from markupsafe import Markup

from shortcodes_html.layout import Layout
from shortcodes_html.outputs import PLACEHOLDER, Outputs, is_block
from shortcodes_strip import filler


class MarkupLayout(Layout):
    """HTML with its outputs in place."""

    def literal(self, source: str) -> Markup:
        """Return the source as it is: it is part of the HTML."""
        return Markup(source)  # noqa: S704 - HTML passes as it is

    def whole(self, template: str, outputs: Outputs, *, as_page: bool = False) -> str:
        """Return the HTML."""
        return self.printer.place(unwrapped(template, outputs), outputs)

    def enclosed(self, template: str, outputs: Outputs) -> Markup:
        """Return the HTML inside a shortcode.

        WordPress wraps delimiters on lines of their own: `<p>[box]</p>...<p>[/box]</p>`. The
        halves of those paragraphs that fall inside are dropped; `unwrapped` drops the others.
        """
        before, after = filler.patterns().closes.match(template), filler.opening(template)
        if before and after and before.end() <= after.start():
            template = template[before.end() : after.start()].strip()
        made = self.whole(self.harmless(template), outputs)
        return Markup(made)  # noqa: S704 - sanitised, or trusted


def unwrapped(html: str, outputs: Outputs) -> str:
    """Return HTML without the `<p>` around paragraphs that hold only block-level outputs."""
    if not outputs:
        return html
    only_filler = filler.patterns().only

    def without(match: re.Match[str]) -> str:
        parts = list(outputs.split(match[1]))
        blocks = [part for part in parts if not isinstance(part, str)]
        rest = "".join(part for part in parts if isinstance(part, str))
        if blocks and all(map(is_block, blocks)) and only_filler.match(rest):
            return "\n".join(block.placeholder for block in blocks)
        return match[0]

    return _paragraph().sub(without, html)


@cache
def _paragraph() -> re.Pattern[str]:
    return filler.paragraph_of(PLACEHOLDER)

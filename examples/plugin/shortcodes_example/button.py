"""The handler of `[button url="…"]text[/button]`: a link, if its address is harmless."""

from __future__ import annotations

import re

from markupsafe import Markup

from shortcodes import Context, Shortcode

_HARMLESS = re.compile(r"(?i)(?:https?:|(?![^/?#]*:))[^\x00-\x20\x7f-\xa0]+\Z")
"""With http or https, or without any scheme; and without the characters that browsers skip in an
address, so that `java\\tscript:` runs."""


class ButtonHandler:
    """Makes links of buttons; without a usable address only the text is left."""

    tags = ("button",)

    def handle(self, shortcode: Shortcode, context: Context) -> str:
        """Return the link, or the text alone."""
        url = (shortcode.get("url") or "").strip()
        if not _HARMLESS.match(url):
            context.report("EX001", "the button has no http, https or relative url", shortcode.span)
            return context.content
        return Markup('<a class="button" href="{}">{}</a>').format(url, context.content or url)

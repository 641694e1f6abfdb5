"""The handler of `[button url="…"]text[/button]`: a link, if its address is harmless."""

from __future__ import annotations

import re

from markupsafe import Markup

from shortcodes import Context, Shortcode

_HARMLESS = re.compile(r"(?i)(?:https?:|(?![^/?#]*:))[^\x00-\x20\x7f-\xa0]+\Z")
"""An address with http, https or no scheme. It must not contain characters that browsers skip in an
address, because they would run `java\\tscript:`."""


class ButtonHandler:
    """Renders buttons as links; without a harmless address, only their text."""

    tags = ("button",)

    def handle(self, shortcode: Shortcode, context: Context) -> str:
        """Return the link, or only the text."""
        url = (shortcode.get("url") or "").strip()
        if not _HARMLESS.match(url):
            context.report("EX001", "the button has no http, https or relative url", shortcode.span)
            return context.content
        return Markup('<a class="button" href="{}">{}</a>').format(url, context.content or url)

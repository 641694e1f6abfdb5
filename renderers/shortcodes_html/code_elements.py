"""Shows shortcodes as they are written wherever a Markdown library has made code of the text.

The library decides what is code: an unclosed fence, an indented block or a fence in a list item
cannot be told from text beforehand.
"""

from __future__ import annotations

import re
from html import escape

from shortcodes_html.printer import TOKEN
from shortcodes_html.replacements import Replacements

_NAMES = frozenset({"code", "pre"})
_OPENS = re.compile(r"(?ai)<(?:code|pre)(?=[\s>])")


def restore_source_in_code(html: str, replacements: Replacements) -> str:
    """Return HTML with the source of shortcodes in place of the placeholders in its code.

    Other placeholders stay, and so do those inside the tags of code elements.
    """
    if not replacements or not _OPENS.search(html):
        return html
    open_name = ""

    def restore(match: re.Match[str]) -> str:
        nonlocal open_name
        if match["name"]:
            name = match["name"].lower()
            if match["slash"]:
                open_name = "" if name == open_name else open_name
            elif not open_name and name in _NAMES:
                open_name = name
        elif open_name and match["placeholder"]:
            replacement = replacements.get(match[0])
            return escape(replacement.source.written, quote=False) if replacement else match[0]
        return match[0]

    return TOKEN.sub(restore, html)

"""Shows shortcodes as they are written where a Markdown library has made code of the text.

What is code is the library's word: a fence that is never closed, an indented block, a fence in a
list are code to it, and are not told apart from text before.
"""

from __future__ import annotations

import re
from html import escape

from shortcodes_html.printer import TOKEN
from shortcodes_html.replacements import Outputs

_NAMES = frozenset({"code", "pre"})
_OPENS = re.compile(r"(?i)<(?:code|pre)(?=[\s>])")


def with_source(html: str, outputs: Outputs) -> str:
    """Return HTML with the source of shortcodes in the content of its code.

    Placeholders elsewhere stay, and so do those inside the tags of the code.
    """
    if not outputs or not _OPENS.search(html):
        return html
    inside = ""

    def shown(match: re.Match[str]) -> str:
        nonlocal inside
        if match["name"]:
            name = match["name"].lower()
            if match["slash"]:
                inside = "" if name == inside else inside
            elif not inside and name in _NAMES:
                inside = name
        elif inside and match["placeholder"]:
            output = outputs.get(match[0])
            return escape(output.source.written, quote=False) if output else match[0]
        return match[0]

    return TOKEN.sub(shown, html)

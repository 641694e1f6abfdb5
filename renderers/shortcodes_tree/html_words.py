"""Extracts the words that a reader of HTML sees, one line for each block."""

from __future__ import annotations

import re

from shortcodes.html.references import unescape
from shortcodes.html.tags import replace_tags

_INLINE = re.compile(
    "(?ai)a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|q|s|samp"
    "|small|span|strike|strong|sub|sup|time|tt|u|var|wbr"
)
"""Elements that do not separate words."""

_UNSEEN = ("script", "style", "template")
_OPENS = re.compile(
    r"(?ai)<!--|(?P<whole><!doctype\b[^<>]*+>)|<(?P<name>script|style|template)(?=[\s/>])"
)
_CLOSES = {
    "": re.compile("-->"),
    **{name: re.compile(rf"(?ai)</{name}\s*+>") for name in _UNSEEN},
}
_SPACE = re.compile(r"\s++")


def extract_words(html: str) -> str:
    """Return the words of HTML with line breaks between blocks; entities are decoded."""
    return unescape(replace_tags(_SPACE.sub(" ", _remove_unseen(html)), _write_separator))


def collapse_space(text: str) -> str:
    """Return a text with single spaces between the words of each line, and no empty lines."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "".join(f"{line}\n" for line in lines if line)


def _write_separator(name: str) -> str:
    return "" if _INLINE.fullmatch(name) else "\n"


def _remove_unseen(html: str) -> str:
    """Return HTML without comments, scripts and styles; one that is never closed is text."""
    parts, offset = [], 0
    never_closed: set[str] = set()  # so that no closing tag is looked for twice
    for opener in _OPENS.finditer(html):
        name = (opener["name"] or "").lower()
        if opener.start() < offset or name in never_closed:
            continue
        end = opener.end()
        if not opener["whole"]:
            closer = _CLOSES[name].search(html, end)
            if closer is None:
                never_closed.add(name)
                continue
            end = closer.end()
        parts.append(html[offset : opener.start()])
        offset = end
    return "".join([*parts, html[offset:]])

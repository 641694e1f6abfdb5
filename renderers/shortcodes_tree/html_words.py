"""HTML to the words that a reader sees, a line for each block. No tag is looked at twice."""

from __future__ import annotations

import re
from html import unescape

from shortcodes.html.tags import replace_tags

_INLINE = re.compile(
    "(?i)a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|q|s|samp"
    "|small|span|strike|strong|sub|sup|time|tt|u|var|wbr"
)
"""Elements that part no words."""

_UNSEEN = ("script", "style", "template")
_OPENS = re.compile(
    r"(?i)<!--|(?P<whole><!doctype\b[^<>]*+>)|<(?P<name>script|style|template)(?=[\s/>])"
)
_CLOSES = {
    "": re.compile("-->"),
    **{name: re.compile(rf"(?i)</{name}\s*+>") for name in _UNSEEN},
}
_SPACE = re.compile(r"\s++")


def words_of(html: str) -> str:
    """Return the words of HTML with line breaks between blocks; entities are decoded."""
    return unescape(replace_tags(_SPACE.sub(" ", _seen(html)), _instead))


def collapsed(text: str) -> str:
    """Return lines without what is white space around and between their words; none is empty."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "".join(f"{line}\n" for line in lines if line)


def _instead(name: str) -> str:
    return "" if _INLINE.fullmatch(name) else "\n"


def _seen(html: str) -> str:
    """Return HTML without comments, scripts and styles. One that is never closed is text."""
    parts, position = [], 0
    never_closed: set[str] = set()
    for opener in _OPENS.finditer(html):
        name = (opener["name"] or "").lower()
        if opener.start() < position or name in never_closed:
            continue
        end = opener.end()
        if not opener["whole"]:
            closer = _CLOSES[name].search(html, end)
            if closer is None:
                never_closed.add(name)
                continue
            end = closer.end()
        parts.append(html[position : opener.start()])
        position = end
    return "".join([*parts, html[position:]])

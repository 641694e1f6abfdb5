"""Extracts the words that a reader of HTML sees, one line for each block."""

from __future__ import annotations

import re

from shortcodes.html.references import unescape
from shortcodes.html.seen import replace_tags

_INLINE = re.compile(
    "(?ai)a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|q|s|samp"
    "|small|span|strike|strong|sub|sup|time|tt|u|var|wbr"
)
"""Elements that do not separate words."""

_SPACE = re.compile(r"\s++")


def extract_words(html: str) -> str:
    """Return the words of HTML with line breaks between blocks; entities are decoded."""
    return unescape(replace_tags(html, _write_separator, _join_lines))


def collapse_space(text: str) -> str:
    """Return a text with single spaces between the words of each line, and no empty lines."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "".join(f"{line}\n" for line in lines if line)


def _write_separator(name: str) -> str:
    return "" if _INLINE.fullmatch(name) else "\n"


def _join_lines(text: str) -> str:
    return _SPACE.sub(" ", text)

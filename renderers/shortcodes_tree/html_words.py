"""Extracts the words that a reader of HTML sees, one line for each block."""

from __future__ import annotations

import re

from shortcodes.html.elements import INLINE
from shortcodes.html.references import unescape
from shortcodes.html.seen import replace_tags

_SPACE = re.compile(r"\s++")


def extract_words(html: str) -> str:
    """Return the words of HTML with line breaks between blocks; entities are decoded."""
    return unescape(replace_tags(html, _write_separator, _join_lines))


def collapse_space(text: str) -> str:
    """Return a text with single spaces between the words of each line, and no empty lines."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "".join(f"{line}\n" for line in lines if line)


def _write_separator(name: str) -> str:
    return "" if name.lower() in INLINE else "\n"


def _join_lines(text: str) -> str:
    return _SPACE.sub(" ", text)

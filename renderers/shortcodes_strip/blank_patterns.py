"""Patterns of blank text: white space as the grammar has it, and the tags of empty paragraphs.

Every pattern reads each character once: it never gives blank text back, and no tag reads beyond
the next "<".
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from shortcodes.html.tags import PLAIN_REST
from shortcodes.lenient.grammar import terminals

_OPENING = rf"<p(?=[\s>]){PLAIN_REST}"
_CLOSING = r"</p\s*+>"


class BlankPatterns(NamedTuple):
    """Patterns that are compiled when a text first needs them, since that loads the grammar."""

    blank: re.Pattern[str]
    """Blank text up to the end."""
    opening: re.Pattern[str]
    """The opening tag of a paragraph, and blank text up to the end."""
    closing: re.Pattern[str]
    """Blank text, and the closing tag of a paragraph."""


@cache
def compile_patterns() -> BlankPatterns:
    """Return the patterns of what may be removed together with a shortcode."""
    blank = rf"(?:{_write_blank()}|(?!).)*+"
    return BlankPatterns(
        blank=re.compile(rf"(?i){blank}\Z"),
        opening=re.compile(rf"(?i){_OPENING}{blank}\Z"),
        closing=re.compile(rf"(?i){blank}{_CLOSING}"),
    )


def compile_paragraph(word: str) -> re.Pattern[str]:
    """Return the pattern of a paragraph of such words and blank text; its content is group 1."""
    return re.compile(rf"(?i){_OPENING}((?:{_write_blank()}|{word}|(?!).)*+){_CLOSING}")


def find_opened_paragraph(text: str) -> re.Match[str] | None:
    """Return the last opening tag of a paragraph, if only blank text follows it."""
    # Blank text contains no "<p", so that only the last one can match.
    offset = max(text.rfind("<p"), text.rfind("<P"))
    return compile_patterns().opening.match(text, offset) if offset >= 0 else None


def _write_blank() -> str:
    """Return the pattern of one white-space character, entity or line-break tag."""
    # With another argument than everywhere else, the grammar would be compiled once more.
    space = terminals(False)["_WS"].removesuffix("++")
    # The grammar's white space includes the tags of paragraphs, which are not white space here.
    return rf"(?:\s|(?!</?p){space}|<br\b{PLAIN_REST})"

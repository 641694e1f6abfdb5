"""Patterns of blank text: white space as the grammar has it, and the tags around what may be empty.

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
_BREAK = rf"<br\b{PLAIN_REST}"

_BLOCK_NAME = r"wp:(?P<block>[a-z][a-z0-9_/-]*+)"
_BLOCK_REST = r"(?=[\s-])(?:[^<>-]|-(?!->)|(?!).)*+(?<!/)-->"
"""What follows the name of a block that has content: its attributes, as JSON."""
_OPENED = rf"(?:{_OPENING}|<!--\s++{_BLOCK_NAME}{_BLOCK_REST})"
_WRAPPER = rf"(?P<tag>{_OPENING}|{_CLOSING}|<!--\s++(?P<slash>/)?+{_BLOCK_NAME}{_BLOCK_REST})"
"""A tag of a paragraph, or the comment that begins or ends a block of WordPress's editor."""


class BlankPatterns(NamedTuple):
    """Patterns that are compiled when a text first needs them, since that loads the grammar."""

    blank: re.Pattern[str]
    """Blank text up to the end."""
    opening: re.Pattern[str]
    """The opening tag of a paragraph, and blank text up to the end."""
    closing: re.Pattern[str]
    """Blank text, and the closing tag of a paragraph."""
    may_be_blank: re.Pattern[str]
    """What blank text that may end with a tag begins with. This is a quick check."""
    wrapper: re.Pattern[str]
    """Blank text, and the `tag` of a paragraph or the comment of a `block`, or the end."""
    opened: re.Pattern[str]
    """What begins a paragraph or a `block`, and blank text up to the end."""
    line_start: re.Pattern[str]
    """The opening tag of a paragraph, or a line break, and white space up to the end."""
    line_end: re.Pattern[str]
    """White space, and then a line break, the closing tag of a paragraph, or the end."""
    space: re.Pattern[str]
    """One character of white space, or an entity."""
    blank_lines: re.Pattern[str]
    """Lines of nothing but white space, each with its line break."""


@cache
def compile_patterns() -> BlankPatterns:
    """Return the patterns of what may be removed together with a shortcode."""
    blank = rf"(?:{_write_space()}|{_BREAK}|(?!).)*+"
    space = rf"(?:{_write_space()}|(?!).)*+"
    return BlankPatterns(
        blank=re.compile(rf"(?i){blank}\Z"),
        opening=re.compile(rf"(?i){_OPENING}{blank}\Z"),
        closing=re.compile(rf"(?i){blank}{_CLOSING}"),
        may_be_blank=re.compile(r"\s*+(?:[<&\u200b]|\Z)"),
        wrapper=re.compile(rf"(?i){blank}(?:{_WRAPPER}|\Z)"),
        opened=re.compile(rf"(?i){_OPENED}{blank}\Z"),
        line_start=re.compile(rf"(?i)(?:(?P<break>{_BREAK})|{_OPENING}){space}\Z"),
        line_end=re.compile(
            rf"(?i){space}(?:(?P<break>{_BREAK}[^\S\r\n]*+(?:\r\n|\r|\n|(?!).)?+)|(?={_CLOSING})|\Z)"
        ),
        space=re.compile(rf"(?i){_write_space()}"),
        blank_lines=re.compile(r"(?:[^\S\r\n]*+(?>\r\n|\r|\n)|(?!).)++"),
    )


def compile_paragraph(word: str) -> re.Pattern[str]:
    """Return the pattern of a paragraph of such words and blank text; its content is group 1."""
    blank = rf"{_write_space()}|{_BREAK}"
    return re.compile(rf"(?i){_OPENING}((?:{blank}|{word}|(?!).)*+){_CLOSING}")


def find_opened_paragraph(text: str) -> re.Match[str] | None:
    """Return the last opening tag of a paragraph, if only blank text follows it."""
    # Blank text contains no "<p", so that only the last one can match.
    offset = max(text.rfind("<p"), text.rfind("<P"))
    return compile_patterns().opening.match(text, offset) if offset >= 0 else None


def _write_space() -> str:
    """Return the pattern of one white-space character or entity."""
    # With another argument than everywhere else, the grammar would be compiled once more.
    space = terminals(False)["_WS"].removesuffix("++")
    # The grammar's white space includes HTML tags, which are not white space here.
    return rf"(?:\s|(?!<){space})"

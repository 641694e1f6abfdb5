"""Finds a title for a page: its first heading, or else its first line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from shortcodes.html.tags import PLAIN_REST
from shortcodes.plugins import Format
from shortcodes_html.language import extract_prose
from shortcodes_html.markdown_parser import build_parser

MAX_TITLE = 120
"""Code points of a title; a longer one is cut and gets an ellipsis."""

_HEADING = re.compile(rf"(?is)<h1\b{PLAIN_REST}(.*?)(?:</h1|\Z)")
_LINE = re.compile(r"[^\r\n]++")
_REPLACEMENTS = {"softbreak": "\n", "hardbreak": "\n", "html_inline": ""}


def find_title(text: str, form: Format, prose: str) -> str:
    """Return the title of a text without shortcodes; empty if it has no words.

    `prose` is the text without tags.
    """
    titles = map(_shorten, _CANDIDATES[form](text, prose))
    return next(filter(None, titles), "")


def _list_lines(text: str, prose: str) -> Iterator[str]:
    return (match[0] for match in _LINE.finditer(prose))


def _list_from_html(text: str, prose: str) -> Iterator[str]:
    if heading := _HEADING.search(text):
        yield extract_prose(heading[1], "html")
    yield from _list_lines(text, prose)


def _list_from_markdown(text: str, prose: str) -> Iterator[str]:
    tokens = build_parser().parse(text.removeprefix("\ufeff"))
    inline = [(before.type, token) for before, token in pairwise(tokens) if token.type == "inline"]
    # The sort is stable: headings first, then everything else, both in the order of the text.
    for _, token in sorted(inline, key=lambda pair: pair[0] != "heading_open"):
        parts = (_REPLACEMENTS.get(part.type, part.content) for part in token.children or ())
        yield from _LINE.findall("".join(parts))
    yield from _list_lines(text, prose)


_CANDIDATES: dict[Format, Callable[[str, str], Iterator[str]]] = {
    "text": _list_lines,
    "html": _list_from_html,
    "markdown": _list_from_markdown,
}
"""What yields possible titles, the best first; the first one with words is used."""


def _shorten(line: str) -> str:
    words = " ".join(line.strip("\ufeff").split())
    return words if len(words) <= MAX_TITLE else words[: MAX_TITLE - 1].rstrip() + "…"

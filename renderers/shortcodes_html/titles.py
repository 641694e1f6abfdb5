"""The title of a page when nobody says it: its first heading, else its first line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from shortcodes.html.tags import PLAIN_REST
from shortcodes.plugins import Format
from shortcodes_html import language
from shortcodes_html.markdown_layout import markdown

MAX_TITLE = 120
"""Code points of a title; what is longer is cut with an ellipsis."""

_HEADING = re.compile(rf"(?is)<h1\b{PLAIN_REST}(.*?)(?:</h1|\Z)")
_LINE = re.compile(r"[^\r\n]++")
_INSTEAD = {"softbreak": "\n", "hardbreak": "\n", "html_inline": ""}


def title(text: str, form: Format, prose: str) -> str:
    """Return the title of a stripped text, of which `prose` is what remains without tags.

    It is empty where the text has no words.
    """
    found = map(_words, _CANDIDATES[form](text, prose))
    return next(filter(None, found), "")


def _lines(text: str, prose: str) -> Iterator[str]:
    return (match[0] for match in _LINE.finditer(prose))


def _of_html(text: str, prose: str) -> Iterator[str]:
    if heading := _HEADING.search(text):
        yield language.prose(heading[1], "html")
    yield from _lines(text, prose)


def _of_markdown(text: str, prose: str) -> Iterator[str]:
    tokens = markdown().parse(text.removeprefix("\ufeff"))
    inline = [(before.type, token) for before, token in pairwise(tokens) if token.type == "inline"]
    # The sort is stable: headings first, then all else, both in the order of the text.
    for _, token in sorted(inline, key=lambda found: found[0] != "heading_open"):
        shown = (_INSTEAD.get(part.type, part.content) for part in token.children or ())
        yield from _LINE.findall("".join(shown))
    yield from _lines(text, prose)


_CANDIDATES: dict[Format, Callable[[str, str], Iterator[str]]] = {
    "text": _lines,
    "html": _of_html,
    "markdown": _of_markdown,
}
"""Texts that may be the title, the best first; the first with words is it."""


def _words(line: str) -> str:
    words = " ".join(line.strip("\ufeff").split())
    return words if len(words) <= MAX_TITLE else words[: MAX_TITLE - 1].rstrip() + "…"

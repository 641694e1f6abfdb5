"""Writes Markdown (CommonMark): escaped words, addresses, and inline HTML as Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from shortcodes.markdown_escaping import escape_words

_ENTITY = re.compile(r"&(?=#?[A-Za-z0-9]++;)")
_DESTINATION = str.maketrans({"(": "%28", ")": "%29", " ": "%20"})
_ABSOLUTE = re.compile(r"https?://", re.IGNORECASE)
_MAX_DEPTH = 20
_EMPHASIS = {"em": "*", "i": "*", "strong": "**", "b": "**"}


def link(text: str, url: str) -> str:
    """Return a link with a text that is Markdown already."""
    return f"[{text}]({destination(url)})"


def image(alt: str, url: str, target: str = "") -> str:
    """Return an image, inside a link if it has a target."""
    shown = f"!{link(escape_words(alt), url)}"
    return link(shown, target) if target else shown


def bare_link(url: str) -> str:
    """Return a link that shows its address."""
    return f"<{url}>" if _ABSOLUTE.match(url) else link(escape_words(url), url)


def destination(url: str) -> str:
    """Return a URL as it may stand between parentheses."""
    return _ENTITY.sub(r"\\&", url.translate(_DESTINATION))


def from_html(html: str) -> str:
    """Return sanitised inline HTML as Markdown: emphasis, links and images; of the rest the text.

    Line breaks become spaces.
    """
    writer = _Writer()
    writer.feed(html)
    writer.close()
    return writer.written()


class _Writer(HTMLParser):
    """Takes HTML that the sanitiser has closed and nested."""

    def __init__(self) -> None:
        super().__init__()
        self._frames: list[list[str]] = [[]]
        self._open: list[tuple[str, str, bool]] = []
        """Tag, target of a link, and whether it is written: each one costs its content again."""

    def written(self) -> str:
        return "".join(part for frame in self._frames for part in frame).strip()

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "img":
            self._frames[-1].append(image(given.get("alt", ""), given.get("src", "")))
        elif tag == "br":
            self._frames[-1].append(" ")
        elif tag in _EMPHASIS or tag == "a":
            written = len(self._frames) <= _MAX_DEPTH
            self._open.append((tag, given.get("href", ""), written))
            if written:
                self._frames.append([])

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1][0] == tag:
            _, href, written = self._open.pop()
            if written:
                inside = "".join(self._frames.pop())
                self._frames[-1].append(_around(tag, href, inside))

    def handle_data(self, data: str) -> None:
        before = " " if data[:1].isspace() else ""
        after = " " if data[-1:].isspace() and data.strip() else ""
        self._frames[-1].append(f"{before}{escape_words(data)}{after}")


def _around(tag: str, href: str, inside: str) -> str:
    """Return Markdown inside emphasis or a link, with the spaces at its edges outside."""
    core = inside.strip()
    if not core or (tag == "a" and not href):
        return inside
    if tag == "a":
        made = link(core, href)
    elif core[0].isalnum() and core[-1].isalnum():
        made = f"{_EMPHASIS[tag]}{core}{_EMPHASIS[tag]}"
    else:  # asterisks beside punctuation may be no emphasis
        made = f"<{tag}>{core}</{tag}>"
    before = " " if inside[0].isspace() else ""
    after = " " if inside[-1].isspace() else ""
    return f"{before}{made}{after}"

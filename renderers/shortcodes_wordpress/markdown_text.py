"""Writes links, images and inline HTML as Markdown (CommonMark)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from shortcodes.common.markdown_escaping import escape_words

_ENTITY = re.compile(r"&(?=#?[A-Za-z0-9]++;)")
_LONE_MARK = re.compile(r"(?<!\\)(?:\\\\|(?!).)*+!\Z")
_DESTINATION = str.maketrans({"(": "%28", ")": "%29", " ": "%20"})
_ABSOLUTE = re.compile(r"(?ai)https?://")
_MAX_DEPTH = 20
_EMPHASIS = {"em": "*", "i": "*", "strong": "**", "b": "**"}


def write_link(text: str, url: str) -> str:
    """Return a link whose text is Markdown already."""
    return f"[{text}]({_write_destination(url)})"


def escape_mark_before(text: str, element: str) -> str:
    """Return Markdown with the "!" at its end escaped where a link follows, which would otherwise
    be an image.
    """
    is_mark = element.startswith("[") and _LONE_MARK.search(text)
    return f"{text[:-1]}\\!" if is_mark else text


def write_image(alt: str, url: str, target: str = "") -> str:
    """Return an image, inside a link if it has a target."""
    image = f"!{write_link(escape_words(alt), url)}"
    return write_link(image, target) if target else image


def write_bare_link(url: str) -> str:
    """Return a link that shows its address."""
    return f"<{url}>" if _ABSOLUTE.match(url) else write_link(escape_words(url), url)


def _write_destination(url: str) -> str:
    """Return a URL so that it can stand between parentheses."""
    return _ENTITY.sub(r"\\&", url.translate(_DESTINATION))


def convert_html(html: str) -> str:
    """Return sanitised inline HTML as Markdown on one line.

    Emphasis, links and images are kept; of other elements, the text is.
    """
    writer = _MarkdownWriter()
    writer.feed(html)
    writer.close()
    return writer.join()


class _MarkdownWriter(HTMLParser):
    """Reads HTML in which the sanitiser has closed and nested all elements."""

    def __init__(self) -> None:
        super().__init__()
        self._frames: list[list[str]] = [[]]
        self._open: list[tuple[str, str, bool]] = []
        """Tag, target of a link, and whether the element is kept. The content of each one that is
        kept is copied once more, so that deep ones are not."""

    def join(self) -> str:
        return "".join(part for frame in self._frames for part in frame).strip()

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "img":
            image = write_image(attributes.get("alt", ""), attributes.get("src", ""))
            self._frames[-1].append(image)
        elif tag == "br":
            self._frames[-1].append(" ")
        elif tag in _EMPHASIS or tag == "a":
            is_kept = len(self._frames) <= _MAX_DEPTH
            self._open.append((tag, attributes.get("href", ""), is_kept))
            if is_kept:
                self._frames.append([])

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1][0] == tag:
            _, href, is_kept = self._open.pop()
            if is_kept:
                content = "".join(self._frames.pop())
                element, parts = _write_element(tag, href, content), self._frames[-1]
                if parts:
                    parts[-1] = escape_mark_before(parts[-1], element)
                parts.append(element)

    def handle_data(self, data: str) -> None:
        before = " " if data[:1].isspace() else ""
        after = " " if data[-1:].isspace() and data.strip() else ""
        self._frames[-1].append(f"{before}{escape_words(data)}{after}")


def _write_element(tag: str, href: str, content: str) -> str:
    """Return Markdown as emphasis or a link, with the spaces at its edges outside."""
    core = content.strip()
    if not core or (tag == "a" and not href):
        return content
    if tag == "a":
        element = write_link(core, href)
    elif core[0].isalnum() and core[-1].isalnum():
        element = f"{_EMPHASIS[tag]}{core}{_EMPHASIS[tag]}"
    else:  # next to punctuation, asterisks may not be read as emphasis
        element = f"<{tag}>{core}</{tag}>"
    before = " " if content[0].isspace() else ""
    after = " " if content[-1].isspace() else ""
    return f"{before}{element}{after}"

"""Writes links, images and inline HTML as Markdown (CommonMark)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html.parser import HTMLParser

from shortcodes.common.markdown_escaping import escape_line_start, escape_words

_ENTITY = re.compile(r"&(?=#?[A-Za-z0-9]++;)")
_LONE_MARK = re.compile(r"(?<!\\)(?:\\\\|(?!).)*+!\Z")
_DESTINATION = str.maketrans({"(": "%28", ")": "%29", " ": "%20"})
_ABSOLUTE = re.compile(r"(?ai)https?://")
_MAX_DEPTH = 20
_EMPHASIS = {"em": "*", "i": "*", "strong": "**", "b": "**"}
_NOT_BLOCKS = frozenset({*_EMPHASIS, "a", "br", "img"})
_ITEM = "- "
_BLOCK_MARKS = {"li": _ITEM, **{f"h{level}": f"{'#' * level} " for level in range(1, 7)}}
"""What begins the Markdown of a block; nothing for a paragraph."""


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


def convert_html(html: str, *, keep_markdown: bool = False) -> str:
    """Return sanitised inline HTML as Markdown on one line.

    Emphasis, links and images are kept; of other elements, the text is. With `keep_markdown`, the
    text is Markdown already, in which only what would be HTML is escaped.
    """
    writer = _MarkdownWriter(_keep_marks if keep_markdown else escape_words)
    writer.feed(html)
    writer.close()
    return writer.join()


def convert_blocks(html: str) -> str:
    """Return sanitised HTML as Markdown, each block as a paragraph, a heading or an item of a list.

    Empty if it has no words, links or images.
    """
    writer = _BlockWriter()
    writer.feed(html)
    writer.close()
    return writer.join_blocks()


def _keep_marks(text: str) -> str:
    """Return Markdown on one line, with nothing in it that HTML could begin with."""
    return _ENTITY.sub("&amp;", " ".join(text.split())).replace("<", "&lt;")


class _MarkdownWriter(HTMLParser):
    """Reads HTML in which the sanitiser has closed and nested all elements."""

    def __init__(self, write_words: Callable[[str], str] = escape_words) -> None:
        super().__init__()
        self._write_words = write_words
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
        self._frames[-1].append(f"{before}{self._write_words(data)}{after}")


class _BlockWriter(_MarkdownWriter):
    """Reads HTML with blocks in it."""

    def __init__(self) -> None:
        super().__init__()
        self._blocks: list[tuple[str, str]] = []
        """What begins each block, and its Markdown."""
        self._mark = ""

    def join_blocks(self) -> str:
        """Return the Markdown of all blocks."""
        self._end_block()
        parts: list[str] = []
        for mark, block in self._blocks:
            if parts:
                parts.append("\n" if mark == parts[-2] == _ITEM else "\n\n")
            parts += mark, block
        return "".join(parts)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("src")
        if tag == "img" and not address:
            self._frames[-1].append(escape_words(dict(attrs).get("alt") or ""))
        elif tag in _NOT_BLOCKS:
            super().handle_starttag(tag, attrs)
        elif tag == "iframe":
            self._frames[-1].append(write_bare_link(address) if address else "")
        else:
            self._end_block()
            self._mark = _BLOCK_MARKS.get(tag, "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _NOT_BLOCKS:
            super().handle_endtag(tag)
        elif tag != "iframe":
            self._end_block()

    def _end_block(self) -> None:
        """End the block, unless a link or emphasis goes on, which is then one line."""
        if len(self._frames) > 1:
            self._frames[-1].append(" ")
            return
        if block := self.join():
            self._blocks.append((self._mark, escape_line_start(block)))
            self._mark = ""
        self._frames = [[]]


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

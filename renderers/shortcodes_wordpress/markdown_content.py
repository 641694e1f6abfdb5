"""What shortcodes enclose in a text that is Markdown already: images, words and addresses.

Markdown is kept as it is written, as far as it holds no HTML. HTML in it is sanitised and written
as Markdown, as in any other text.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from markupsafe import Markup

from shortcodes import Call
from shortcodes_wordpress.enclosed_html import clean_inline, extract_images
from shortcodes_wordpress.markdown_text import convert_html

_TEXT = r"(?:[^\[\]<>\n\\]|\\[^\n]|(?!).)*+"
_ADDRESS = r"(?:[^()<>\s\\]|\\[^\s]|\([^()<>\s]*+\)|(?!).)*+"
_TARGET = rf"(?:\({_ADDRESS}(?:[ \t]++\"[^\"<>\n]*+\"|(?!).)?+\)|\[{_TEXT}\])"
"""An address with an optional title, or the label of a reference."""
_IMAGE = rf"!\[{_TEXT}\]{_TARGET}"


class MarkdownParts(NamedTuple):
    """The parts of enclosed Markdown."""

    images: list[str]
    """Images with the links around them, as Markdown."""
    words: str
    """Everything else, on one line."""


def is_markdown(call: Call) -> bool:
    """Return whether what a shortcode encloses is Markdown, by its document or its images."""
    document = call.document
    if document.code_finders or document.escapes_brackets:
        return True
    content = call.shortcode.content or ""
    return "<img" not in content.lower() and _compile_image().search(content) is not None


def split_images(call: Call) -> MarkdownParts:
    """Return the images that a shortcode encloses, and the words beside them.

    Raises `ValueError` if there is no image or one without a URL, or if a URL is refused.
    """
    images: list[str] = []

    def take(match: re.Match[str]) -> str:
        html = match["html"]
        if html:
            image = convert_html(extract_images(call, Markup(html)).media[0])  # noqa: S704
            images.append(f"[{image}]{match['target']}")
        else:
            images.append(match[0])
        return " "

    rest = _compile_image().sub(take, call.shortcode.content or "")
    if images and "<img" not in rest.lower():
        return MarkdownParts(images, write_words(rest))
    parts = extract_images(call, Markup(_replace_autolinks(rest)))  # noqa: S704 - it sanitises
    more = map(convert_html, parts.media)
    return MarkdownParts([*images, *more], convert_html(parts.words, keep_markdown=True))


def write_words(text: str) -> str:
    """Return words in Markdown as they are, on one line; HTML among them is sanitised."""
    if "<" not in text:
        return " ".join(text.split())
    return convert_html(clean_inline(_replace_autolinks(text)), keep_markdown=True)


def read_address(text: str) -> str:
    """Return the address that a text in Markdown is, or that is linked in it.

    Backslashes that Markdown exports put before marks are dropped.
    """
    link = _compile_link().fullmatch(text.strip())
    return _compile_escape().sub(r"\1", (link["auto"] or link["address"]) if link else text)


def _replace_autolinks(text: str) -> str:
    """Return Markdown with plain links in place of addresses in angle brackets."""
    return _compile_autolink().sub(r"[\1](\1)", text)


@cache
def _compile_image() -> re.Pattern[str]:
    """Return the pattern of an image, with or without a link around it."""
    html = r"(?P<html><[iI][mM][gG](?=[\s/])[^<>]*+>)"
    return re.compile(rf"\[\s*+(?:{html}|{_IMAGE})\s*+\](?P<target>{_TARGET})|{_IMAGE}")


@cache
def _compile_autolink() -> re.Pattern[str]:
    return re.compile(r"<(https?://[^\s<>()\[\]]++)>")


@cache
def _compile_link() -> re.Pattern[str]:
    return re.compile(rf"<(?P<auto>[^\s<>]++)>|\[{_TEXT}\]\((?P<address>{_ADDRESS})\)")


@cache
def _compile_escape() -> re.Pattern[str]:
    return re.compile(r"\\([!-/:-@\[-`{-~])")

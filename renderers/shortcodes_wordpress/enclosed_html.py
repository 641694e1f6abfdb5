"""The HTML that `caption`, `audio` and `video` enclose: written by an author, sanitised by nh3.

Inline words and links stay, and so do the elements that a tag is made for; everything else goes.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from shortcodes import Call
from shortcodes.html.references import unescape
from shortcodes.html.tags import attributes
from shortcodes.html.tokens import tokens
from shortcodes_html.nesting import is_too_deep
from shortcodes_wordpress.urls import check_link, check_url
from shortcodes_wordpress.values import MAX_PIXELS, join_classes, read_whole_number

if TYPE_CHECKING:
    from nh3 import Cleaner

_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd"}
    | {"mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "u", "var", "wbr"}
)
_ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"src", "alt", "title", "width", "height", "class"},
    "track": {"src", "kind", "srclang", "label", "default"},
}
_CHECKS = {"href": check_link, "src": check_url}
"""What checks the URL in an attribute."""
_DROPPED = {"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "title"}
"""Elements whose content is not text for readers."""

# Attributes that the sanitiser returns are always in double quotes, and contain none.
_ATTRIBUTE = r'(?: [a-z-]++="[^"]*+"|(?!).)*+'
_SPACES = r"[ \t\r\n\xa0]*+"
_IMAGE = re.compile(
    rf"<a{_ATTRIBUTE}>{_SPACES}<img{_ATTRIBUTE}>{_SPACES}</a>|<img{_ATTRIBUTE}>", re.ASCII
)
_BLOCKS = frozenset(
    {"address", "blockquote", "dd", "div", "dt", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"li", "p", "pre", "tr"}
)
_TRACK = re.compile(rf"<track{_ATTRIBUTE}>", re.ASCII)
_EMPTY_START = re.compile(r"(?:\s|<br>|&nbsp;|(?!).)*+")
_EMPTY_ENDS = ("<br>", "&nbsp;", " ", "\n", "\t", "\xa0")
_TAG = re.compile(r"<[^>]*+(?:>|\Z)")


class EnclosedParts(NamedTuple):
    """The parts of enclosed HTML."""

    media: tuple[Markup, ...]
    """Images with the links around them, or tracks."""
    words: Markup
    """Everything else; empty if it has no words."""


def extract_images(call: Call, content: Markup) -> EnclosedParts:
    """Return the images that a shortcode encloses, and the words beside them.

    Raises `ValueError` if there is no image or one without a URL, or if a URL is refused.
    """
    parts = _extract(_read_html(call, content), "img", _IMAGE)
    if not parts.media:
        raise ValueError("it encloses no image")
    if not all(map(_has_source, parts.media)):
        raise ValueError("the URL of its image is missing")
    return parts


def extract_tracks(call: Call, content: Markup) -> EnclosedParts:
    """Return the `<track>` elements that a shortcode encloses, and the words beside them.

    Raises `ValueError` if a URL is refused.
    """
    parts = _extract(_read_html(call, content), "track", _TRACK)
    return EnclosedParts(tuple(filter(_has_source, parts.media)), parts.words)


def _has_source(element: str) -> bool:
    """Return whether an image, with the link around it, or a track has a URL."""
    names = (
        name
        for token in tokens(element)
        if token.is_tag
        for name, _ in attributes(element, token.start, token.end)
    )
    return "src" in names


def clean_inline(html: str) -> Markup:
    """Return HTML with nothing but inline words and links. Raises `ValueError` if the URL of a link
    is refused.
    """
    return _trim(_clean("", html))


def read_html_value(call: Call, name: str, value: str) -> str:
    """Return the value of an attribute as HTML: as WordPress prints it, with its entities.

    An entity such as `&lt;` stays text. Decoded, it could be a tag, which a template that escapes
    a variable has ruled out.
    """
    if not value:
        return value
    nodes = reversed(call.shortcode.attribute_nodes)
    raw = next((node.raw for node in nodes if (node.name or "").lower() == name), "")
    return raw if "&" in raw else value


def extract_url(content: Markup) -> str:
    """Return the URL that a shortcode encloses, without tags and entities."""
    return content.striptags().replace("&amp;", "&")


def _read_html(call: Call, content: Markup) -> str:
    """Return the content of a shortcode as HTML.

    WordPress's tags enclose HTML in plain text too, where the content is escaped.
    """
    source = call.shortcode.content or ""
    return source if call.context.format == "text" and "<" in source else content


def _extract(html: str, name: str, pattern: re.Pattern[str]) -> EnclosedParts:
    clean = _clean(name, html)
    media = tuple(Markup(element) for element in pattern.findall(clean))  # noqa: S704 - sanitised
    return EnclosedParts(media, _trim(pattern.sub("", clean)))


def _trim(clean: str) -> Markup:
    """Return sanitised HTML without empty space at its edges; empty if it has no words."""
    if not _TAG.sub("", clean).replace("&nbsp;", " ").strip():
        return Markup()
    start = match.end() if (match := _EMPTY_START.match(clean)) else 0
    end = len(clean)
    while empty := next((e for e in _EMPTY_ENDS if clean.endswith(e, start, end)), ""):
        end -= len(empty)
    return Markup(clean[start:end])  # noqa: S704 - sanitised


def _clean(extra: str, html: str) -> str:
    """Return HTML, sanitised; HTML that nests too deeply becomes text.

    Blocks, which are dropped, leave line breaks between their words. Raises `ValueError` if a URL
    is refused, which would be lost.
    """
    html = escape(html, quote=False) if is_too_deep(html) else str(html)
    return _build_cleaner(extra).clean(_end_blocks(html, extra))


def _end_blocks(html: str, extra: str) -> str:
    """Return HTML with a line break after each block. Raises `ValueError` for a refused URL."""
    parts: list[str] = []
    offset = 0
    for token in tokens(html):
        if not token.is_tag:
            continue
        name = token.match["name"].lower()
        if token.match["slash"]:
            if name in _BLOCKS and html[offset : token.start].strip():
                parts += html[offset : token.end], "<br>"
                offset = token.end
        elif name in ("a", extra):
            for attribute, span in attributes(html, token.start, token.end):
                if attribute.lower() in _CHECKS:
                    _CHECKS[attribute.lower()](unescape(html[slice(*span)]))
    return "".join([*parts, html[offset:]])


@cache
def _build_cleaner(extra: str) -> Cleaner:
    """Return the sanitiser that allows one element more than inline ones."""
    from nh3 import Cleaner  # needed for enclosed HTML only

    tags = {*_INLINE, extra} - {""}
    return Cleaner(
        tags=tags,
        attributes={tag: names for tag, names in _ATTRIBUTES.items() if tag in {*tags, "*"}},
        attribute_filter=_filter_attribute,
        clean_content_tags=set(_DROPPED),
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )


def _filter_attribute(tag: str, name: str, value: str) -> str | None:
    """Return the value of an attribute as it may be printed, or `None` to leave it out."""
    if name in _CHECKS:
        try:
            return _CHECKS[name](value) or None
        except ValueError:
            return None
    if name in ("width", "height"):
        number = read_whole_number(value)
        return str(min(MAX_PIXELS, max(1, number))) if isinstance(number, int) else None
    if name == "class":
        return join_classes(value) or None
    return value

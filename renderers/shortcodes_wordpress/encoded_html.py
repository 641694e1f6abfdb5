"""HTML that a page builder encodes, as in `[vc_raw_html]`, written as Markdown.

It is as untrusted as any other HTML that a shortcode encloses: only words, links, images and the
addresses of frames are taken from it, and no HTML is written.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from shortcodes import Call
from shortcodes.catalogue import decode_content
from shortcodes_html.nesting import is_too_deep
from shortcodes_html.sanitising import replace_surrogates
from shortcodes_wordpress.markdown_text import convert_blocks
from shortcodes_wordpress.urls import check_url

if TYPE_CHECKING:
    from nh3 import Cleaner

_BLOCKS = frozenset(
    {"article", "blockquote", "dd", "div", "dt", "figcaption", "figure", "footer", "h1", "h2", "h3"}
    | {"h4", "h5", "h6", "header", "hr", "li", "main", "p", "pre", "section", "table", "tr", "ul"}
)
_INLINE = frozenset({"a", "b", "br", "em", "i", "iframe", "img", "strong"})
_DROPPED = {"script", "style", "template", "noscript", "object", "svg", "math", "title", "textarea"}


def write_encoded(call: Call, /, **others: str) -> str | None:
    """Write the words, links and images of encoded HTML, each block as a paragraph.

    Returns `None` for content that is not encoded. Raises `ValueError` for HTML of which nothing
    can be shown, such as a script.
    """
    html = decode_content(call.name, call.shortcode.content or "")
    if html is None:
        return None
    markdown = "" if is_too_deep(html) else convert_blocks(_clean(html))
    if not markdown:
        raise ValueError("its content is a script, or other HTML without words, links and images")
    return markdown


def _clean(html: str) -> str:
    return _build_cleaner().clean(replace_surrogates(html))


@cache
def _build_cleaner() -> Cleaner:
    from nh3 import Cleaner  # needed for enclosed HTML only

    return Cleaner(
        tags=set(_BLOCKS | _INLINE),
        attributes={"a": {"href"}, "img": {"src", "alt"}, "iframe": {"src"}},
        attribute_filter=_filter_attribute,
        clean_content_tags=set(_DROPPED),
        url_schemes={"http", "https"},
        link_rel=None,
    )


def _filter_attribute(tag: str, name: str, value: str) -> str | None:
    """Return the value of an attribute, or `None` to leave it out."""
    if name == "alt":
        return value
    try:
        return check_url(value) or None
    except ValueError:
        return None

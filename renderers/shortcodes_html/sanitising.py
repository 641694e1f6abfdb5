"""Sanitises the HTML that shortcodes enclose, before a handler gets it."""

from __future__ import annotations

import re
from functools import cache
from html import escape

from shortcodes_html.nesting import is_too_deep

MORE_TAGS = frozenset({"figure", "figcaption", "picture", "source", "audio", "video", "track"})
"""Elements beside those of nh3's default list, all without script."""

_EVERYWHERE = {"class", "lang", "dir", "title"}
_ATTRIBUTES = {
    "audio": {"src", "controls", "loop", "preload"},
    "video": {"src", "controls", "loop", "muted", "poster", "preload", "width", "height"},
    "source": {"src", "type"},
    "track": {"src", "kind", "label", "srclang", "default"},
    "img": {"alt", "src", "width", "height", "loading", "sizes"},
}
_SURROGATE = re.compile("[\ud800-\udfff]")
_SCHEMES = {"http", "https", "mailto", "tel"}


def sanitised(html: str) -> str:
    """Return HTML without scripts, handlers of events, styles, frames and forms, and with harmless
    addresses only. What was open at the end is closed, and lone surrogates become U+FFFD. Where it
    nests too deeply, it becomes text.
    """
    if "<" not in html:
        return html
    if is_too_deep(html):
        return escape(encodable(html), quote=False)
    return str(_cleaner().clean(encodable(html)))


def encodable(text: str) -> str:
    """Return a text with U+FFFD for each lone surrogate, which UTF-8 cannot hold."""
    return _SURROGATE.sub("\ufffd", text)


@cache
def _cleaner():  # type: ignore[no-untyped-def]  # nh3 is imported when it is needed
    import nh3

    attributes = {tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()}
    for tag, names in {**_ATTRIBUTES, "*": _EVERYWHERE}.items():
        attributes.setdefault(tag, set()).update(names)
    return nh3.Cleaner(
        tags=nh3.ALLOWED_TAGS | MORE_TAGS,
        attributes=attributes,
        url_schemes=_SCHEMES,
        link_rel=None,
    )

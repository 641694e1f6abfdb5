"""Sanitises the HTML that shortcodes enclose, before a handler receives it."""

from __future__ import annotations

import re
from functools import cache
from html import escape

from shortcodes_html.nesting import is_too_deep

_MORE_TAGS = frozenset(
    {"address", "audio", "figcaption", "figure", "main", "menu", "picture", "section", "source"}
    | {"tfoot", "track", "video"}
)
"""Elements that are allowed beside those of nh3's default list; none of them runs a script."""

_EVERYWHERE = {"class", "lang", "dir", "role", "title"}
_ATTRIBUTES = {
    "audio": {"src", "controls", "loop", "preload"},
    "video": {"src", "controls", "loop", "muted", "poster", "preload", "width", "height"},
    "source": {"src", "type"},
    "track": {"src", "kind", "label", "srclang", "default"},
    "img": {"alt", "src", "width", "height", "loading", "sizes"},
    "details": {"open"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "time": {"datetime"},
}
_SURROGATE = re.compile("[\ud800-\udfff]")
_SCHEMES = {"http", "https", "mailto", "tel"}


def sanitise(html: str) -> str:
    """Return HTML without scripts, event handlers, styles, frames, forms and harmful addresses.

    Open elements are closed at the end, and lone surrogates become U+FFFD. HTML that nests too
    deeply becomes text.
    """
    if "<" not in html:
        return html
    if is_too_deep(html):
        return escape(replace_surrogates(html), quote=False)
    return str(_build_cleaner().clean(replace_surrogates(html)))


def replace_surrogates(text: str) -> str:
    """Return a text with U+FFFD for each lone surrogate, which UTF-8 cannot encode."""
    return _SURROGATE.sub("\ufffd", text)


@cache
def _build_cleaner():  # type: ignore[no-untyped-def]  # nh3 is imported when it is needed
    import nh3

    attributes = {tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()}
    for tag, names in {**_ATTRIBUTES, "*": _EVERYWHERE}.items():
        attributes.setdefault(tag, set()).update(names)
    return nh3.Cleaner(
        tags=nh3.ALLOWED_TAGS | _MORE_TAGS,
        attributes=attributes,
        generic_attribute_prefixes={"aria-"},
        url_schemes=_SCHEMES,
        link_rel=None,
    )

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
_FROM_MARKDOWN = {
    "a": {"id"},
    "input": {"checked", "disabled", "type"},
    "li": {"id"},
    "sup": {"id"},
    "td": {"style"},
    "th": {"style"},
}
"""What Markdown writes for footnotes, task lists and tables."""
_INPUT = re.compile(r'<input((?: [a-z-]++="[^"]*+"|(?!).)*+)>')
_WRITTEN = {
    "id": re.compile(r"fn(?:ref)?(?:[0-9]++(?:[:-][\w:.-]++|(?!).)?+|[:-][\w:.-]++)"),
    "style": re.compile(r"text-align: ?(?:left|center|right);?"),
}
"""The ids of footnotes, and the styles of cells."""
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
    lowered = html.lower()
    may_be_written = any(part in lowered for part in ("<input", "id=", "style="))
    cleaned = str(_build_cleaner(may_be_written).clean(replace_surrogates(html)))
    return _INPUT.sub(_keep_checkbox, cleaned) if "<input" in cleaned else cleaned


def _keep_checkbox(tag: re.Match[str]) -> str:
    """Return the tag of a checkbox that nobody can change; no other field of a form."""
    return tag[0] if ' type="checkbox"' in tag[1] and ' disabled="' in tag[1] else ""


def _filter_attribute(tag: str, name: str, value: str) -> str | None:
    """Return a value that may stay; `None` for an id or a style that Markdown does not write."""
    written = _WRITTEN.get(name)
    return value if written is None or written.fullmatch(value) else None


def replace_surrogates(text: str) -> str:
    """Return a text with U+FFFD for each lone surrogate, which UTF-8 cannot encode."""
    return _SURROGATE.sub("\ufffd", text)


@cache
def _build_cleaner(may_be_written: bool):  # type: ignore[no-untyped-def]  # imports nh3 late
    """Return what sanitises; with what Markdown writes, more slowly, if it may be there."""
    import nh3

    written = _FROM_MARKDOWN if may_be_written else {}
    attributes = {tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()}
    for tag, names in [*_ATTRIBUTES.items(), ("*", _EVERYWHERE), *written.items()]:
        attributes.setdefault(tag, set()).update(names)
    return nh3.Cleaner(
        tags=nh3.ALLOWED_TAGS | _MORE_TAGS | written.keys(),
        attributes=attributes,
        generic_attribute_prefixes={"aria-"},
        url_schemes=_SCHEMES,
        link_rel=None,
        attribute_filter=_filter_attribute if may_be_written else None,
    )

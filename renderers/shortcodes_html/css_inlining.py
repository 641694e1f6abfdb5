"""CSS in `style` attributes, for places that drop `<style>`: feeds, mail, other people's pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from shortcodes.errors import MissingExtra
from shortcodes.html.tags import ANY_TAG, attributes
from shortcodes.html.tokens import tokens
from shortcodes_html.nesting import is_too_deep
from shortcodes_html.sanitising import replace_surrogates


def inline_css(markup: str, stylesheets: Sequence[str]) -> str:
    """Return markup with the CSS that applies to each element in its `style` attribute.

    Rules that do not apply to an element, such as `@media`, are dropped. Links in the markup stay,
    but are never fetched, neither from the network nor from disk.

    Raises `MissingExtra` if css-inline is not installed, `ValueError` if the markup is not complete
    by itself, such as `<tr>` or a `<div>` that other markup closes, or nests too deeply, and
    whatever css-inline raises.
    """
    try:
        from css_inline import CSSInliner
    except ImportError as error:
        raise MissingExtra(
            "styles in attributes need css-inline: pip install 'shortcode-engine[inline]'"
        ) from error
    if is_too_deep(markup):  # ten thousand elements in one another end the whole process
        raise ValueError("the markup nests too deeply")
    inliner = CSSInliner(load_remote_stylesheets=False, keep_link_tags=True)
    css = replace_surrogates("\n".join(stylesheets))
    inlined = inliner.inline_fragment(replace_surrogates(markup), css)
    if _list_tags(inlined) != _list_tags(markup):
        raise ValueError("the markup is not complete by itself, and its tags would change")
    return _escape_values(inlined)


def _escape_values(html: str) -> str:
    """Return HTML without "<" and ">" in values, which the library no longer escapes.

    In `<noscript>`, and in a comment for mail, a `</noscript>` or a `-->` in a value ends it.
    """
    parts: list[str] = []
    offset = 0
    for token in tokens(html):
        if not token.is_tag:
            continue
        for _, (start, end) in attributes(html, token.start, token.end):
            value = html[start:end].replace("<", "&lt;").replace(">", "&gt;")
            parts += html[offset:start], value
            offset = end
    return "".join([*parts, html[offset:]])


_OMITTED = frozenset(
    {"/area", "/base", "/br", "/caption", "/col", "/colgroup", "/dd", "/dt", "/embed", "/hr"}
    | {"/img", "/input", "/li", "/link", "/meta", "/optgroup", "/option", "/p", "/rp", "/rt"}
    | {"/source", "/tbody", "/td", "/tfoot", "/th", "/thead", "/tr", "/track", "/wbr"}
    | {"style", "/style"}
)
"""Closing tags that may be left out, or that no element has (HTML, 13.1.2), and the style sheets
that are inlined."""


def _list_tags(markup: str) -> list[str]:
    """Return the names of the tags of markup in order, without those that may be left out."""
    names = list[str]()
    for tag in _compile_tag().finditer(markup):
        name = tag["name"].lower()
        names.append(f"/{name}" if tag["slash"] else name)
        if tag[0].endswith("/>") and not tag["slash"]:  # SVG: the library writes `<path></path>`
            names.append(f"/{name}")
    return [name for name in names if name not in _OMITTED]


@cache
def _compile_tag() -> re.Pattern[str]:
    return re.compile(ANY_TAG)

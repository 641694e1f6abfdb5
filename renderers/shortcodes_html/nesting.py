"""How deep HTML nests: what nests too deeply is not given to a library that reads HTML.

A reader of HTML needs time in proportion to the depth for every tag, and opens formatting elements
that were never closed again in every paragraph: from 13 kB it may make 12 MB.
"""

from __future__ import annotations

from shortcodes.html.tokens import likeliest, tokens

MAX_DEPTH = 200
"""Elements around one another, without those whose closing tags may be left out."""
MAX_FORMATTING = 30
"""Formatting elements that are open at once."""

_FORMATTING = frozenset(
    {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong"}
    | {"tt", "u"}
)
_BOUNDARIES = frozenset(
    {"applet", "button", "caption", "marquee", "math", "object", "select", "svg", "table"}
    | {"td", "template", "th"}
)
"""Elements that closing tags inside do not reach out of (HTML Living Standard, 13.2.4.2)."""
_NEVER_CLOSED = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"}
    | {"source", "track", "wbr"}
)
_MAY_STAY_OPEN = frozenset(
    {"colgroup", "dd", "dt", "li", "optgroup", "option", "p", "rp", "rt", "tbody", "tfoot"}
    | {"thead", "tr"}
)
_NOT_COUNTED = _NEVER_CLOSED | _MAY_STAY_OPEN


def is_too_deep(html: str) -> bool:
    """Whether more elements are open at one place than the limits allow, or may be."""
    around: list[str] = []
    formatting = 0
    for token in tokens(html, likeliest(html), exact=True):
        if not token.is_tag:
            continue
        name = token.match["name"].lower()
        if name in _NOT_COUNTED:
            continue
        if token.match["slash"]:
            place = _opened(around, name)
            if place >= 0:
                del around[place:]
                formatting -= name in _FORMATTING
            continue
        around.append(name)
        formatting += name in _FORMATTING
        if len(around) > MAX_DEPTH or formatting > MAX_FORMATTING:
            return True
    return False


def _opened(around: list[str], name: str) -> int:
    """Return which of the elements around a closing tag it closes; -1 where it closes none."""
    for place in range(len(around) - 1, -1, -1):
        if around[place] == name:
            return place
        if around[place] in _BOUNDARIES:
            break
    return -1

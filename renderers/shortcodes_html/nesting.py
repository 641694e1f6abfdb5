"""The depth of HTML: what nests too deeply is not passed to a library that reads HTML.

For every tag, a reader of HTML takes time in proportion to the depth, and in every paragraph it
reopens the formatting elements that were never closed: it may turn 13 kB into 12 MB. For every
attribute, it takes time in proportion to those before it in the tag.
"""

from __future__ import annotations

from shortcodes.html.tags import attributes
from shortcodes.html.tokens import tokens

MAX_DEPTH = 200
"""Open elements, without those whose closing tags may be left out."""
MAX_FORMATTING = 30
"""Open formatting elements."""
MAX_GROWTH = 8
"""How many times the length of the HTML may be reopened of its formatting elements, if each tag
reopens all of them."""

MAX_ATTRIBUTES = 1000
"""Attributes of one tag."""

_FORMATTING = frozenset(
    {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong"}
    | {"tt", "u"}
)
_IMPLIED = {
    **dict.fromkeys(("ul", "ol", "menu", "dir"), frozenset({"li"})),
    "dl": frozenset({"dd", "dt"}),
    "ruby": frozenset({"rt", "rp"}),
    "select": frozenset({"optgroup"}),
}
"""Elements whose closing tags may be left out before the closing tag of another one."""
_NEVER_CLOSED = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"}
    | {"source", "track", "wbr"}
)
_MAY_STAY_OPEN = frozenset({"colgroup", "option", "p", "tbody", "tfoot", "thead", "tr"})
"""Elements that the next one of the same name closes. `<rt>` closes another one only in `<ruby>`,
and `<optgroup>` only in `<select>`."""
_CLOSES = {"li": {"li"}, "dd": {"dd", "dt"}, "dt": {"dd", "dt"}}
"""Elements that close one of some others if they follow directly in it."""
_NOT_COUNTED = _NEVER_CLOSED | _MAY_STAY_OPEN
_FOREIGN = frozenset({"svg", "math"})
_LEAVE_FOREIGN = frozenset({"br", "embed", "hr", "img", "meta", "p"})
"""Those of them that end SVG and MathML (HTML, 13.2.6.5). The others nest there."""


def is_too_deep(html: str) -> bool:
    """Return whether more elements are, or may be, open at once than the limits allow, whether
    reopening them may take more than the limit, or whether a tag has too many attributes.
    """
    open_names: list[str] = []
    open_lengths: list[int] = []
    formatting = formatting_length = reopened = 0
    is_foreign = False  # whether SVG or MathML has begun; where it ends is not for certain
    limit = MAX_GROWTH * len(html)
    for token in tokens(html, exact=True):
        if not token.is_tag:
            continue
        if (
            token.end - token.start > MAX_ATTRIBUTES
            and sum(1 for _ in attributes(html, token.start, token.end, exact=True))
            > MAX_ATTRIBUTES
        ):
            return True
        name = token.match["name"].lower()
        reopened += formatting_length
        if reopened > limit:
            return True
        if name in _NOT_COUNTED:
            nests = name not in _LEAVE_FOREIGN and not token.match[0].endswith("/>")
            if not (nests and is_foreign):
                continue
        if token.match["slash"]:
            index = _find_opener(open_names, name)
            if index >= 0:
                if name in _FORMATTING:
                    formatting -= 1
                    formatting_length -= open_lengths[index]
                del open_names[index:], open_lengths[index:]
            continue
        if open_names and open_names[-1] in _CLOSES.get(name, ()):
            open_names[-1] = name
            continue
        is_foreign = is_foreign or name in _FOREIGN
        open_names.append(name)
        open_lengths.append(token.end - token.start)
        if name in _FORMATTING:
            formatting += 1
            formatting_length += open_lengths[-1]
        if len(open_names) > MAX_DEPTH or formatting > MAX_FORMATTING:
            return True
    return False


def _find_opener(open_names: list[str], name: str) -> int:
    """Return the index of the open element that a closing tag closes for certain; -1 if there is
    none. One that other elements are open in may stay open.
    """
    index = len(open_names) - 1
    while index >= 0 and open_names[index] in _IMPLIED.get(name, ()):
        index -= 1
    return index if index >= 0 and open_names[index] == name else -1

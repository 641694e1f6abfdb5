"""Values of several words without quotes: `ids=1, 2, 3` and `title=Two words`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from shortcodes.diagnostics import Edit
from shortcodes.nodes import Attribute, Shortcode, Span

if TYPE_CHECKING:
    from shortcodes.schemas.schema import Schema

_LISTED = re.compile(r"=[ \t]*+[^\s\"'\[\]=<>,][^\s\"'\[\]=<>]*+(?<=[,;،、，；])[ \t]")
_ENDS = (",", ";", "،", "、", "，", "；")
"""What an item of a list ends in."""


class Unquoted(NamedTuple):
    """A value that goes on after a space, although no quotes are around it."""

    name: str
    span: Span
    edits: tuple[Edit, ...]
    """The edits that put it between quotes."""


def find_unquoted(text: str, shortcode: Shortcode, schema: Schema | None) -> Unquoted | None:
    """Return the first such value of a shortcode: a list, or, if the schema takes no words without
    a name, words after an attribute that holds text.
    """
    if not shortcode.positional:
        return None
    nodes = shortcode.attribute_nodes
    for index, node in enumerate(nodes):
        if node.quotes or not node.name or not node.raw:
            continue
        end = _find_end(nodes, index, takes_words=_takes_words(schema, node.name))
        if end > index:
            span = node.value_span[0], nodes[end].span[1]
            if '"' not in text[slice(*span)]:
                edits = (Edit((span[0], span[0]), '"'), Edit((span[1], span[1]), '"'))
                return Unquoted(node.name, (node.span[0], span[1]), edits)
    return None


def may_hold_lists(text: str) -> bool:
    """Return whether a list without quotes may be in a text. This is a quick check."""
    return _LISTED.search(text) is not None


def _find_end(nodes: tuple[Attribute, ...], index: int, *, takes_words: bool) -> int:
    """Return the index of the last node that belongs to the value of a node."""
    end = index
    while end + 1 < len(nodes) and nodes[end + 1].name is None and nodes[end + 1].quotes is None:
        if not (takes_words or nodes[end].raw.endswith(_ENDS)):
            break
        end += 1
    return end


def _takes_words(schema: Schema | None, name: str) -> bool:
    """Return whether words after a value can only belong to it: the attribute holds any text, and
    the schema takes no value without a name.
    """
    return schema is not None and schema.holds_text(name) and not schema.takes_positional

"""A document as pieces: text, opening and closing delimiters, and escapes, in document order.

The sources of all pieces, joined, are the text: nothing stands between two of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from shortcodes.nodes import Document, Escape, Shortcode

Type = Literal["text", "open", "close", "escape"]


class Piece(NamedTuple):
    """One piece of a document."""

    type: Type
    start: int
    end: int
    depth: int
    """The number of shortcodes around it; a closing delimiter has the depth of its opener."""
    item: Shortcode | Escape | None
    """What it is, or a delimiter of; `None` for text."""


def pieces(document: Document) -> Iterator[Piece]:
    """Give the pieces of a document in order. Depth costs no recursion."""
    items = document.items()
    open_items: list[Shortcode] = []
    position = skipped = 0
    for index, (_, start, _, _, _, subtree_end, escape) in enumerate(items.rows()):
        if index < skipped:
            continue  # what an escape holds is shown, not meant
        for piece in _up_to(start, position, open_items):
            yield piece
            position = piece.end
        item = items[index]
        depth = len(open_items)
        if escape or isinstance(item, Escape):
            skipped = subtree_end
            position = item.span[1]
            yield Piece("escape", start, position, depth, item)
            continue
        position = item.open_span[1]
        yield Piece("open", start, position, depth, item)
        if item.close_span:
            open_items.append(item)
    yield from _up_to(len(document.source), position, open_items)


def _up_to(stop: int, position: int, open_items: list[Shortcode]) -> Iterator[Piece]:
    """Give the text up to a place, and the delimiters that close before it."""
    while open_items and (close := open_items[-1].close_span) and close[1] <= stop:
        if close[0] > position:
            yield Piece("text", position, close[0], len(open_items), None)
        item = open_items.pop()
        yield Piece("close", *close, len(open_items), item)
        position = close[1]
    if stop > position:
        yield Piece("text", position, stop, len(open_items), None)

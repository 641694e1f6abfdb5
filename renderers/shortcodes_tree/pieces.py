"""A document as pieces: text, opening and closing delimiters, and escapes, in document order.

The sources of all pieces, joined, are the text: nothing lies between two of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from shortcodes.catalogue import decode_content
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
    """The escape, or the shortcode of a delimiter; `None` for text."""
    decoded: str | None = None
    """The text as its plug-in decodes it, if it is the encoded content of a shortcode."""


def split_pieces(document: Document) -> Iterator[Piece]:
    """Yield the pieces of a document in order, without recursion."""
    items = document.items()
    open_items: list[Shortcode] = []
    offset = next_index = 0
    for index, (_, start, _, _, _, subtree_end, is_escape) in enumerate(items.rows()):
        if index < next_index:
            continue  # the content of an escape is text
        for piece in _split_until(start, offset, open_items):
            yield piece
            offset = piece.end
        item = items[index]
        depth = len(open_items)
        if is_escape or isinstance(item, Escape):
            next_index = subtree_end
            offset = item.span[1]
            yield Piece("escape", start, offset, depth, item)
            continue
        offset = item.open_span[1]
        yield Piece("open", start, offset, depth, item)
        if item.close_span:
            open_items.append(item)
    yield from _split_until(len(document.source), offset, open_items)


def _split_until(end: int, offset: int, open_items: list[Shortcode]) -> Iterator[Piece]:
    """Yield the text between two offsets, and the delimiters that close in it."""
    while open_items and (close := open_items[-1].close_span) and close[1] <= end:
        if close[0] > offset:
            yield _read_text(open_items[-1], offset, close[0], len(open_items))
        item = open_items.pop()
        yield Piece("close", *close, len(open_items), item)
        offset = close[1]
    if end > offset:
        yield Piece("text", offset, end, len(open_items), None)


def _read_text(around: Shortcode, start: int, end: int, depth: int) -> Piece:
    """Return the last piece of text in a shortcode."""
    is_all = around.open_span[1] == start
    decoded = decode_content(around.name, around.content or "") if is_all else None
    return Piece("text", start, end, depth, None, decoded)

"""First step of stripping: the text in order, with a mark wherever something was removed."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter

from shortcodes.nodes import Document, Escape

Piece = str | None
"""A run of text that stays, or `None` where a shortcode or a delimiter of one stood."""


def pieces(
    document: Document, *, drop_content: bool = False, keep_escapes: bool = False
) -> list[Piece]:
    """Return what stays of a document and the places where something went.

    An escape, `[[x]]`, loses one bracket on either side unless `keep_escapes` is true.
    """
    source = document.source
    found: list[Piece] = []
    position = 0
    for start, end, instead in _cuts(document, drop_content, keep_escapes):
        if start > position:
            found.append(source[position:start])
        if instead is not None or not found or found[-1] is not None:
            found.append(instead)
        position = end
    if position < len(source):
        found.append(source[position:])
    return found


def between(found: list[Piece]) -> list[str]:
    """Return the texts before, between and after removed places.

    Places with nothing between them count as one.
    """
    result: list[str] = []
    texts: list[str] = []
    for piece in found:
        if piece is not None:
            texts.append(piece)
        elif texts or not result:
            result.append("".join(texts))
            texts = []
    result.append("".join(texts))
    return result


def _cuts(
    document: Document, drop_content: bool, keep_escapes: bool
) -> Iterable[tuple[int, int, Piece]]:
    """Return start and end of what does not stay, in order, with what is printed in its place."""
    items = document.items()
    if not items:
        return ()
    cuts: list[tuple[int, int, Piece]] = []
    inside = 0
    in_order = True
    for index, (_, start, open_end, close_start, end, _, escape) in enumerate(items.rows()):
        if start < inside:
            continue
        if escape:
            inside = end
            if keep_escapes:
                continue
            item = items[index]
            assert isinstance(item, Escape)  # noqa: S101 - the row says so
            cuts.append((start, end, item.text))
        elif not close_start:
            cuts.append((start, open_end, None))
        elif drop_content:
            inside = end
            cuts.append((start, end, None))
        else:
            cuts += (start, open_end, None), (close_start, end, None)
            in_order = False
    return cuts if in_order else sorted(cuts, key=itemgetter(0))

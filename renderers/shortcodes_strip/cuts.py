"""First step of stripping: the text in order, with a mark wherever something was removed."""

from __future__ import annotations

from operator import itemgetter

from shortcodes.nodes import Document, Escape, Span

Piece = str | None
"""A run of text that stays, or `None` where a shortcode or a delimiter of one stood."""


def pieces(document: Document, *, drop_content: bool = False) -> list[Piece]:
    """Return what stays of a document and the places where something went."""
    source = document.source
    found: list[Piece] = []
    position = 0
    for (start, end), instead in _cuts(document, drop_content):
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


def _cuts(document: Document, drop_content: bool) -> list[tuple[Span, Piece]]:
    """Return the spans that do not stay, in order, with what is printed in their place."""
    cuts: list[tuple[Span, Piece]] = []
    inside = 0
    in_order = True
    for item in document.items():
        if isinstance(item, Escape):
            span, instead = item.span, item.text
            if span[0] < inside:
                continue
            inside = span[1]
            cuts.append((span, instead))
            continue
        span = item.open_span
        if span[0] < inside:
            continue
        closing = item.close_span
        if closing is None:
            cuts.append((span, None))
        elif drop_content:
            inside = closing[1]
            cuts.append(((span[0], inside), None))
        else:
            cuts += ((span, None), (closing, None))
            in_order = False
    return cuts if in_order else sorted(cuts, key=itemgetter(0))

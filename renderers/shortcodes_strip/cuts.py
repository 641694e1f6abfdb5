"""First step of stripping: the text in order, with a mark wherever something was removed."""

from __future__ import annotations

from operator import itemgetter

from shortcodes.nodes import Document, Escape, Span

Piece = str | None
"""A run of text that stays, or `None` where a shortcode or a delimiter of one stood."""


def pieces(document: Document, *, drop_content: bool = False) -> list[Piece]:
    """Return what stays of a document and the places where something went."""
    found: list[Piece] = []
    position = 0
    for (start, end), instead in _cuts(document, drop_content):
        found += (document.source[position:start], instead)
        position = end
    found.append(document.source[position:])
    return found


def merged(found: list[Piece]) -> list[Piece]:
    """Return the pieces as text, removed, text, removed, ..., text; neighbours joined."""
    result: list[Piece] = []
    texts: list[str] = []
    for piece in found:
        if piece is None:
            result += ("".join(texts), None)
            texts = []
        else:
            texts.append(piece)
    result.append("".join(texts))
    return result


def _cuts(document: Document, drop_content: bool) -> list[tuple[Span, Piece]]:
    """Return the spans that do not stay, in order, with what is printed in their place."""
    cuts: list[tuple[Span, Piece]] = []
    inside = 0
    for item in document.items():
        if item.span[0] < inside:
            continue
        if isinstance(item, Escape):
            cuts.append((item.span, item.text))
            inside = item.span[1]
        elif drop_content:
            cuts.append((item.span, None))
            inside = item.span[1]
        else:
            cuts.append((item.open_span, None))
            if item.close_span is not None:
                cuts.append((item.close_span, None))
    return sorted(cuts, key=itemgetter(0))

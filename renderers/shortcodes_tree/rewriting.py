"""Whether a text that was written another way still means the same, and what is to blame if not."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from shortcodes.nodes import Document, Shortcode
from shortcodes_tree.options import read_again
from shortcodes_tree.pieces import Piece, pieces

_TRIES = 6
"""How often a text is read again, with what was misread written in the next way."""

Meaning = Callable[[Document, Piece], Any]
"""Returns what a piece says, however it is written."""


class Written(NamedTuple):
    """A text that was written another way."""

    text: str
    same: bool
    """Whether it means the same."""


def rewritten(
    document: Document,
    ways: Sequence[Sequence[str]],
    options: Mapping[str, Any],
    meaning: Meaning,
) -> Written:
    """Return the pieces of a document, each in the first way in which all mean the same.

    `ways` has for each piece how it can be written, the best first. The text is read with
    `options`. Where none is found it is written as was tried last.
    """
    expected = [meaning(document, piece) for piece in pieces(document)]
    chosen = [0] * len(ways)
    for _ in range(_TRIES):
        sources = [way[choice] for way, choice in zip(ways, chosen, strict=True)]
        again = read_again("".join(sources), options)
        movable = [place for place, way in enumerate(ways) if chosen[place] + 1 < len(way)]
        wrong = list(_misread(again, sources, expected, meaning))
        if not wrong:
            return Written(again.source, True)
        for place in set(_to_blame(wrong, movable)):
            chosen[place] += 1
    return Written("".join(way[choice] for way, choice in zip(ways, chosen, strict=True)), False)


def require_same(document: Document, options: Mapping[str, Any]) -> None:
    """Raise `ValueError` where the text of a document, read with options, is another document."""
    again = read_again(document.source, options)
    ours, theirs = (
        [said_or_written(read, piece) for piece in pieces(read)] for read in (document, again)
    )
    if ours != theirs:
        raise ValueError("these are not the options that the document was parsed with")


def said(document: Document, piece: Piece) -> Any:
    """Return the name of a delimiter, and for an opening one its kind and its attributes."""
    item = piece.item
    if piece.type == "open" and isinstance(item, Shortcode):
        attributes = [(attribute.name, attribute.value) for attribute in item.attribute_nodes]
        return piece.type, piece.depth, item.name, item.kind, attributes
    return piece.type, piece.depth, item.name if item else None


def said_or_written(document: Document, piece: Piece) -> Any:
    """Return the same, and for text and escapes how they are written."""
    if piece.type in ("open", "close"):
        return said(document, piece)
    return piece.type, piece.depth, document.source[piece.start : piece.end]


def _misread(
    document: Document, sources: Sequence[str], expected: Sequence[Any], meaning: Meaning
) -> Iterator[int]:
    """Give the places of pieces that are not read as one, or as another one."""
    read = {piece.start: piece for piece in pieces(document)}
    for place, start in enumerate(accumulate(map(len, sources[:-1]), initial=0)):
        if place == len(sources):
            break
        piece = read.get(start)
        if (
            piece is None
            or piece.end != start + len(sources[place])
            or meaning(document, piece) != expected[place]
        ):
            yield place


def _to_blame(wrong: Sequence[int], movable: Sequence[int]) -> Iterator[int]:
    """Give what can be written another way: each piece that is misread, else those around it."""
    for place in wrong:
        near = bisect_left(movable, place)
        if near < len(movable):
            yield movable[near]
            if movable[near] == place:
                continue
        if near:
            yield movable[near - 1]

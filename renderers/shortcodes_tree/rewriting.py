"""Writes the pieces of a document in another way, and checks that they still mean the same."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from shortcodes.nodes import Document, Shortcode
from shortcodes_tree.options import parse_with
from shortcodes_tree.pieces import Piece, split_pieces

_TRIES = 6
"""How often a text is read again, with misread pieces written in their next way."""

Describe = Callable[[Document, Piece], Any]
"""Returns what a piece means, however it is written."""


class Rewriting(NamedTuple):
    """A text that was written in another way."""

    text: str
    is_same: bool
    """Whether it means the same."""


def rewrite(
    document: Document,
    ways: Sequence[Sequence[str]],
    options: Mapping[str, Any],
    describe: Describe,
) -> Rewriting:
    """Return the pieces of a document, each in the first way in which all mean the same.

    If there are no such ways, the text is the last one that was tried.

    Args:
        document: The document to rewrite.
        ways: For each piece the ways in which it can be written, the best first.
        options: What the new text is parsed with.
        describe: What has to stay the same of each piece.
    """
    expected = [describe(document, piece) for piece in split_pieces(document)]
    choices = [0] * len(ways)
    for _ in range(_TRIES):
        sources = [way[choice] for way, choice in zip(ways, choices, strict=True)]
        reread = parse_with("".join(sources), options)
        movable = [index for index, way in enumerate(ways) if choices[index] + 1 < len(way)]
        misread = list(_find_misread(reread, sources, expected, describe))
        if not misread:
            return Rewriting(reread.source, True)
        for index in set(_find_movable(misread, movable)):
            choices[index] += 1
    text = "".join(way[choice] for way, choice in zip(ways, choices, strict=True))
    return Rewriting(text, False)


def require_same_options(document: Document, options: Mapping[str, Any]) -> None:
    """Raise `ValueError` if the text of a document, parsed with options, is another document."""
    reread = parse_with(document.source, options)
    original, again = (
        [describe_source(d, piece) for piece in split_pieces(d)] for d in (document, reread)
    )
    if original != again:
        raise ValueError("the document was parsed with other options than these")


def describe_meaning(document: Document, piece: Piece) -> Any:
    """Return the name of a delimiter, and for an opening one its kind and its attributes."""
    item = piece.item
    if piece.type == "open" and isinstance(item, Shortcode):
        attributes = [(attribute.name, attribute.value) for attribute in item.attribute_nodes]
        return piece.type, piece.depth, item.name, item.kind, attributes
    return piece.type, piece.depth, item.name if item else None


def describe_source(document: Document, piece: Piece) -> Any:
    """Return the meaning of a delimiter, and the source of text and escapes."""
    if piece.type in ("open", "close"):
        return describe_meaning(document, piece)
    return piece.type, piece.depth, document.source[piece.start : piece.end]


def _find_misread(
    document: Document, sources: Sequence[str], expected: Sequence[Any], describe: Describe
) -> Iterator[int]:
    """Yield the index of each source that is not read as one piece, or as another one."""
    pieces = {piece.start: piece for piece in split_pieces(document)}
    for index, start in enumerate(accumulate(map(len, sources[:-1]), initial=0)):
        if index == len(sources):
            break
        piece = pieces.get(start)
        if (
            piece is None
            or piece.end != start + len(sources[index])
            or describe(document, piece) != expected[index]
        ):
            yield index


def _find_movable(misread: Sequence[int], movable: Sequence[int]) -> Iterator[int]:
    """Yield the indexes of pieces to write in another way.

    They are the misread pieces themselves, or the nearest ones on either side.
    """
    for index in misread:
        near = bisect_left(movable, index)
        if near < len(movable):
            yield movable[near]
            if movable[near] == index:
                continue
        if near:
            yield movable[near - 1]

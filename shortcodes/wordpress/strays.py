"""Strays: closing tags that close nothing, and openings that nothing terminates."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.delimiters import Delimiter
from shortcodes.nodes import Document, Escape, Span
from shortcodes.wordpress.evidence import first_of
from shortcodes.wordpress.names import Names
from shortcodes.wordpress.views import views


def strays(document: Document, names: Names) -> tuple[list[Delimiter], set[int]]:
    """Return the closing tags that stay as text (rule 13), and which of them, as places in that
    list, cross a shortcode: an opener of their name stands alone in one closed before them.
    """
    taken, left = _taken(document)
    places = sorted(
        (start, name)
        for name, starts in names.closings(views(document.source).outer).items()
        for start in starts
    )
    stray: list[Delimiter] = []
    crossed: set[int] = set()
    index = 0
    for start, name in places:
        while index < len(taken) and taken[index][1] <= start:
            index += 1
        if index < len(taken) and taken[index][0] <= start:
            continue
        if left.get(name, start + 1) <= start:
            crossed.add(len(stray))
        end = start + len(name) + 3
        stray.append(Delimiter(start, end, name, True, False, ""))
    return stray, crossed


def unterminated(text: str, names: Names) -> Iterator[Delimiter]:
    """Give the openings that begin with an attribute and have no "]" behind them (rule 10)."""
    behind = text.rfind("]") + 1
    for start, _, name, name_end in names.openings(text[behind:]):
        first = first_of(text, behind + name_end)
        if first == "named":
            yield Delimiter(behind + start, behind + name_end, name, False, False, first)


def _taken(document: Document) -> tuple[list[Span], dict[str, int]]:
    """Return the places of delimiters and escapes in order, and for each name with an opener that
    stands alone in another shortcode where the first such shortcode ends.
    """
    taken: list[Span] = []
    left: dict[str, int] = {}
    ends: list[int] = []  # of the shortcodes that are open
    for item in document.items():
        while ends and ends[-1] <= item.span[0]:
            ends.pop()
        if isinstance(item, Escape):
            taken.append(item.span)
            continue
        taken.append(item.open_span)
        if item.close_span is not None:
            taken.append(item.close_span)
            ends.append(item.span[1])
        elif ends and item.kind == "standalone":
            left[item.name] = min(left.get(item.name, ends[-1]), ends[-1])
    return sorted(taken), left

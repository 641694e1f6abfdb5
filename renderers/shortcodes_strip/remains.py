"""The texts that stay of a document, and the gaps where something was taken out between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final

Gap = int
"""What was taken out of one place, as bits."""

NOTHING: Final[Gap] = 0
OPENING: Final[Gap] = 1
"""An opening tag, or a whole shortcode."""
CLOSING: Final[Gap] = 2
"""A closing tag."""
SEAM: Final[Gap] = 4
"""What set the texts on both sides apart: closing tags before opening ones, or a paragraph."""

Fragment = str | Gap
"""Text that stays, or a gap."""

Point = tuple[int, int]
"""The index of a text, and an offset in it."""

CLOSING_TAG: Final = ("[/", "\\[/")
"""The beginning of a closing tag, as it is written, in Markdown too."""


def add_gap(gap: Gap, following: Gap) -> Gap:
    """Return the gap that two adjacent gaps make."""
    return gap | following | (SEAM if gap & CLOSING and following & OPENING else NOTHING)


def find_gap(source: str, start: int = 0) -> Gap:
    """Return the gap that the tag leaves that begins at an offset of a source."""
    return CLOSING if source.startswith(CLOSING_TAG, start) else OPENING


def join_texts(fragments: Iterable[Fragment]) -> str:
    """Return the text that stays, as it is."""
    return "".join(fragment for fragment in fragments if isinstance(fragment, str))


class Remains:
    """The texts of a document between the gaps.

    Attributes:
        texts: The texts, in order. Some may be empty.
        gaps: The gap behind each text but the last.
    """

    def __init__(self, texts: Sequence[str], gaps: Sequence[Gap]) -> None:
        self.texts = texts
        self.gaps = gaps

    @cached_property
    def in_bracket(self) -> Sequence[bool]:
        """For each text whether a bracket is open at its end.

        There, nothing may come together: it could be a shortcode, as in `[ga<p>[x]</p>llery]`.
        """
        if not any("[" in text for text in self.texts):
            return [False] * len(self.texts)
        result: list[bool] = []
        is_open = False
        for text in self.texts:
            opens, closes = text.rfind("["), text.rfind("]")
            if opens >= 0 or closes >= 0:
                is_open = opens > closes
            result.append(is_open)
        return result

    def erase(self, spans: Sequence[tuple[Point, Point]], gap: Gap = NOTHING) -> Remains:
        """Return what stays without the text between points.

        Args:
            spans: The points, each pair in two texts, and after the pair before.
            gap: What is added to the gap before each second point.
        """
        if not spans:
            return self
        texts, gaps = [*self.texts], [*self.gaps]
        for (start, start_offset), (end, end_offset) in reversed(spans):
            texts[end] = texts[end][end_offset:]
            texts[start + 1 : end] = [""] * (end - start - 1)
            texts[start] = texts[start][:start_offset]
            gaps[end - 1] = add_gap(gaps[end - 1], gap)
        return Remains(texts, gaps)


def split_at_gaps(fragments: Iterable[Fragment]) -> Remains:
    """Return the texts before, between and after the gaps; adjacent gaps become one."""
    texts: list[str] = []
    gaps: list[Gap] = []
    parts: list[str] = []
    gap = NOTHING
    for fragment in fragments:
        if isinstance(fragment, str):
            if gap:
                gaps.append(gap)
                gap = NOTHING
            parts.append(fragment)
            continue
        if not gap:
            texts.append("".join(parts))
            parts = []
        gap = add_gap(gap, fragment)
    if gap:
        gaps.append(gap)
    return Remains([*texts, "".join(parts)], gaps)

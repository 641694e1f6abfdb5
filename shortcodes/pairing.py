"""Pairing: delimiters to openers with their closers. A loop and a stack, no recursion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from shortcodes.delimiters import Delimiter


class Pairs(NamedTuple):
    """What belongs together, as places in the list of delimiters."""

    partner: list[int]
    """For every delimiter the place of the other one, or -1."""
    crossed: set[int]
    """Closing delimiters whose opener stands in a shortcode that was closed before them."""


def pair(delimiters: Sequence[Delimiter], alone: Sequence[bool]) -> Pairs:
    """Pair each closing delimiter with the nearest open opener of its name.

    Openers in between are left alone, so that the same name nests and balances. Delimiters marked
    in `alone` take no part.
    """
    partner = [-1] * len(delimiters)
    crossed: set[int] = set()
    stack: list[int] = []
    open_by_name: dict[str, list[int]] = {}
    left: dict[str, int] = {}  # how many openers of a name were left alone by another's closer
    for place, delimiter in enumerate(delimiters):
        if alone[place] or delimiter.self_closing:
            continue
        same = open_by_name.setdefault(delimiter.name, [])
        if not delimiter.closing:
            same.append(place)
            stack.append(place)
        elif same:
            opener = same.pop()
            while (top := stack.pop()) != opener:
                name = delimiters[top].name
                open_by_name[name].pop()
                left[name] = left.get(name, 0) + 1
            partner[opener], partner[place] = place, opener
        elif left.get(delimiter.name):
            left[delimiter.name] -= 1
            crossed.add(place)
    return Pairs(partner, crossed)

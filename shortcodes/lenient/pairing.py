"""Pairing: delimiters to openers with their closers. A loop and a stack, no recursion."""

from __future__ import annotations

from collections.abc import Container, Hashable, Sequence
from typing import NamedTuple

from shortcodes.delimiters import CLOSING, SELF_CLOSING, Delimiters


class Pairs(NamedTuple):
    """What belongs together, as places in the list of delimiters."""

    partner: list[int]
    """For every delimiter the place of the other one, or -1."""
    crossed: set[int]
    """Closing delimiters whose opener stands in a shortcode that was closed before them."""


def pair(
    delimiters: Delimiters,
    alone: Container[int] = (),
    contexts: Sequence[Hashable] | None = None,
) -> Pairs:
    """Pair each closing delimiter with the nearest open opener of its name.

    Openers in between are left alone, so that the same name nests and balances. Delimiters whose
    places are in `alone` take no part. With `contexts`, those of different ones never pair.
    """
    partner = [-1] * len(delimiters)
    crossed: set[int] = set()
    if CLOSING not in delimiters.kinds:
        return Pairs(partner, crossed)
    names: Sequence[Hashable] = delimiters.names
    if contexts is not None:
        names = list(zip(names, contexts, strict=True))
    elif not alone and _side_by_side(delimiters):
        partner[::2], partner[1::2] = range(1, len(partner), 2), range(0, len(partner), 2)
        return Pairs(partner, crossed)
    stack: list[int] = []
    open_by_name: dict[Hashable, list[int]] = {name: [] for name in set(names)}
    left: dict[Hashable, int] = {}  # how many openers of a name were left alone by another's closer
    for place, (name, kind) in enumerate(zip(names, delimiters.kinds, strict=True)):
        if SELF_CLOSING <= kind < CLOSING or place in alone:
            continue
        same = open_by_name[name]
        if kind != CLOSING:
            same.append(place)
            stack.append(place)
        elif same:
            opener = same.pop()
            while (top := stack.pop()) != opener:
                open_by_name[names[top]].pop()
                left[names[top]] = left.get(names[top], 0) + 1
            partner[opener], partner[place] = place, opener
        elif left.get(name):
            left[name] -= 1
            crossed.add(place)
    return Pairs(partner, crossed)


def _side_by_side(delimiters: Delimiters) -> bool:
    """Whether each opener is followed by its own closer and nothing else stands there."""
    names, kinds = delimiters.names, delimiters.kinds
    return (
        names[::2] == names[1::2]
        and set(kinds[1::2]) == {CLOSING}
        and max(kinds[::2], default=0) < SELF_CLOSING
    )

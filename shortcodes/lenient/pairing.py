"""Pairing: which closing delimiter closes which opening one. A loop and a stack, no recursion."""

from __future__ import annotations

from collections.abc import Container, Hashable, Sequence
from typing import NamedTuple

from shortcodes.delimiters import CLOSING, SELF_CLOSING, Delimiters


class Pairs(NamedTuple):
    """The pairs among the delimiters of a text, as indexes."""

    partners: list[int]
    """For each delimiter the index of its partner, or -1."""
    crossing: set[int]
    """Closing delimiters whose opener is inside a shortcode that was closed before them."""


def pair(
    delimiters: Delimiters,
    excluded: Container[int] = (),
    contexts: Sequence[Hashable] | None = None,
) -> Pairs:
    """Pair each closing delimiter with the nearest open opener of its name.

    Openers in between are unclosed, so that the same name nests and balances.

    Args:
        delimiters: The delimiters of a text, in order.
        excluded: The indexes of delimiters that take no part.
        contexts: The context of each delimiter; those of different contexts never pair.
    """
    partners = [-1] * len(delimiters)
    crossing: set[int] = set()
    if CLOSING not in delimiters.kinds:
        return Pairs(partners, crossing)
    names: Sequence[Hashable] = delimiters.names
    if contexts is not None:
        names = list(zip(names, contexts, strict=True))
    elif not excluded and _alternate(delimiters):
        partners[::2], partners[1::2] = range(1, len(partners), 2), range(0, len(partners), 2)
        return Pairs(partners, crossing)
    stack: list[int] = []
    open_by_name: dict[Hashable, list[int]] = {name: [] for name in set(names)}
    unclosed: dict[Hashable, int] = {}  # openers that the closer of another name skipped
    for index, (name, kind) in enumerate(zip(names, delimiters.kinds, strict=True)):
        if SELF_CLOSING <= kind < CLOSING or index in excluded:
            continue
        openers = open_by_name[name]
        if kind != CLOSING:
            openers.append(index)
            stack.append(index)
        elif openers:
            opener = openers.pop()
            while (top := stack.pop()) != opener:
                open_by_name[names[top]].pop()
                unclosed[names[top]] = unclosed.get(names[top], 0) + 1
            partners[opener], partners[index] = index, opener
        elif unclosed.get(name):
            unclosed[name] -= 1
            crossing.add(index)
    return Pairs(partners, crossing)


def _alternate(delimiters: Delimiters) -> bool:
    """Return whether each opener is directly followed by its own closer."""
    names, kinds = delimiters.names, delimiters.kinds
    return (
        names[::2] == names[1::2]
        and set(kinds[1::2]) == {CLOSING}
        and max(kinds[::2], default=0) < SELF_CLOSING
    )

"""Detection: which names are shortcodes if no list of tags says so.

A name counts if anything in the text is evidence for it. Every other delimiter is text.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from shortcodes.catalogue import catalogue
from shortcodes.delimiters import Delimiters, FirstItem


@dataclass(frozen=True, slots=True)
class OnEvidence:
    """Names count if there is evidence for them, and the known ones always."""

    known: frozenset[str] = frozenset()


Tags = Collection[str] | Literal["any"] | OnEvidence | None
"""The names that count, "any" for every name, or `None` for those with evidence."""

BBCODE = frozenset(["b", "i", "u", "s", "url", "img", "quote", "code", "color", "size", "list"])
"""Names that forums use: they count only if they are listed."""

_EVIDENCE: frozenset[FirstItem] = frozenset(["named", "url"])
"""First items that are evidence by themselves."""


def select_eligible(delimiters: Delimiters, tags: Tags) -> Delimiters:
    """Return the delimiters whose names may count at all."""
    if tags == "any":
        return delimiters
    if tags is None or isinstance(tags, OnEvidence):
        listed: frozenset[str] = tags.known if tags else frozenset()
        return delimiters.select_names(set(delimiters.names) - (BBCODE - listed))
    return delimiters.select_names(_index(tags) if isinstance(tags, tuple) else tags)


@lru_cache(maxsize=2)
def _index(tags: tuple[str, ...]) -> frozenset[str]:
    """Return listed names as a set, kept for the next text: a configuration may list many."""
    return frozenset(tags)


def find_names(delimiters: Delimiters, partners: Sequence[int], tags: Tags) -> frozenset[str]:
    """Return the names of eligible delimiters that are shortcodes in this text.

    Args:
        delimiters: The eligible delimiters.
        partners: For each delimiter the index of its partner, or -1.
        tags: The names that count.
    """
    names = frozenset(delimiters.names)
    if tags is not None and not isinstance(tags, OnEvidence):
        return names
    known = catalogue()
    evident = set(filter(known.is_evidence, names))
    if tags:
        evident |= names & tags.known
    unknown = set(names - evident)
    if unknown:
        # A name is looked at only until there is evidence for it.
        for index, name in enumerate(delimiters.names):
            if name in unknown and (
                partners[index] >= 0
                or (item := delimiters.get_first_item(index)) in _EVIDENCE
                or (item == "value" and name in known.with_value)
            ):
                evident.add(name)
                unknown.discard(name)
    return frozenset(evident)

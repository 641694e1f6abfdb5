"""Detection: which names are shortcodes where no list of tags says so. Data, not branches.

A name counts once anything in the text is evidence for it; all else dissolves into text.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from shortcodes.catalogue import catalogue
from shortcodes.delimiters import Delimiters, First


@dataclass(frozen=True, slots=True)
class OnEvidence:
    """Names count for which there is evidence, and some others anyway."""

    known: frozenset[str] = frozenset()


Tags = Collection[str] | Literal["any"] | OnEvidence | None
"""Names that count, "any" for every delimiter, or None for those with evidence."""

BBCODE = frozenset(["b", "i", "u", "s", "url", "img", "quote", "code", "color", "size", "list"])
"""Names that forums use: they count only when they are listed."""

_EVIDENT: frozenset[First] = frozenset(["named", "url"])
"""What, standing first in a delimiter, is evidence by itself."""


def eligible(delimiters: Delimiters, tags: Tags) -> Delimiters:
    """Return the delimiters whose names may count at all."""
    if tags == "any":
        return delimiters
    if tags is None or isinstance(tags, OnEvidence):
        listed: frozenset[str] = tags.known if tags else frozenset()
        return delimiters.of(set(delimiters.names) - (BBCODE - listed))
    return delimiters.of(tags)


def names_that_count(delimiters: Delimiters, partner: Sequence[int], tags: Tags) -> frozenset[str]:
    """Return the names, of those eligible, that are shortcodes in this text."""
    names = frozenset(delimiters.names)
    if tags is not None and not isinstance(tags, OnEvidence):
        return names
    known = catalogue()
    counting = set(filter(known.is_evidence, names))
    if tags:
        counting |= names & tags.known
    unknown = set(names - counting)
    if unknown:
        # The names are asked for again only as long as nothing speaks for them.
        for place, name in enumerate(delimiters.names):
            if name in unknown and (
                partner[place] >= 0
                or (first := delimiters.first(place)) in _EVIDENT
                or (first == "value" and name in known.with_value)
            ):
                counting.add(name)
                unknown.discard(name)
    return frozenset(counting)

"""Comparing: where WordPress finds other shortcodes in a text than were meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from shortcodes.nodes import Document, Row


@dataclass(slots=True)
class Comparison:
    """What WordPress finds otherwise, as places in the items of the document as it was meant."""

    unseen: list[int] = field(default_factory=list)
    """Shortcodes where it finds none."""
    cut: list[int] = field(default_factory=list)
    """Shortcodes whose opening tag ends elsewhere for it."""
    swallowing: list[int] = field(default_factory=list)
    """Shortcodes that enclose nothing, and for it reach up to a later closing tag."""
    nesting: list[tuple[int, int]] = field(default_factory=list)
    """Shortcodes that it closes by the closing tag of the other one, of the same name."""
    inexact: list[int] = field(default_factory=list)
    """Shortcodes whose closing tag is none for it, because of what stands in it."""
    closed_elsewhere: list[int] = field(default_factory=list)
    """Other shortcodes that it closes at another place, or not at all."""
    further: list[Row] = field(default_factory=list)
    """Shortcodes that only it finds."""


def compare(meant: Document, by_wordpress: Document) -> Comparison:
    """Return where the two readings of a text differ."""
    ours, theirs = list(meant.items().rows()), list(by_wordpress.items().rows())
    if ours == theirs:
        return Comparison()
    found = Comparison(further=_further(ours, theirs))
    read = {row[1]: row for row in theirs if not row[6]}
    owners = {row[3]: place for place, row in enumerate(ours) if row[3]}
    for place, (name, start, open_end, closing, end, _, escaped) in enumerate(ours):
        if escaped:
            continue
        if start not in read:
            found.unseen.append(place)
            continue
        their_name, _, their_end, their_closing, *_ = read[start]
        if (their_name, their_end) != (name, open_end):
            found.cut.append(place)
        elif their_closing == closing:
            continue
        elif closing and end - closing != len(name) + len("[/]"):
            found.inexact.append(place)
        elif their_closing and not closing:
            found.swallowing.append(place)
        elif their_closing in owners and ours[owners[their_closing]][0] == name:
            found.nesting.append((place, owners[their_closing]))
        else:
            found.closed_elsewhere.append(place)
    return found


def _further(ours: Sequence[Row], theirs: Sequence[Row]) -> list[Row]:
    starts = {row[1] for row in ours}
    return [row for row in theirs if not row[6] and row[1] not in starts]

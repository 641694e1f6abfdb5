"""Comparison: where WordPress finds other shortcodes in a text than were meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from shortcodes.nodes import Document, Row


@dataclass(slots=True)
class Comparison:
    """What WordPress finds differently. The numbers are indexes in the items of the document as it
    was meant.
    """

    unseen: list[int] = field(default_factory=list)
    """Shortcodes that it does not find."""
    cut: list[int] = field(default_factory=list)
    """Shortcodes whose opening tag it ends elsewhere."""
    swallowing: list[int] = field(default_factory=list)
    """Shortcodes that enclose nothing, but in WordPress reach up to a later closing tag."""
    nesting: list[tuple[int, int]] = field(default_factory=list)
    """Shortcodes that it closes with the closing tag of the second one, which has the same name."""
    inexact: list[int] = field(default_factory=list)
    """Shortcodes whose closing tag it does not read, because of what the tag contains."""
    closed_elsewhere: list[int] = field(default_factory=list)
    """Other shortcodes that it closes elsewhere, or not at all."""
    further: list[Row] = field(default_factory=list)
    """Shortcodes that only WordPress finds."""


def compare(meant: Document, by_wordpress: Document) -> Comparison:
    """Return where the two readings of a text differ."""
    meant_rows, read_rows = list(meant.items().rows()), list(by_wordpress.items().rows())
    if meant_rows == read_rows:
        return Comparison()
    result = Comparison(further=_list_further(meant_rows, read_rows))
    read_by_start = {row[1]: row for row in read_rows if not row[6]}
    owners = {row[3]: index for index, row in enumerate(meant_rows) if row[3]}
    for index, (name, start, open_end, closing, end, _, escaped) in enumerate(meant_rows):
        if escaped:
            continue
        if start not in read_by_start:
            result.unseen.append(index)
            continue
        read_name, _, read_open_end, read_closing, *_ = read_by_start[start]
        if (read_name, read_open_end) != (name, open_end):
            result.cut.append(index)
        elif read_closing == closing:
            continue
        elif closing and end - closing != len(name) + len("[/]"):
            result.inexact.append(index)
        elif read_closing and not closing:
            result.swallowing.append(index)
        elif read_closing in owners and meant_rows[owners[read_closing]][0] == name:
            result.nesting.append((index, owners[read_closing]))
        else:
            result.closed_elsewhere.append(index)
    return result


def _list_further(meant_rows: Sequence[Row], read_rows: Sequence[Row]) -> list[Row]:
    starts = {row[1] for row in meant_rows}
    return [row for row in read_rows if not row[6] and row[1] not in starts]

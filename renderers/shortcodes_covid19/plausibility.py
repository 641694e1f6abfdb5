"""What a source says of one region, and what of it can be believed: one rule for all sources.

- A count is a whole number that is not below nought; a change may be below. Text that says one
  ("516023", "516023.0") is one. Anything else is no data.
- Deaths above confirmed contradict each other: deaths, and their change, are no data.
- Deaths and recovered that together exceed confirmed do too: recovered and active are no data.

What is left out is said in the notes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

TOTALS: Final = ("confirmed", "deaths", "recovered", "active")
CHANGES: Final = ("new_confirmed", "new_deaths")
COUNTS: Final = (*TOTALS, *CHANGES)

_WHOLE = re.compile(r"([+-]?[0-9]{1,15})(?:\.0++)?")
_SHOWN = 20


def read_counts(row: Mapping[str, Any]) -> tuple[dict[str, int | None], tuple[str, ...]]:
    """Return the counts of a row by name, and notes on what was left out.

    A value is a number, text, or `None`, which is no data, like empty text.
    """
    notes: list[str] = []
    counts = {name: _count(name, row.get(name), notes) for name in COUNTS}
    confirmed = counts["confirmed"]
    if confirmed is not None and (counts["deaths"] or 0) > confirmed:
        counts |= dict.fromkeys(("deaths", "new_deaths"))
        notes.append("deaths exceed confirmed: not shown")
    if confirmed is not None and (counts["deaths"] or 0) + (counts["recovered"] or 0) > confirmed:
        counts |= dict.fromkeys(("recovered", "active"))
        notes.append("deaths and recovered exceed confirmed: recovered and active are not shown")
    return counts, tuple(notes)


def _count(name: str, value: object, notes: list[str]) -> int | None:
    text = "" if value is None else str(value).strip()
    if not text:
        return None
    match = _WHOLE.fullmatch(text)
    if match is None:
        shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
        notes.append(f"{name} is {shown!r}, no whole number: not shown")
        return None
    number = int(match[1])
    if number < 0 and name in TOTALS:
        notes.append(f"{name} is {number}, below nought: not shown")
        return None
    return number

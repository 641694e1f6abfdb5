"""Reads the counts of one region, and drops those that cannot be true. All sources use it.

- A total is a whole number from 0 up; a change may be negative. A whole number may be written as
  text ("516023", "516023.0"). Any other value counts as missing.
- Deaths cannot exceed confirmed cases: otherwise deaths and their change are dropped.
- Deaths and recovered together cannot exceed confirmed cases: otherwise recovered and active are
  dropped.

A note says what was dropped, and why.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

TOTALS: Final = ("confirmed", "deaths", "recovered", "active")
CHANGES: Final = ("new_confirmed", "new_deaths")
COUNTS: Final = (*TOTALS, *CHANGES)

_WHOLE_NUMBER = re.compile(r"([+-]?[0-9]{1,15})(?:\.0++)?")
_LONGEST_QUOTE = 20


def read_counts(row: Mapping[str, Any]) -> tuple[dict[str, int | None], tuple[str, ...]]:
    """Return the counts of a row by name, and notes on those that were dropped.

    A value of the row is a number, text, or `None`. Like blank text, `None` means no data.
    """
    notes: list[str] = []
    counts = {name: _read_count(name, row.get(name), notes) for name in COUNTS}
    confirmed = counts["confirmed"]
    if confirmed is not None and (counts["deaths"] or 0) > confirmed:
        counts |= dict.fromkeys(("deaths", "new_deaths"))
        notes.append("deaths exceed confirmed: deaths are not shown")
    if confirmed is not None and (counts["deaths"] or 0) + (counts["recovered"] or 0) > confirmed:
        counts |= dict.fromkeys(("recovered", "active"))
        notes.append("deaths and recovered exceed confirmed: recovered and active are not shown")
    return counts, tuple(notes)


def _read_count(name: str, value: object, notes: list[str]) -> int | None:
    text = "" if value is None else str(value).strip()
    if not text:
        return None
    match = _WHOLE_NUMBER.fullmatch(text)
    if match is None:
        quote = text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"
        notes.append(f"{name} is {quote!r}, not a whole number: not shown")
        return None
    number = int(match[1])
    if number < 0 and name in TOTALS:
        notes.append(f"{name} is {number}, less than zero: not shown")
        return None
    return number

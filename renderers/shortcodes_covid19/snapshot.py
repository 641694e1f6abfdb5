"""The source that is always there: one day's figures, in a table beside this file.

`scripts/make_covid19_snapshot.py` makes the table; nothing is fetched. Three rules turn its rows
into figures, since the feed behind it fills every gap with a number:

- It writes 0 for recovered where it has none, and counts active from that. A nought recovered is
  therefore read as no data, and active with it.
- Where deaths and recovered together exceed confirmed (New Zealand), the row contradicts itself:
  recovered and active are no data.
- The World is the sum of all rows as they stand. A row of an earlier day (China's, by one) counts
  towards totals, not towards the change of the day.

China's row holds Hong Kong, Macao and Taiwan, which have no row; Kosovo has none either. `XJ` is
the ship Diamond Princess.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable
from dataclasses import fields
from datetime import date
from functools import cached_property
from importlib import resources

from shortcodes_covid19.figures import WORLD, Figures, Origin

_COUNTS = tuple(f.name for f in fields(Figures) if f.name not in ("region", "as_of"))
_CHANGES = ("confirmed_24h", "deaths_24h")


class Snapshot:
    """The figures of 2020-06-08 for 215 regions and their sum; see `origin`."""

    @cached_property
    def _lines(self) -> list[str]:
        table = resources.files("shortcodes_covid19") / "snapshot.csv"
        return table.read_text(encoding="utf-8").splitlines()

    @cached_property
    def origin(self) -> Origin:
        """What the comment lines of the table say."""
        comments = (line[2:] for line in self._lines if line.startswith("# "))
        head = dict(comment.split(": ", 1) for comment in comments)
        return Origin(
            name=head["source"],
            url=head["url"],
            licence=head["licence"],
            as_of=date.fromisoformat(head["as-of"]),
            freshness="frozen",
        )

    @cached_property
    def _figures(self) -> dict[str, Figures]:
        table = csv.DictReader(line for line in self._lines if not line.startswith("#"))
        rows = [
            Figures(
                region=row["region"],
                as_of=date.fromisoformat(row["date"]),
                **{name: int(row[name]) for name in _COUNTS},
            )
            for row in table
        ]
        world = _sum(rows, self.origin.as_of)
        return {WORLD: world, **{row.region: _believable(row) for row in rows}}

    def fetch(self, regions: Collection[str]) -> dict[str, Figures]:
        """Return figures for those of the regions that the table has."""
        return {code: self._figures[code] for code in regions if code in self._figures}


def _believable(row: Figures) -> Figures:
    """Return the row without what the feed could not have known."""
    confirmed, deaths, recovered = row.confirmed or 0, row.deaths or 0, row.recovered or 0
    if recovered and deaths + recovered <= confirmed:
        return row
    return Figures(
        row.region,
        row.as_of,
        row.confirmed,
        row.deaths,
        confirmed_24h=row.confirmed_24h,
        deaths_24h=row.deaths_24h,
    )


def _sum(rows: Iterable[Figures], as_of: date) -> Figures:
    """Return the World: totals of every row, changes of those of the day itself."""
    sums = dict.fromkeys(_COUNTS, 0)
    for row in rows:
        for name in _COUNTS:
            if row.as_of == as_of or name not in _CHANGES:
                sums[name] += getattr(row, name)
    return Figures(WORLD, as_of, **sums)

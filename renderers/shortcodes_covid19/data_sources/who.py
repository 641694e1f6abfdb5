"""The source WHO: the daily table of the World Health Organization's COVID-19 dashboard.

It is a CSV file of 583,440 rows and 26.5 MB (September 2026). It is read row by row, and only the
last reports of every area are kept in memory.

- Since 2023 counts are reported weekly, and by some countries less often. A blank `New_…` means a
  day without a report, not zero. The day of an area's figures is the day of its last report. A
  change is the difference from the last report that is at least seven days older, and `days` is the
  number of days between them.
- There are no columns for recovered and active, and no row for the world. The world is the sum of
  all areas; its change is the sum of those that reported on the last day for the seven days before.
- The file begins with a byte order mark. "NA" is Namibia. Areas without a code of CLDR count for
  the world only.
"""

from __future__ import annotations

import codecs
import csv
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter

from shortcodes_covid19 import table
from shortcodes_covid19.data_sources.http_source import Endpoint, HttpSource
from shortcodes_covid19.figures import WORLD, Origin
from shortcodes_covid19.regions import list_regions

COLUMNS = (
    "Date_reported",
    "Country_code",
    "Country",
    "New_cases",
    "Cumulative_cases",
    "New_deaths",
    "Cumulative_deaths",
)
_CADENCE = 7
_MOST_AREAS = 1000
_LONGEST_LINE = 10_000
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,15}")


@dataclass(slots=True)
class _Count:
    """The last reports of one count, one per day, as far back as a week."""

    reports: list[tuple[date, int]] = field(default_factory=list)
    """Day and total in the order of days; the largest of several totals of a day."""

    def add(self, day: date, total: int) -> None:
        index = bisect_left(self.reports, day, key=itemgetter(0))
        if index < len(self.reports) and self.reports[index][0] == day:
            self.reports[index] = max(self.reports[index], (day, total))
            return
        self.reports.insert(index, (day, total))
        last_day, _ = self.reports[-1]
        while len(self.reports) > 1 and (last_day - self.reports[1][0]).days >= _CADENCE:
            del self.reports[0]

    def compute_change(self) -> tuple[date, int, int] | None:
        """Return the day of the last report, the days since an earlier one, and the change."""
        if len(self.reports) < 2:
            return None
        (before, old), (day, new) = self.reports[0], self.reports[-1]
        days = (day - before).days
        return (day, days, new - old) if days >= _CADENCE else None


@dataclass(slots=True)
class _Area:
    """A country or territory, as far as the table has been read."""

    code: str
    day: date = date.min
    """The day of the last report."""
    confirmed: str = ""
    deaths: str = ""
    new: tuple[_Count, _Count] = field(default_factory=lambda: (_Count(), _Count()))

    def build_row(self) -> dict[str, str | int | date | None]:
        """Return the figures of the last report."""
        changes = [count.compute_change() for count in self.new]
        fresh = [change for change in changes if change is not None and change[0] == self.day]
        days = fresh[0][1] if fresh else 1
        confirmed, deaths = (
            change[2] if change is not None and change[:2] == (self.day, days) else None
            for change in changes
        )
        return {
            "region": self.code,
            "date": self.day,
            "confirmed": self.confirmed,
            "deaths": self.deaths,
            "new_confirmed": confirmed,
            "new_deaths": deaths,
            "days": days,
        }


def read_daily(chunks: Iterable[bytes]) -> list[table.Row]:
    """Return a row for each area that has a code, and one for the world.

    Raises `ValueError` for another table.
    """
    areas: dict[str, _Area] = {}
    for number, cells in _read_cells(chunks):
        try:
            _add_row(areas, *cells)
        except ValueError as error:
            raise ValueError(f"line {number}: {error}") from None
    reported = [area for area in areas.values() if area.day != date.min]
    if not reported:
        raise ValueError("it has no reports")
    rows = [area.build_row() for area in reported]
    known = frozenset(list_regions()) - {WORLD}
    return [_sum_world(rows), *(row for row in rows if row["region"] in known)]


def _add_row(
    areas: dict[str, _Area],
    reported: str,
    code: str,
    country: str,
    new_cases: str,
    cases: str,
    new_deaths: str,
    deaths: str,
) -> None:
    """Add one row to its area."""
    name = code.strip() or country.strip()
    area = areas.get(name)
    if area is None:
        if len(areas) >= _MOST_AREAS:
            raise ValueError(f"it has more than {_MOST_AREAS} areas")
        area = areas[name] = _Area(name if code.strip() else "")
    if not new_cases and not new_deaths:
        return
    day = date.fromisoformat(reported)
    if day >= area.day:
        area.day, area.confirmed, area.deaths = day, cases, deaths
    for count, new, total in zip(area.new, (new_cases, new_deaths), (cases, deaths), strict=True):
        if new and _WHOLE_NUMBER.fullmatch(total):
            count.add(day, int(total))


def _sum_world(rows: Iterable[dict[str, str | int | date | None]]) -> table.Row:
    """Return the sum of all areas."""
    rows = list(rows)
    last = max(row["date"] for row in rows if isinstance(row["date"], date))
    latest = [row for row in rows if (row["date"], row["days"]) == (last, _CADENCE)]
    return {
        "region": WORLD,
        "date": last,
        "confirmed": _sum_counts(row["confirmed"] for row in rows),
        "deaths": _sum_counts(row["deaths"] for row in rows),
        "new_confirmed": _sum_counts(row["new_confirmed"] for row in latest) if latest else None,
        "new_deaths": _sum_counts(row["new_deaths"] for row in latest) if latest else None,
        "days": _CADENCE if latest else 1,
    }


def _sum_counts(counts: Iterable[object]) -> int | None:
    """Return the sum of counts without blank ones, or `None` if one is not a number."""
    texts = [str(count) for count in counts if count not in (None, "")]
    if not texts or not all(map(_WHOLE_NUMBER.fullmatch, texts)):
        return None
    return sum(map(int, texts))


def _read_cells(chunks: Iterable[bytes]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the line number and the cells of `COLUMNS` of every row."""
    rows = csv.reader(_split_lines(chunks), strict=True)
    try:
        header = next(rows, [])
        missing = [name for name in COLUMNS if name not in header]
        if missing:
            raise ValueError(f"its header does not name {', '.join(missing)}")
        select = itemgetter(*(header.index(name) for name in COLUMNS))
        for row in rows:
            if len(row) != len(header):
                raise ValueError(f"line {rows.line_num}: {len(row)} cells, not {len(header)}")
            yield rows.line_num, select(row)
    except csv.Error as error:
        raise ValueError(f"line {rows.line_num}: {error}") from None


def _split_lines(chunks: Iterable[bytes]) -> Iterator[str]:
    """Yield the lines of a text in chunks, without its byte order mark."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    rest = ""
    for chunk in chunks:
        lines = (rest + decoder.decode(chunk)).split("\n")
        rest = lines.pop()
        if len(rest) > _LONGEST_LINE:
            raise ValueError(f"it has a line of more than {_LONGEST_LINE:,} characters")
        yield from map(_check_line, lines)
    rest += decoder.decode(b"", final=True)
    if rest:
        yield _check_line(rest)


def _check_line(line: str) -> str:
    """Return a line that is a whole row.

    Raises `ValueError` if one of its cells goes on in the next line, as that could go on forever.
    """
    if line.count('"') % 2:
        raise ValueError("it has a cell that spans several lines")
    return line


class Who(HttpSource):
    """The WHO's daily table."""

    origin = Origin(
        key="who",
        name="World Health Organization, WHO COVID-19 dashboard",
        url="https://data.who.int/dashboards/covid19/data",
        licence="CC-BY-4.0",
        licence_url="https://creativecommons.org/licenses/by/4.0/",
        cadence=_CADENCE,
    )
    base_url = "https://srhdpeuwpubsa.blob.core.windows.net/whdh/COVID"
    endpoints = (Endpoint("WHO-COVID-19-global-daily-data.csv", read_daily, lambda region: True),)

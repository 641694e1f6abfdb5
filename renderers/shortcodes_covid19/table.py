"""Reads and writes tables of figures: CSV with comment lines, or JSON.

The package's own tables, tables of users and cached answers all have this format.

    # source: World Health Organization, WHO COVID-19 dashboard
    # url: https://data.who.int/dashboards/covid19/data
    region,date,confirmed,deaths,recovered,active,new_confirmed,new_deaths,days
    EG,2024-12-01,516023,24830,,,,,

In JSON the comments are keys of one object, and its key "figures" has a list of objects. Only
`region` is required. Unknown columns and comments are ignored.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final, Literal

from shortcodes.files import plain_data
from shortcodes_covid19.figures import Figures, Origin
from shortcodes_covid19.plausibility import COUNTS, read_counts
from shortcodes_covid19.regions import is_code, resolve_region

TableFormat = Literal["csv", "json"]
Row = Mapping[str, Any]

COLUMNS: Final = ("region", "date", *COUNTS, "days")

_HEADER_KEYS = ("source", "url", "licence", "licence-url", "cadence", "ended", "fetched")
_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f\x7f]++")
_LONGEST_PERIOD = 3660
_LONGEST_CELL = 100


class TableError(ValueError):
    """A text is not a valid table; the message is one phrase with the line."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was read."""

    origin: Origin
    figures: dict[str, Figures] = field(default_factory=dict)
    """By region."""

    def select(self, regions: Iterable[str]) -> dict[str, Figures]:
        """Return the figures of the regions that the table has."""
        return {code: self.figures[code] for code in regions if code in self.figures}


def read(text: str, table_format: TableFormat, key: str, name: str = "") -> Table:
    """Return the table that a text contains. Raises `TableError`.

    Args:
        text: The text of a file.
        table_format: "csv" or "json".
        key: The name of the source in a chain.
        name: Who published the figures, for a text that does not say it.
    """
    header, rows = (_parse_json if table_format == "json" else _parse_csv)(
        text.removeprefix("\ufeff")
    )
    origin = _read_origin(header, key, name)
    fetched = _read_time(header.get("fetched"))
    by_region: dict[str, Figures] = {}
    for row_name, row in rows:
        figures = _read_figures(row_name, row, origin, fetched)
        if figures.region in by_region:
            raise TableError(f"{row_name}: region {figures.region} appears twice")
        by_region[figures.region] = figures
    if not by_region:
        raise TableError("it has no figures")
    return Table(origin, by_region)


def has_figures(text: str, table_format: TableFormat) -> bool:
    """Return whether a text is a table with a count of some region."""
    try:
        rows = read(text, table_format, "").figures.values()
    except TableError:
        return False
    return any(getattr(row, name) is not None for row in rows for name in COUNTS)


def write(origin: Origin, rows: Iterable[Row], **comments: object) -> str:
    """Return rows as a CSV table; `comments` are added to those about the origin."""
    header = {
        "source": origin.name,
        "url": origin.url,
        "licence": origin.licence,
        "licence-url": origin.licence_url,
        "cadence": origin.cadence,
        "ended": origin.ended or "",
        **comments,
    }
    out = io.StringIO()
    out.writelines(
        f"# {key}: {_put_on_one_line(value)}\n" for key, value in header.items() if value != ""
    )
    table = csv.DictWriter(out, COLUMNS, lineterminator="\n", extrasaction="ignore")
    table.writeheader()
    table.writerows(
        {key: _put_on_one_line(x)[:_LONGEST_CELL] for key, x in row.items()} for row in rows
    )
    return out.getvalue()


def build_row(figures: Figures) -> dict[str, Any]:
    """Return the row of a region's figures for `write`."""
    counts = {name: getattr(figures, name) for name in COUNTS}
    return {"region": figures.region, "date": figures.as_of, **counts, "days": figures.days}


def _put_on_one_line(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())


def _parse_csv(text: str) -> tuple[dict[str, str], Iterator[tuple[str, Row]]]:
    lines = text.splitlines()
    comments = [line[1:].strip() for line in lines if line.startswith("#")]
    pairs = (comment.partition(":") for comment in comments)
    header = {name.strip(): value.strip() for name, _, value in pairs}
    numbered = [(n, line) for n, line in enumerate(lines, 1) if line and not line.startswith("#")]
    names = _split_line(*numbered[0]) if numbered else []
    if "region" not in names:
        raise TableError("it has no header line with a column region")
    rows = (
        (f"line {n}", dict(zip(names, _split_line(n, x), strict=False))) for n, x in numbered[1:]
    )
    return header, rows


def _split_line(number: int, line: str) -> list[str]:
    try:
        return next(csv.reader([line], strict=True), [])
    except csv.Error as error:
        raise TableError(f"line {number}: {error}") from None


def _parse_json(text: str) -> tuple[dict[str, str], Iterator[tuple[str, Row]]]:
    try:
        data = plain_data.parse_json(text)
    except ValueError as error:
        raise TableError(f"it is not JSON: {error}") from None
    figures = data.get("figures") if isinstance(data, dict) else None
    if not isinstance(figures, list):
        raise TableError('it is not an object with a list "figures"')
    header = {name: str(value) for name, value in data.items() if name in _HEADER_KEYS}

    def number_rows() -> Iterator[tuple[str, Row]]:
        for number, row in enumerate(figures, 1):
            if not isinstance(row, dict):
                raise TableError(f"figures {number}: it is not an object")
            yield f"figures {number}", row

    return header, number_rows()


def _read_origin(header: Mapping[str, str], key: str, name: str) -> Origin:
    for part in ("url", "licence-url"):
        if header.get(part) and not _ADDRESS.fullmatch(header[part]):
            raise TableError(f"{part} is not an http or https address")
    return Origin(
        key=key,
        name=header.get("source") or name or key,
        url=header.get("url", ""),
        licence=header.get("licence", ""),
        licence_url=header.get("licence-url", ""),
        cadence=_read_days("cadence", header.get("cadence")) or 1,
        ended=_read_day("ended", header.get("ended")),
    )


def _read_figures(row_name: str, row: Row, origin: Origin, fetched: datetime | None) -> Figures:
    region = str(row.get("region") or "").strip()
    code = resolve_region(region) if region else ""
    if not is_code(code):
        raise TableError(f"{row_name}: {region[:40]!r} is not a region")
    counts, notes = read_counts(row)
    return Figures(
        region=code,
        as_of=_read_day(f"{row_name}: date", row.get("date")),
        origin=origin,
        fetched_at=fetched,
        **counts,
        days=_read_days(f"{row_name}: days", row.get("days")) or 1,
        notes=notes,
    )


def _read_day(name: str, value: object) -> date | None:
    text = "" if value is None else str(value).strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise TableError(f"{name} is {text[:40]!r}, not a date such as 2024-12-31") from None


def _read_days(name: str, value: object) -> int | None:
    text = "" if value is None else str(value).strip()
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,4}", text) or not 1 <= int(text) <= _LONGEST_PERIOD:
        raise TableError(f"{name} is {text[:40]!r}, not a number of days")
    return int(text)


def _read_time(value: object) -> datetime | None:
    if not value:
        return None
    try:
        time = datetime.fromisoformat(str(value))
        return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise TableError(f"fetched is {str(value)[:40]!r}, not a time in ISO 8601") from None

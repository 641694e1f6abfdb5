"""The form that tables of figures have in files: CSV with comment lines, or JSON.

The tables of this package have it, what users give, and what is kept of an answer that was fetched.

    # source: World Health Organization, WHO COVID-19 dashboard
    # url: https://data.who.int/dashboards/covid19/data
    region,date,confirmed,deaths,recovered,active,new_confirmed,new_deaths,days
    EG,2024-12-01,516023,24830,,,,,

In JSON the comments are the keys of one object, and its "figures" are a list of objects. Only
`region` has to be there. Unknown columns and comments are passed over.
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

Form = Literal["csv", "json"]
Row = Mapping[str, Any]

COLUMNS: Final = ("region", "date", *COUNTS, "days")

_HEAD = ("source", "url", "licence", "licence-url", "cadence", "ended", "fetched")
_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f\x7f]++")
_LONGEST_PERIOD = 3660
_LONGEST_CELL = 100


class TableError(ValueError):
    """A text is no such table; the message is a lower-case fact with the line."""


@dataclass(frozen=True, slots=True)
class Table:
    """What a text says."""

    origin: Origin
    figures: dict[str, Figures] = field(default_factory=dict)
    """By region."""

    def of(self, regions: Iterable[str]) -> dict[str, Figures]:
        """Return the figures of those of the regions that are there."""
        return {code: self.figures[code] for code in regions if code in self.figures}


def read(text: str, form: Form, key: str, name: str = "") -> Table:
    """Return what a table says. Raises `TableError`.

    `key` is the name of its source in a chain, and `name` who published it where it does not say.
    """
    head, rows = (_from_json if form == "json" else _from_csv)(text.removeprefix("\ufeff"))
    origin = _origin(head, key, name)
    fetched = _moment(head.get("fetched"))
    found: dict[str, Figures] = {}
    for place, row in rows:
        figures = _figures(place, row, origin, fetched)
        if figures.region in found:
            raise TableError(f"{place}: region {figures.region} appears twice")
        found[figures.region] = figures
    if not found:
        raise TableError("it has no figures")
    return Table(origin, found)


def write(origin: Origin, rows: Iterable[Row], **more: object) -> str:
    """Return rows as a table in CSV, with `more` in its comments; only `region` must be there."""
    head = {
        "source": origin.name,
        "url": origin.url,
        "licence": origin.licence,
        "licence-url": origin.licence_url,
        "cadence": origin.cadence,
        "ended": origin.ended or "",
        **more,
    }
    out = io.StringIO()
    out.writelines(f"# {key}: {_one_line(value)}\n" for key, value in head.items() if value != "")
    table = csv.DictWriter(out, COLUMNS, lineterminator="\n", extrasaction="ignore")
    table.writeheader()
    table.writerows({key: _one_line(x)[:_LONGEST_CELL] for key, x in row.items()} for row in rows)
    return out.getvalue()


def build_row(figures: Figures) -> dict[str, Any]:
    """Return figures as a row to write."""
    counts = {name: getattr(figures, name) for name in COUNTS}
    return {"region": figures.region, "date": figures.as_of, **counts, "days": figures.days}


def _one_line(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())


def _from_csv(text: str) -> tuple[dict[str, str], Iterator[tuple[str, Row]]]:
    lines = text.splitlines()
    comments = [line[1:].strip() for line in lines if line.startswith("#")]
    head = {name.strip(): value.strip() for name, _, value in (c.partition(":") for c in comments)}
    numbered = [(n, line) for n, line in enumerate(lines, 1) if line and not line.startswith("#")]
    names = _cells(*numbered[0]) if numbered else []
    if "region" not in names:
        raise TableError("it has no header line with a column region")
    rows = ((f"line {n}", dict(zip(names, _cells(n, x), strict=False))) for n, x in numbered[1:])
    return head, rows


def _cells(number: int, line: str) -> list[str]:
    try:
        return next(csv.reader([line], strict=True), [])
    except csv.Error as error:
        raise TableError(f"line {number}: {error}") from None


def _from_json(text: str) -> tuple[dict[str, str], Iterator[tuple[str, Row]]]:
    try:
        whole = plain_data.parse_json(text)
    except ValueError as error:
        raise TableError(f"it is not JSON: {error}") from None
    figures = whole.get("figures") if isinstance(whole, dict) else None
    if not isinstance(figures, list):
        raise TableError('it is not an object with a list "figures"')
    head = {name: str(value) for name, value in whole.items() if name in _HEAD}

    def rows() -> Iterator[tuple[str, Row]]:
        for number, row in enumerate(figures, 1):
            if not isinstance(row, dict):
                raise TableError(f"figures {number}: it is not an object")
            yield f"figures {number}", row

    return head, rows()


def _origin(head: Mapping[str, str], key: str, name: str) -> Origin:
    for part in ("url", "licence-url"):
        if head.get(part) and not _ADDRESS.fullmatch(head[part]):
            raise TableError(f"{part} is not an http or https address")
    return Origin(
        key=key,
        name=head.get("source") or name or key,
        url=head.get("url", ""),
        licence=head.get("licence", ""),
        licence_url=head.get("licence-url", ""),
        cadence=_days("cadence", head.get("cadence")) or 1,
        ended=_day("ended", head.get("ended")),
    )


def _figures(place: str, row: Row, origin: Origin, fetched: datetime | None) -> Figures:
    region = str(row.get("region") or "").strip()
    code = resolve_region(region) if region else ""
    if not is_code(code):
        raise TableError(f"{place}: {region[:40]!r} is not a region")
    counts, notes = read_counts(row)
    return Figures(
        region=code,
        as_of=_day(f"{place}: date", row.get("date")),
        origin=origin,
        fetched_at=fetched,
        **counts,
        days=_days(f"{place}: days", row.get("days")) or 1,
        notes=notes,
    )


def _day(what: str, value: object) -> date | None:
    text = "" if value is None else str(value).strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise TableError(f"{what} is {text[:40]!r}, not a date such as 2024-12-31") from None


def _days(what: str, value: object) -> int | None:
    text = "" if value is None else str(value).strip()
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,4}", text) or not 1 <= int(text) <= _LONGEST_PERIOD:
        raise TableError(f"{what} is {text[:40]!r}, not a number of days")
    return int(text)


def _moment(value: object) -> datetime | None:
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(str(value))
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise TableError(f"fetched is {str(value)[:40]!r}, not a time in ISO 8601") from None

"""The source disease.sh, version 3: Worldometer's figures, which ended on 2024-04-13.

What its source code (2025-10) shows about its fields:

- Without `allowNull=true`, missing figures are 0. With it, `active` is still computed as if a
  missing recovered were 0, so that active counts as missing here too.
- `updated` is the time of scraping. The day of the figures is the day on which Worldometer stopped.
- A ship or a territory may have no code; it is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from shortcodes.files import plain_data
from shortcodes_covid19 import table
from shortcodes_covid19.data_sources.http_source import Endpoint, HttpSource
from shortcodes_covid19.figures import WORLD, Origin
from shortcodes_covid19.regions import list_regions

_ENDED = date(2024, 4, 13)
_LARGEST = 2_000_000
"""The size limit of an answer in bytes, ten times its real size. JSON such as `[],[],…` takes 30
times its size in memory."""
_FIELDS = {
    "confirmed": "cases",
    "deaths": "deaths",
    "recovered": "recovered",
    "active": "active",
    "new_confirmed": "todayCases",
    "new_deaths": "todayDeaths",
}


def _read_world(chunks: Iterator[bytes]) -> Iterable[table.Row]:
    return [_build_row(WORLD, _check_object(_parse_json(chunks)))]


def _read_countries(chunks: Iterator[bytes]) -> Iterable[table.Row]:
    countries = _parse_json(chunks)
    if not isinstance(countries, list):
        raise ValueError("it is not a list of countries")
    rows: dict[str, table.Row] = {}
    for country in map(_check_object, countries):
        info = country.get("countryInfo")
        code = info.get("iso2") if isinstance(info, dict) else None
        if code in list_regions():
            rows.setdefault(code, _build_row(code, country))
    return rows.values()


def _build_row(region: str, country: dict[str, Any]) -> table.Row:
    row = {name: country.get(field) for name, field in _FIELDS.items()}
    if row["recovered"] is None:
        row["active"] = None
    return {"region": region, "date": _ENDED, **row}


def _parse_json(chunks: Iterator[bytes]) -> Any:
    """Return the value of a JSON text, with numbers as text because nothing is computed here."""
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > _LARGEST:
            raise ValueError(f"it is larger than {_LARGEST:,} bytes")
    try:
        return plain_data.parse_json(data, parse_number=str)
    except ValueError as error:
        raise ValueError(f"it is not JSON: {error}") from None


def _check_object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict) or "cases" not in value:
        raise ValueError("it has no cases")
    return value


class DiseaseSh(HttpSource):
    """Worldometer's last figures, as disease.sh serves them."""

    origin = Origin(
        key="disease.sh",
        name="disease.sh (Worldometer)",
        url="https://disease.sh/",
        licence="terms of disease.sh",
        licence_url="https://github.com/disease-sh/API/blob/master/TERMS.md",
        cadence=1,
        ended=_ENDED,
    )
    base_url = "https://disease.sh/v3/covid-19"
    endpoints = (
        Endpoint("all?allowNull=true", _read_world, lambda region: region == WORLD),
        Endpoint("countries?allowNull=true", _read_countries, lambda region: region != WORLD),
    )

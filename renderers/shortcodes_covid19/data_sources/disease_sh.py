"""disease.sh, version 3: Worldometer's figures, which ended on 2024-04-13.

Its fields, and what they hide (from its source code, 2025-10):

- Without `allowNull=true` every gap is a 0. Even with it, `active` is counted as if recovered were
  0 where that is missing: then active is no data here either.
- `updated` is the moment at which it was scraped, not the day of the figures. That is the day on
  which Worldometer stopped, 2024-04-13.
- A ship or a territory may have no code; those are left out.
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
"""Bytes of an answer, ten times those of the real one: JSON of `[],[],…` takes 30 times its size in
memory."""
_FIELDS = {
    "confirmed": "cases",
    "deaths": "deaths",
    "recovered": "recovered",
    "active": "active",
    "new_confirmed": "todayCases",
    "new_deaths": "todayDeaths",
}


def _world(chunks: Iterator[bytes]) -> Iterable[table.Row]:
    return [_row(WORLD, _object(_json(chunks)))]


def _countries(chunks: Iterator[bytes]) -> Iterable[table.Row]:
    listed = _json(chunks)
    if not isinstance(listed, list):
        raise ValueError("it is not a list of countries")
    rows: dict[str, table.Row] = {}
    for country in map(_object, listed):
        info = country.get("countryInfo")
        code = info.get("iso2") if isinstance(info, dict) else None
        if code in list_regions():
            rows.setdefault(code, _row(code, country))
    return rows.values()


def _row(region: str, said: dict[str, Any]) -> table.Row:
    row = {ours: said.get(theirs) for ours, theirs in _FIELDS.items()}
    if row["recovered"] is None:
        row["active"] = None
    return {"region": region, "date": _ENDED, **row}


def _json(chunks: Iterator[bytes]) -> Any:
    """Return what JSON says, numbers as text: nothing here counts with them."""
    came = bytearray()
    for chunk in chunks:
        came += chunk
        if len(came) > _LARGEST:
            raise ValueError(f"it is larger than {_LARGEST:,} bytes")
    try:
        return plain_data.parse_json(came, parse_number=str)
    except ValueError as error:
        raise ValueError(f"it is not JSON: {error}") from None


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict) or "cases" not in value:
        raise ValueError("it has no cases")
    return value


class DiseaseSh(HttpSource):
    """Worldometer's last figures, by way of disease.sh."""

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
        Endpoint("all?allowNull=true", _world, lambda region: region == WORLD),
        Endpoint("countries?allowNull=true", _countries, lambda region: region != WORLD),
    )

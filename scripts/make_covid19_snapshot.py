"""Makes the table of figures that `shortcodes_covid19` carries, from a wheel on this disk.

    pip download --no-deps django-covid19==0.4rc1
    python scripts/make_covid19_snapshot.py django_covid19-0.4rc1-py3-none-any.whl

It writes `snapshot.csv` and `snapshot-LICENSE.txt` into the package (or the folder given as the
second argument), the same bytes each time, and prints the sums.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import sys
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from babel.core import get_global

PACKAGE = Path(__file__).parent.parent / "renderers" / "shortcodes_covid19"
FIXTURE = "django_covid19/fixtures/country.json"
LICENCE = "django_covid19-0.4rc1.dist-info/LICENSE"

# What the feed says in place of an ISO 3166 code. CLDR knows the three-letter codes; these it
# cannot know. The ship has none: XJ stands in the range that ISO leaves to its users.
CODES = {
    "CIB": "GI",
    "GBN": "GW",
    "USVI": "VI",
    "CNMI": "MP",
    "Saint Martin": "MF",
    "Sint Maarten": "SX",
    "Mann": "IM",
    "Princess": "XJ",
}

COLUMNS = {
    "confirmed": "confirmedCount",
    "deaths": "deadCount",
    "recovered": "curedCount",
    "active": "currentConfirmedCount",
    "new_confirmed": "confirmedIncr",
    "new_deaths": "deadIncr",
}


def alpha2(code: str) -> str:
    """Return the two-letter code for what the feed calls a country code."""
    if code in CODES:
        return CODES[code]
    if len(code) == 2:
        return code
    (found,) = get_global("territory_aliases")[code]
    return str(found)


def last_row(entry: dict[str, Any]) -> dict[str, Any]:
    """Return the latest day of a country's series: the totals beside it are partly older."""
    rows = json.loads(entry["fields"]["dailyData"])
    row: dict[str, Any] = max(rows, key=lambda day: day["dateId"])
    return row


def table(entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a row for each country: code, date of its figures, figures; sorted by code."""
    rows = []
    for entry in entries:
        day = last_row(entry)
        rows.append(
            {
                "region": alpha2(entry["fields"]["countryCode"]),
                "date": datetime.strptime(str(day["dateId"]), "%Y%m%d").date(),
                **{ours: day[theirs] for ours, theirs in COLUMNS.items()},
            }
        )
    if len({row["region"] for row in rows}) != len(rows):
        raise ValueError("two rows of the feed have the same code")
    return sorted(rows, key=lambda row: str(row["region"]))


def world(rows: Sequence[dict[str, Any]], as_of: date) -> dict[str, Any]:
    """Return the sum of all rows as they stand, and of the changes of the day itself."""
    latest = [row for row in rows if row["date"] == as_of]
    changes = ("new_confirmed", "new_deaths")
    sums = {
        name: sum(row[name] for row in (latest if name in changes else rows)) for name in COLUMNS
    }
    return {"region": "001", "date": as_of, **sums}


def without_noughts(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row in which a nought recovered is no data, and neither is active.

    The feed writes 0 where it has no figure, and counts active from that.
    """
    return row if row["recovered"] else {**row, "recovered": "", "active": ""}


def as_csv(rows: Sequence[dict[str, Any]], as_of: date, digest: str) -> str:
    """Return the table with what it is and where it is from in comment lines above it."""
    head = {
        "what": "COVID-19 figures by region: totals, and the change within the row's own day",
        "source": "DXY.cn, django-covid19",
        "release": "0.4rc1",
        "url": "https://github.com/leafcoder/django-covid19",
        "licence": "MIT",
        "licence-url": "https://spdx.org/licenses/MIT.html",
        "cadence": "1",
        "ended": as_of.isoformat(),
        "notice": "Copyright (c) 2020 leafcoder; the whole notice is in snapshot-LICENSE.txt",
        "wheel-sha256": digest,
        "made-by": "scripts/make_covid19_snapshot.py",
    }
    out = io.StringIO()
    out.writelines(f"# {key}: {value}\n" for key, value in head.items())
    writer = csv.DictWriter(out, ["region", "date", *COLUMNS], lineterminator="\n")
    writer.writeheader()
    writer.writerow(world(rows, as_of))
    writer.writerows(without_noughts(row) for row in rows)
    return out.getvalue()


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the wheel, write the two files, print the sums."""
    parser = argparse.ArgumentParser(description="make the snapshot of shortcodes_covid19")
    parser.add_argument("wheel", type=Path, help="django_covid19-0.4rc1-py3-none-any.whl")
    parser.add_argument("folder", type=Path, nargs="?", default=PACKAGE)
    chosen = parser.parse_args(arguments)
    try:
        data = chosen.wheel.read_bytes()
        with zipfile.ZipFile(io.BytesIO(data)) as wheel:
            rows = table(json.loads(wheel.read(FIXTURE)))
            licence = wheel.read(LICENCE)
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        parser.error(f"this is not the wheel of django-covid19 0.4rc1: {error}")
    as_of = max(row["date"] for row in rows)
    text = as_csv(rows, as_of, hashlib.sha256(data).hexdigest())
    (chosen.folder / "snapshot.csv").write_text(text, encoding="utf-8", newline="")
    (chosen.folder / "snapshot-LICENSE.txt").write_bytes(licence)
    sums = (f"{name} {sum(row[name] for row in rows):,}" for name in COLUMNS)
    print(f"{len(rows)} rows, {as_of}: {', '.join(sums)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

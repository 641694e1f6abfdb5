"""Creates the snapshot of figures in `shortcodes_covid19` from the wheel of another package.

    pip download --no-deps django-covid19==0.4rc1
    python scripts/make_covid19_snapshot.py django_covid19-0.4rc1-py3-none-any.whl

It writes `snapshot.csv` and `snapshot-LICENSE.txt` into the package, or into the folder given as
the second argument, and prints the sums. The same wheel always gives the same bytes.
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

# The feed's codes that are neither in ISO 3166 nor in CLDR, which knows the three-letter codes. The
# ship has no code in ISO 3166; XJ is in the range that ISO leaves to users.
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


def find_code(code: str) -> str:
    """Return the two-letter code for a country code of the feed."""
    if code in CODES:
        return CODES[code]
    if len(code) == 2:
        return code
    (alias,) = get_global("territory_aliases")[code]
    return str(alias)


def find_last_row(entry: dict[str, Any]) -> dict[str, Any]:
    """Return the last day of a country's series; the totals beside the series are partly older."""
    rows = json.loads(entry["fields"]["dailyData"])
    row: dict[str, Any] = max(rows, key=lambda day: day["dateId"])
    return row


def build_rows(entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a row with code, date and figures for each country, sorted by code."""
    rows = []
    for entry in entries:
        day = find_last_row(entry)
        rows.append(
            {
                "region": find_code(entry["fields"]["countryCode"]),
                "date": datetime.strptime(str(day["dateId"]), "%Y%m%d").date(),
                **{name: day[field] for name, field in COLUMNS.items()},
            }
        )
    if len({row["region"] for row in rows}) != len(rows):
        raise ValueError("two rows of the feed have the same code")
    return sorted(rows, key=lambda row: str(row["region"]))


def sum_world(rows: Sequence[dict[str, Any]], as_of: date) -> dict[str, Any]:
    """Return the sums of all rows; for changes, only of the rows of the last day."""
    latest = [row for row in rows if row["date"] == as_of]
    changes = ("new_confirmed", "new_deaths")
    sums = {
        name: sum(row[name] for row in (latest if name in changes else rows)) for name in COLUMNS
    }
    return {"region": "001", "date": as_of, **sums}


def drop_zero_recovered(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row without recovered and active if recovered is 0.

    The feed writes 0 if it has no figure, and computes active from it.
    """
    return row if row["recovered"] else {**row, "recovered": "", "active": ""}


def write_csv(rows: Sequence[dict[str, Any]], as_of: date, digest: str) -> str:
    """Return the table as CSV, with comment lines about its content and origin."""
    header = {
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
    out.writelines(f"# {key}: {value}\n" for key, value in header.items())
    writer = csv.DictWriter(out, ["region", "date", *COLUMNS], lineterminator="\n")
    writer.writeheader()
    writer.writerow(sum_world(rows, as_of))
    writer.writerows(drop_zero_recovered(row) for row in rows)
    return out.getvalue()


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the wheel, write the two files, and print the sums."""
    parser = argparse.ArgumentParser(description="Create the snapshot of shortcodes_covid19.")
    parser.add_argument("wheel", type=Path, help="django_covid19-0.4rc1-py3-none-any.whl")
    parser.add_argument("folder", type=Path, nargs="?", default=PACKAGE)
    options = parser.parse_args(arguments)
    try:
        data = options.wheel.read_bytes()
        with zipfile.ZipFile(io.BytesIO(data)) as wheel:
            rows = build_rows(json.loads(wheel.read(FIXTURE)))
            licence = wheel.read(LICENCE)
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        parser.error(f"this is not the wheel of django-covid19 0.4rc1: {error}")
    as_of = max(row["date"] for row in rows)
    text = write_csv(rows, as_of, hashlib.sha256(data).hexdigest())
    (options.folder / "snapshot.csv").write_text(text, encoding="utf-8", newline="")
    (options.folder / "snapshot-LICENSE.txt").write_bytes(licence)
    sums = (f"{name} {sum(row[name] for row in rows):,}" for name in COLUMNS)
    print(f"{len(rows)} rows, {as_of}: {', '.join(sums)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

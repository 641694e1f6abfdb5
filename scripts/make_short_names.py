"""Creates the table of CLDR's short names of regions, which Babel leaves out.

    tests/npm/unpack.sh    # unpacks the package cldr-localenames-full
    python scripts/make_short_names.py

It writes renderers/shortcodes_covid19/short_names.csv. Abbreviations such as "UK" are left out,
because they make bad headings.
"""

from __future__ import annotations

import csv
import json
import os
import sys
from pathlib import Path

from babel import localedata

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "renderers" / "shortcodes_covid19" / "short_names.csv"
SUFFIX = "-alt-short"
ABBREVIATED = frozenset({"GB", "UN", "US"})


def main() -> None:
    """Write the table, and print how many names it has."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    package = cache / "shortcode-engine" / "npm" / "cldr-localenames-full"
    if not package.is_dir():
        sys.exit(f"{package} is missing: run tests/npm/unpack.sh")
    version = json.loads((package / "package.json").read_text())["version"]
    files = sorted((package / "main").glob("*/territories.json"))
    names = {file.parent.name: _read_short_names(file) for file in files}
    rows = [
        (locale, region, name)
        for locale, short_names in names.items()
        if localedata.exists(locale.replace("-", "_"))
        for region, name in short_names.items()
        if names.get(_get_parent(locale), {}).get(region) != name
    ]
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        file.write("# what: short names of regions by locale; one without a row has its parent's\n")
        file.write(f"# source: Unicode CLDR, cldr-localenames-full {version}\n")
        file.write("# licence: Unicode-3.0\n")
        file.write("# notice: Copyright (c) 2004-2026 Unicode, Inc.; see short_names-LICENSE.txt\n")
        file.write("# made-by: scripts/make_short_names.py\n")
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("locale", "region", "name"))
        table.writerows(rows)
    print(f"{len(rows)} names in {len({row[0] for row in rows})} locales")


def _read_short_names(file: Path) -> dict[str, str]:
    """Return the short names of a locale, by region."""
    data = json.loads(file.read_text(encoding="utf-8"))
    territories = data["main"][file.parent.name]["localeDisplayNames"]["territories"]
    return {
        region: name
        for key, name in territories.items()
        if key.endswith(SUFFIX) and (region := key.removesuffix(SUFFIX)) not in ABBREVIATED
    }


def _get_parent(locale: str) -> str:
    return locale.rpartition("-")[0]


if __name__ == "__main__":
    main()

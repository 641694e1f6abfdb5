"""Names and flags of regions.

Names are CLDR's. Babel leaves out its short names ("Hong Kong"), so those are in `short_names.csv`.
"""

from __future__ import annotations

import csv
from functools import cache, lru_cache
from importlib import resources

from babel import Locale

from shortcodes_covid19.words import ENGLISH

_REGIONAL_INDICATOR_A = 0x1F1E6
_FLAGLESS = frozenset({"EZ", "QO", "XA", "XB", "ZZ"})


def find_name(code: str, locale: Locale) -> str:
    """Return the name of a region as a heading, else its English name, else the code."""
    name = _look_up_name(code, locale) or _look_up_name(code, Locale(ENGLISH)) or code
    return name[:1].upper() + name[1:]  # CLDR's "world" is for the middle of a sentence


@lru_cache(512)
def find_flag(code: str) -> str:
    """Return the two code points that show as a flag, or nothing for a code without a flag."""
    if code in _FLAGLESS or len(code) != 2 or code not in Locale(ENGLISH).territories:
        return ""
    return "".join(chr(_REGIONAL_INDICATOR_A + ord(letter) - ord("A")) for letter in code)


def _look_up_name(code: str, locale: Locale) -> str | None:
    short_names = _read_short_names().get(code)
    if short_names:
        tag = str(locale).replace("_", "-")
        while tag:
            if tag in short_names:
                return short_names[tag]
            tag = tag.rpartition("-")[0]
    name = locale.territories.get(code)
    return None if name is None else str(name)


@cache
def _read_short_names() -> dict[str, dict[str, str]]:
    """Return the short names by locale, by region."""
    file = resources.files("shortcodes_covid19") / "short_names.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    names: dict[str, dict[str, str]] = {}
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        names.setdefault(row["region"], {})[row["locale"]] = row["name"]
    return names

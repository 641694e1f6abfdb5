"""The card's own words and default labels by language; other languages get the English ones."""

from __future__ import annotations

from typing import Final

ENGLISH: Final = "en"

WORDS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "confirmed-label": "Confirmed",
        "confirmed-24h-label": "New cases",
        "deaths-label": "Deaths",
        "deaths-24h-label": "New deaths",
        "deaths-rate-label": "Death rate",
        "recovered-label": "Recovered",
        "active-label": "Active",
        "last-update-label": "Last updated:",
        "no-data": "no data",
        "source": "Source:",
        "fresh": "as of",
        "ageing": "ageing",
        "stale": "out of date",
        "frozen": "frozen",
        "ship": "Diamond Princess",
    },
    "ar": {
        "confirmed-label": "إجمالي الحالات",
        "confirmed-24h-label": "الحالات الجديدة",
        "deaths-label": "إجمالي الوفيات",
        "deaths-24h-label": "الوفيات الجديدة",
        "deaths-rate-label": "نسبة الوفيات",
        "recovered-label": "المتعافون",
        "active-label": "حالات تحت العلاج",
        "last-update-label": "آخر تحديث:",
        "no-data": "لا توجد بيانات",
        "source": "المصدر:",
        "fresh": "بتاريخ",
        "ageing": "بيانات بتاريخ",
        "stale": "بيانات قديمة بتاريخ",
        "frozen": "متوقف عند",
        "ship": "سفينة دايموند برينسس",
    },
}

NAMED_HERE: Final = {"XJ": "ship"}
"""Regions that CLDR has no name for, with the word that names them."""

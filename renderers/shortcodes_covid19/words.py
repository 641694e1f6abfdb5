"""The card's own words and default labels by language, from `words.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

from babel import Locale

ENGLISH: Final = "en"

NAMED_HERE: Final = {"XJ": "ship"}
"""Regions that CLDR has no name for, with the word that names them."""

Words = Mapping[str, str]


def find_words(locale: Locale) -> tuple[Words, str]:
    """Return the words for a locale and their BCP 47 tag: English where there are none of it."""
    table = _table()
    for tag in (f"{locale.language}-{locale.script}", locale.language):
        if tag in table:
            return table[tag], tag
    return table[ENGLISH], ENGLISH


@cache
def _table() -> dict[str, Words]:
    file = resources.files("shortcodes_covid19") / "words.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))

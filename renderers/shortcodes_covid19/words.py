"""The card's own words and default labels by language, read from `words.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

from babel import Locale

ENGLISH: Final = "en"

WORD_KEYS: Final = {"XJ": "ship"}
"""For regions that CLDR has no name for, the key of the word that names them."""

Words = Mapping[str, str]


def find_words(locale: Locale) -> tuple[Words, str]:
    """Return the words for a locale with their BCP 47 tag, or the English ones if it has none."""
    words_by_tag = _read_words()
    for tag in (f"{locale.language}-{locale.script}", locale.language):
        if tag in words_by_tag:
            return words_by_tag[tag], tag
    return words_by_tag[ENGLISH], ENGLISH


@cache
def _read_words() -> dict[str, Words]:
    file = resources.files("shortcodes_covid19") / "words.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))

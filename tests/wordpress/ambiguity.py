"""Which values no reader can find the end of once a typographer has been there."""

from __future__ import annotations

import re
from itertools import pairwise

from tests.wordpress.generated import Case, Given

_OWN = {'"': '["“”„‟″‶«»＂]', "'": "['‘’‚‛′‵]"}
_SPACE = r"(?:\s|<br */?>)"
_NEXT = r"(?:[\w-]+\s*=|/?\])"

_LOST = {"el": "'", "he_IL": "''", "zh_TW": "''"}
"""What a locale's typographer makes another quote of: in Greek single quotes become other
languages' double ones; in Hebrew and in Taiwan's Chinese two apostrophes become one straight
double quote."""


def is_ambiguous(case: Case, locale: str) -> bool:
    """Whether a value could end elsewhere than its author meant."""
    return any(_ambiguous(given, locale) for given in case.attributes) or any(
        # The one double quote that becomes of the empty value then looks as if it opened one.
        (empty.quote, empty.value, word.name, word.quote) == ("'", "", None, "")
        for empty, word in pairwise(case.attributes)
    )


def _ambiguous(given: Given, locale: str) -> bool:
    if locale in _LOST and _LOST[locale] in given.source:
        return True
    if given.quote == '"':
        # The typographer makes one double quote of two apostrophes, and in French adds a space.
        value = given.value.replace("''", '"')
        return _could_end('"', value) or (locale == "fr_FR" and '"' in value)
    if given.quote == "'":
        return ("''" in f"{given.source} " and given.value != "") or _could_end("'", given.value)
    return False


def _could_end(quote: str, value: str) -> bool:
    """Whether a quote looks like the closing one, or has no partner.

    It looks so directly before another of its class or the end, and before white space with
    `name=`, a quote or the end behind it; inside the value also with bare words between.
    """
    own = _OWN[quote]
    without_partner = len(re.findall(own, re.sub(rf"(?<=\w){own}(?=\w)", "", value))) % 2 == 1
    direct = rf"{own}{_SPACE}*(?:{_NEXT}|{own}|(?<!{own})[\"'])"
    over_words = rf"{own}{_SPACE}+(?:[^\s\"'=\[\]]+{_SPACE}+)*(?:{_NEXT}|[\"'])"
    return (
        without_partner
        or re.search(direct, quote + value) is not None
        or re.search(over_words, value) is not None
    )

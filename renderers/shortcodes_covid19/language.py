"""The language of a card: how it is chosen, and how it writes numbers, periods and dates."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal

from babel import Locale
from babel.numbers import format_decimal
from babel.units import format_unit

from shortcodes_covid19.card_options import Numbers
from shortcodes_covid19.phpdate import php_date
from shortcodes_covid19.region_names import find_name
from shortcodes_covid19.words import ENGLISH, WORD_KEYS, Words, find_words
from shortcodes_html.language import find_locale, guess_language

Direction = Literal["ltr", "rtl"]

_MINUS = "\N{MINUS SIGN}"

_ZEROS = {
    "adlm": 0x1E950,
    "arab": 0x0660,
    "arabext": 0x06F0,
    "beng": 0x09E6,
    "cakm": 0x11136,
    "deva": 0x0966,
    "gujr": 0x0AE6,
    "guru": 0x0A66,
    "hmnp": 0x1E140,
    "java": 0xA9D0,
    "khmr": 0x17E0,
    "knda": 0x0CE6,
    "laoo": 0x0ED0,
    "mlym": 0x0D66,
    "mong": 0x1810,
    "mtei": 0xABF0,
    "mymr": 0x1040,
    "nkoo": 0x07C0,
    "olck": 0x1C50,
    "orya": 0x0B66,
    "rohg": 0x10D30,
    "tamldec": 0x0BE6,
    "telu": 0x0C66,
    "thai": 0x0E50,
    "tibt": 0x0F20,
    "vaii": 0xA620,
}
"""The code point of the digit zero in CLDR's numbering systems; the other nine digits follow it.
Babel writes the separators of these systems, but Latin digits."""

_ARABIC = ("arab", "arabext")
"""The numbering systems that have separators and a percent sign of their own."""

_NUMBER_IN_PATTERN = re.compile("[#0][#0,.]*+")


@dataclass(frozen=True, slots=True)
class Language:
    """A language with its words and its numbering system."""

    locale: Locale
    words: Words
    words_tag: str
    """The BCP 47 tag of `words`: English if the package has none in the language itself."""
    numbering_system: str = "latn"
    """CLDR's name of the numbering system."""

    @property
    def fallback_tag(self) -> str:
        """The tag of `words` if they are in another language, else empty."""
        return "" if self.words_tag.split("-")[0] == self.locale.language else self.words_tag

    @property
    def tag(self) -> str:
        """The BCP 47 tag."""
        return str(self.locale).replace("_", "-")

    @property
    def direction(self) -> Direction:
        """The direction in which the language is written."""
        return "rtl" if self.locale.text_direction == "rtl" else "ltr"

    def write_number(self, number: int) -> str:
        """Return a number with its thousands separated."""
        return self.convert_digits(_group_digits(number, self.locale, self._separator_system))

    def write_change(self, number: int) -> str:
        """Return a number with its sign; zero has none."""
        sign = "+" if number > 0 else _MINUS if number < 0 else ""
        return sign + self.write_number(abs(number))

    def write_percentage(self, number: Decimal) -> str:
        """Return a percentage with two decimals."""
        sign = "\N{ARABIC PERCENT SIGN}" if self.numbering_system in _ARABIC else "%"
        formatted = format_decimal(
            number,
            "#,##0.00",
            locale=self.locale,
            numbering_system=self._separator_system,
            decimal_quantization=False,
        )
        # CLDR's pattern says where the sign goes. Its Arabic sign has invisible marks around it.
        pattern = str(self.locale.percent_formats[None].pattern).partition(";")[0]
        digits = self.convert_digits(str(formatted))
        return _NUMBER_IN_PATTERN.sub(lambda _: digits, pattern).replace("%", sign)

    def write_period(self, days: int) -> str:
        """Return a number of days in words."""
        return self.convert_digits(str(format_unit(days, "day", locale=self.locale)))

    def find_region_name(self, code: str) -> str:
        """Return the name of a region as a heading, else its English name, else the code."""
        return self.words[WORD_KEYS[code]] if code in WORD_KEYS else find_name(code, self.locale)

    def write_date(self, pattern: str, time: datetime) -> str:
        """Return a time in a format of PHP's `date()`."""
        return self.convert_digits(php_date(pattern, time, self.locale))

    def convert_digits(self, text: str) -> str:
        """Return a text with its Latin digits replaced by those of the numbering system."""
        if self.numbering_system == "latn":
            return text
        return text.translate(_map_digits(self.numbering_system))

    @property
    def _separator_system(self) -> str:
        """The numbering system from which Babel takes the separators."""
        return self.numbering_system if self.numbering_system in _ARABIC else "latn"


def choose_language(
    tag: object, labels: str, find_document_tag: Callable[[], str], numbers: Numbers = "latn"
) -> Language:
    """Return the first language that CLDR knows, or English.

    Args:
        tag: The BCP 47 tag that the caller asks for, tried first.
        labels: The labels of the card. Their letters are tried next.
        find_document_tag: Returns the tag of the document, for `labels` without letters.
        numbers: "native" for the digits of the language.
    """
    locale = find_locale(str(tag)) if tag else None
    if locale is None:
        has_letters = any(map(str.isalpha, labels))
        locale = find_locale(guess_language(labels)[0] if has_letters else find_document_tag())
    return _build_language(locale or Locale(ENGLISH), numbers)


@lru_cache(64)
def _build_language(locale: Locale, numbers: Numbers) -> Language:
    words, tag = find_words(locale)
    native = locale.other_numbering_systems.get("native", "latn")
    system = native if numbers == "native" and native in _ZEROS else "latn"
    return Language(locale, words, tag, system)


@lru_cache(4096)  # the cards of a site show the same figures many times
def _group_digits(number: int, locale: Locale, system: str) -> str:
    return str(format_decimal(number, locale=locale, numbering_system=system))


@cache
def _map_digits(system: str) -> dict[int, int]:
    return {ord("0") + n: _ZEROS[system] + n for n in range(10)}


def find_text_direction(text: str) -> Direction:
    """Return the direction of the first letter that has one, else "ltr" for digits and signs.

    HTML's `dir="auto"` would give digits the direction of the text around them, and the parts of a
    numeric date would change places.
    """
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("R", "AL", "L"):
            return "ltr" if direction == "L" else "rtl"
    return "ltr"

"""The language a card speaks: which it is, and how it writes numbers, periods and directions."""

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
from shortcodes_covid19.words import ENGLISH, NAMED_HERE, Words, find_words
from shortcodes_html.language import find_locale, guess_language

Direction = Literal["ltr", "rtl"]

_MINUS = "\N{MINUS SIGN}"

_NOUGHTS = {
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
"""The digit nought of CLDR's numbering systems; the other nine follow it. Babel writes their
separators with Latin digits between them."""

_ARABIC = ("arab", "arabext")
"""Those of them that have separators and a percent sign of their own."""

_NUMBER_IN_PATTERN = re.compile("[#0][#0,.]*+")


@dataclass(frozen=True, slots=True)
class Language:
    """A language with its words and its way of writing numbers."""

    locale: Locale
    words: Words
    words_tag: str
    """The BCP 47 tag of `words`: English where we have none in the language itself."""
    system: str = "latn"
    """CLDR's name of the numbering system."""

    @property
    def borrowed(self) -> str:
        """The tag of `words` where they are in another language than the rest; else empty."""
        return "" if self.words_tag.split("-")[0] == self.locale.language else self.words_tag

    @property
    def tag(self) -> str:
        """The BCP 47 tag."""
        return str(self.locale).replace("_", "-")

    @property
    def direction(self) -> Direction:
        """The direction that the language is written in."""
        return "rtl" if self.locale.text_direction == "rtl" else "ltr"

    def number(self, number: int) -> str:
        """Return the number with its groups."""
        return self.digits(_grouped(number, self.locale, self._separators))

    def change(self, number: int) -> str:
        """Return the number with its sign; nought has none."""
        sign = "+" if number > 0 else _MINUS if number < 0 else ""
        return sign + self.number(abs(number))

    def percent(self, number: Decimal) -> str:
        """Return hundredths as a percentage, two decimals."""
        sign = "\N{ARABIC PERCENT SIGN}" if self.system in _ARABIC else "%"
        written = format_decimal(
            number,
            "#,##0.00",
            locale=self.locale,
            numbering_system=self._separators,
            decimal_quantization=False,
        )
        # The pattern says where the sign stands. CLDR's Arabic sign comes wrapped in invisible
        # marks, so it is ours.
        pattern = str(self.locale.percent_formats[None].pattern).partition(";")[0]
        made = _NUMBER_IN_PATTERN.sub(lambda _: self.digits(str(written)), pattern)
        return made.replace("%", sign)

    def period(self, days: int) -> str:
        """Return so many days in words."""
        return self.digits(str(format_unit(days, "day", locale=self.locale)))

    def region(self, code: str) -> str:
        """Return the region's name to stand alone, in English if need be; else the code."""
        return self.words[NAMED_HERE[code]] if code in NAMED_HERE else find_name(code, self.locale)

    def date(self, pattern: str, moment: datetime) -> str:
        """Return a moment as a pattern of PHP's `date()` writes it."""
        return self.digits(php_date(pattern, moment, self.locale))

    def digits(self, text: str) -> str:
        """Return a text with its digits in the numbering system."""
        return text if self.system == "latn" else text.translate(_digits(self.system))

    @property
    def _separators(self) -> str:
        """What Babel is to take separators from: for other systems it has none of its own."""
        return self.system if self.system in _ARABIC else "latn"


def choose_language(
    wanted: object, labels: str, document: Callable[[], str], numbers: Numbers = "latn"
) -> Language:
    """Return the first of these that CLDR has: the wanted one (a BCP 47 tag), that of the letters
    in the labels, that of the document; else English.

    With `numbers="native"`, numbers stand in the digits of the language.
    """
    locale = find_locale(str(wanted)) if wanted else None
    if locale is None:
        locale = find_locale(
            guess_language(labels)[0] if any(map(str.isalpha, labels)) else document()
        )
    return _language(locale or Locale(ENGLISH), numbers)


@lru_cache(64)
def _language(locale: Locale, numbers: Numbers) -> Language:
    words, tag = find_words(locale)
    native = locale.other_numbering_systems.get("native", "latn")
    system = native if numbers == "native" and native in _NOUGHTS else "latn"
    return Language(locale, words, tag, system)


@lru_cache(4096)  # a site's cards show the same figures again and again
def _grouped(number: int, locale: Locale, system: str) -> str:
    return str(format_decimal(number, locale=locale, numbering_system=system))


@cache
def _digits(system: str) -> dict[int, int]:
    return {ord("0") + n: _NOUGHTS[system] + n for n in range(10)}


def direction(text: str) -> Direction:
    """Return the direction of the first letter that has one; digits and signs run left to right.

    HTML's `dir="auto"` would hand those the direction of the text around them, and a date of
    two numbers would change places.
    """
    for letter in text:
        if (kind := unicodedata.bidirectional(letter)) in ("R", "AL", "L"):
            return "ltr" if kind == "L" else "rtl"
    return "ltr"

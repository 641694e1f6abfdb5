"""The language a card speaks: which it is, and how it writes names, numbers and directions."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal

from shortcodes_covid19.words import ENGLISH, NAMED_HERE, WORDS

Direction = Literal["ltr", "rtl"]

_MINUS = "\N{MINUS SIGN}"
_REGIONAL_INDICATOR_A = 0x1F1E6
_FLAGLESS = frozenset({"EZ", "QO", "XA", "XB", "ZZ"})


@dataclass(frozen=True, slots=True)
class Language:
    """A language with its words."""

    locale: Locale
    words: dict[str, str]
    words_tag: str
    """The BCP 47 tag of `words`: English where we have none in the language itself."""

    @property
    def borrowed(self) -> str:
        """The tag of `words` where they are in another language than the rest; else empty."""
        return "" if self.words_tag == self.locale.language else self.words_tag

    @property
    def tag(self) -> str:
        """The BCP 47 tag."""
        return str(self.locale).replace("_", "-")

    def number(self, number: int) -> str:
        """Return the number with its groups, in Latin digits."""
        return str(format_decimal(number, locale=self.locale, numbering_system="latn"))

    def change(self, number: int) -> str:
        """Return the number with its sign; nought has none."""
        sign = "+" if number > 0 else _MINUS if number < 0 else ""
        return sign + self.number(abs(number))

    def percent(self, number: Decimal) -> str:
        """Return hundredths as a percentage, two decimals."""
        # The sign is ours, not CLDR's: its Arabic one comes wrapped in invisible marks.
        written = format_decimal(
            number,
            "#,##0.00",
            locale=self.locale,
            numbering_system="latn",
            decimal_quantization=False,
        )
        return f"{written}%"

    def region(self, code: str) -> str:
        """Return the region's name to stand alone, in English if need be; else the code."""
        if code in NAMED_HERE:
            return self.words[NAMED_HERE[code]]
        names = self.locale.territories, Locale(ENGLISH).territories
        name = str(names[0].get(code) or names[1].get(code) or code)
        return name[:1].upper() + name[1:]  # CLDR's "world" is for the middle of a sentence


def choose_language(wanted: object, texts: Iterable[str]) -> Language:
    """Return the wanted language (a BCP 47 tag) if CLDR has it, else the one the texts look like.

    Arabic letters look like Arabic, everything else like English.
    """
    locale = _locale(wanted)
    if locale is None:
        arabic = any(unicodedata.bidirectional(letter) == "AL" for text in texts for letter in text)
        locale = Locale("ar" if arabic else ENGLISH)
    words_tag = locale.language if locale.language in WORDS else ENGLISH
    return Language(locale, WORDS[words_tag], words_tag)


def _locale(tag: object) -> Locale | None:
    if not isinstance(tag, str):
        return None
    try:
        return Locale.parse(tag.replace("_", "-"), sep="-")
    except (ValueError, UnknownLocaleError):
        return None


def direction(text: str) -> Direction:
    """Return the direction of the first letter that has one; digits and signs run left to right.

    HTML's `dir="auto"` would hand those the direction of the text around them, and a date of
    two numbers would change places.
    """
    for letter in text:
        if (kind := unicodedata.bidirectional(letter)) in ("R", "AL", "L"):
            return "ltr" if kind == "L" else "rtl"
    return "ltr"


def flag(code: str) -> str:
    """Return the two code points that show as a flag; empty for what is no country."""
    if code in _FLAGLESS or len(code) != 2 or code not in Locale(ENGLISH).territories:
        return ""
    return "".join(chr(_REGIONAL_INDICATOR_A + ord(letter) - ord("A")) for letter in code)

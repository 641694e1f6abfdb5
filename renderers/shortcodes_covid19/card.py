"""The card before it is written in a form: its attributes and figures, in a language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from shortcodes_covid19.attributes import CardAttributes
from shortcodes_covid19.colours import Colour
from shortcodes_covid19.figures import Figures, Freshness, freshness
from shortcodes_covid19.language import Direction, Language
from shortcodes_covid19.region_names import find_flag

Number = int | Decimal

_DEFAULT_PERIOD = 1
"""The period, in days, of a change whose period is not written: labels say "new cases" and mean
those of one day."""


@dataclass(frozen=True, slots=True)
class Amount:
    """One figure with its label, as the card shows it."""

    key: str
    """The name of the label's attribute without "-label", such as "deaths-24h"."""
    label: str
    lang: str
    """The BCP 47 tag of the label if it is in another language than the card, else empty."""
    number: Number | None
    """`None` without data."""
    text: str
    """The number as it is written, or empty without data."""
    period: str = ""
    """The period of a change in words, or empty for one day."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure with the notes below it: its change, its rate."""

    main: Amount
    notes: tuple[Amount, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """All that one card shows."""

    attributes: CardAttributes
    region: str
    """ISO 3166 alpha-2, `WORLD`, or the author's text if it is not a known region."""
    figures: Figures | None
    """`None` if no source knows the region."""
    language: Language
    font: Colour
    """The font colour of the attributes, or a readable one in its place."""
    today: date
    """The day in UTC at which the age of the figures is computed."""

    @property
    def freshness(self) -> Freshness | None:
        """How old the figures are, judged by how often their source reports."""
        return freshness(self.figures, self.today) if self.figures else None

    @property
    def name(self) -> str:
        """The heading: the author's name for the region, else its usual name."""
        return self.attributes.texts.get("region-name") or self.language.find_region_name(
            self.region
        )

    @property
    def flag(self) -> str:
        """The two code points of the region's flag, or empty if it has none."""
        return find_flag(self.region)

    @property
    def direction(self) -> Direction:
        """The direction that the author sets, else that of the language."""
        if self.attributes.rtl is None:
            return self.language.direction
        return "rtl" if self.attributes.rtl else "ltr"

    @property
    def as_of(self) -> str:
        """The day of the figures (UTC) in ISO 8601, or empty if it is unknown."""
        day = self.figures and self.figures.as_of
        return day.isoformat() if day else ""

    @property
    def date(self) -> str:
        """The day of the figures in ISO 8601, with the digits of the card."""
        return self.language.convert_digits(self.as_of)

    @property
    def updated(self) -> str:
        """The day of the figures in the author's format, or empty without a format or a day."""
        date_format = self.attributes.date_format
        if not date_format or self.figures is None or self.figures.as_of is None:
            return ""
        midnight = datetime.combine(self.figures.as_of, time(), UTC)
        return self.language.write_date(date_format, midnight)

    def find_label(self, key: str) -> tuple[str, str]:
        """Return a label and, if it is in another language than the card, its BCP 47 tag."""
        label = self.attributes.texts.get(f"{key}-label")
        if label:
            return label, ""
        return self.language.words[f"{key}-label"], self.language.fallback_tag

    def cells(self) -> tuple[Cell, ...]:
        """Return the cells for confirmed, deaths, recovered and active, in this order."""
        return (
            Cell(self._build_amount("confirmed"), self._build_notes("confirmed-24h")),
            Cell(self._build_amount("deaths"), self._build_notes("deaths-24h", "deaths-rate")),
            Cell(self._build_amount("recovered")),
            Cell(self._build_amount("active")),
        )

    def _build_notes(self, *keys: str) -> tuple[Amount, ...]:
        return tuple(self._build_amount(key) for key in keys if self.attributes.switches[key])

    def _build_amount(self, key: str) -> Amount:
        field, write = _AMOUNTS[key]
        number: Number | None = getattr(self.figures, field, None)
        text = "" if number is None else write(self.language, number)
        is_change = text and write is Language.write_change
        days = self.figures.days if self.figures and is_change else _DEFAULT_PERIOD
        period = "" if days == _DEFAULT_PERIOD else self.language.write_period(days)
        return Amount(key, *self.find_label(key), number, text, period)


_AMOUNTS: dict[str, tuple[str, Callable[[Language, Any], str]]] = {
    "confirmed": ("confirmed", Language.write_number),
    "confirmed-24h": ("new_confirmed", Language.write_change),
    "deaths": ("deaths", Language.write_number),
    "deaths-24h": ("new_deaths", Language.write_change),
    "deaths-rate": ("deaths_rate", Language.write_percentage),
    "recovered": ("recovered", Language.write_number),
    "active": ("active", Language.write_number),
}
"""For every figure of a card, the field of `Figures` and the method that writes it."""

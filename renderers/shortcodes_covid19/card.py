"""The card, before it has a shape: what its author asks for, what a source knows, in a language."""

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
from shortcodes_covid19.region_names import flag

Number = int | Decimal

_DAY = 1
"""The period, in days, that a change needs no word for: labels say "new" and mean a day."""


@dataclass(frozen=True, slots=True)
class Amount:
    """One figure with its label, as a reader gets them."""

    key: str
    """Such as "deaths-24h": the label's attribute without "-label"."""
    label: str
    lang: str
    """BCP 47 tag of the label where it is not the card's; else empty."""
    number: Number | None
    """`None` without data."""
    text: str
    """The number as it is written; empty without data."""
    period: str = ""
    """The time that a change covers, in words, where it is not a day; else empty."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure with what stands under it: its change, its rate."""

    main: Amount
    notes: tuple[Amount, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that one card says."""

    attributes: CardAttributes
    region: str
    """ISO 3166 alpha-2, `WORLD`, or what else its author wrote."""
    figures: Figures | None
    """`None` where no source knows the region."""
    language: Language
    font: Colour
    """That of the attributes, or one that can be read."""
    today: date
    """The day in UTC that ages are counted to."""

    @property
    def freshness(self) -> Freshness | None:
        """How old the figures are, by their source's own measure; `None` without figures."""
        return freshness(self.figures, self.today) if self.figures else None

    @property
    def name(self) -> str:
        """What the card is headed with: its author's words, else the region's name."""
        return self.attributes.texts.get("region-name") or self.language.region(self.region)

    @property
    def flag(self) -> str:
        """The flag's two code points, for decoration; empty where there is none."""
        return flag(self.region)

    @property
    def direction(self) -> Direction:
        """Where the card runs: as its author says, else as its language does."""
        if self.attributes.rtl is None:
            return self.language.direction
        return "rtl" if self.attributes.rtl else "ltr"

    @property
    def as_of(self) -> str:
        """The day of the figures as ISO 8601, in UTC; empty where it is not known."""
        day = self.figures and self.figures.as_of
        return day.isoformat() if day else ""

    @property
    def date(self) -> str:
        """That day, as the card shows it with its freshness."""
        return self.language.digits(self.as_of)

    @property
    def updated(self) -> str:
        """That day in the author's format; empty where none is asked for, or no day known."""
        if not self.attributes.pattern or self.figures is None or self.figures.as_of is None:
            return ""
        moment = datetime.combine(self.figures.as_of, time(), UTC)
        return self.language.date(self.attributes.pattern, moment)

    def label(self, key: str) -> tuple[str, str]:
        """Return a label and, where it is not in the card's language, its BCP 47 tag."""
        given = self.attributes.texts.get(f"{key}-label")
        return (
            (given, "") if given else (self.language.words[f"{key}-label"], self.language.borrowed)
        )

    def cells(self) -> tuple[Cell, ...]:
        """Return the confirmed, the dead, the recovered and the active, in this order."""
        return (
            Cell(self._amount("confirmed"), self._notes("confirmed-24h")),
            Cell(self._amount("deaths"), self._notes("deaths-24h", "deaths-rate")),
            Cell(self._amount("recovered")),
            Cell(self._amount("active")),
        )

    def _notes(self, *keys: str) -> tuple[Amount, ...]:
        return tuple(self._amount(key) for key in keys if self.attributes.switches[key])

    def _amount(self, key: str) -> Amount:
        attribute, way = _AMOUNTS[key]
        number: Number | None = getattr(self.figures, attribute, None)
        text = "" if number is None else way(self.language, number)
        days = self.figures.days if self.figures and text and way is Language.change else _DAY
        period = "" if days == _DAY else self.language.period(days)
        return Amount(key, *self.label(key), number, text, period)


_AMOUNTS: dict[str, tuple[str, Callable[[Language, Any], str]]] = {
    "confirmed": ("confirmed", Language.number),
    "confirmed-24h": ("new_confirmed", Language.change),
    "deaths": ("deaths", Language.number),
    "deaths-24h": ("new_deaths", Language.change),
    "deaths-rate": ("deaths_rate", Language.percent),
    "recovered": ("recovered", Language.number),
    "active": ("active", Language.number),
}
"""Every figure of a card: the attribute of `Figures` that has it, and how it is written."""

"""What a source gives the card: figures that may be missing, with their day and origin."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, Protocol

Freshness = Literal["frozen"]

WORLD = "001"
"""The code of the whole world in UN M49, as CLDR uses it."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where figures come from, as the card says it to its reader."""

    name: str
    """Who published them, in a few words."""
    url: str
    """Where a reader can look for more."""
    licence: str
    """SPDX identifier of what they may be used under."""
    as_of: date
    """The latest day that the source has; UTC."""
    freshness: Freshness
    """"frozen": the source has ended, and these figures stay what they are."""


@dataclass(frozen=True, slots=True)
class Figures:
    """One region's figures. `None` is no data; 0 is a nought that the source stands for."""

    region: str
    """ISO 3166 alpha-2, or `WORLD`."""
    as_of: date
    """The day the figures are of, in UTC."""
    confirmed: int | None = None
    deaths: int | None = None
    recovered: int | None = None
    active: int | None = None
    confirmed_24h: int | None = None
    """Change within the day of `as_of`; negative where the source took cases back."""
    deaths_24h: int | None = None

    @property
    def deaths_rate(self) -> Decimal | None:
        """Deaths in a hundred confirmed cases, to two decimals, halves up."""
        if self.deaths is None or not self.confirmed:
            return None
        rate = Decimal(self.deaths * 100) / self.confirmed
        return rate.quantize(Decimal("0.01"), ROUND_HALF_UP)


class Source(Protocol):
    """Anything that has figures."""

    @property
    def origin(self) -> Origin:
        """Where the figures come from and how old they are."""

    def fetch(self, regions: Collection[str]) -> dict[str, Figures]:
        """Return figures for those of the regions that the source knows.

        A region is an ISO 3166 alpha-2 code in capitals, or `WORLD`.
        """

"""The card as data: every figure with its day, for JSON."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from shortcodes_covid19.card import Card
from shortcodes_covid19.figures import Figures, Origin

NOBODY = Origin(key="", name="", url="", licence="")
"""Who published what nobody has."""


def record(card: Card) -> dict[str, Any]:
    """Return what a source knows for the card, ready for JSON; what it does not know is `None`.

    `as_of` is a day and `fetched_at` a moment as ISO 8601, both in UTC; `new_confirmed` and
    `new_deaths` are changes over the `days` up to `as_of`; `deaths_rate` is in percent.
    """
    figures = card.figures or Figures(card.region, None, NOBODY)
    rate, fetched = figures.deaths_rate, figures.fetched_at
    return {
        "region": card.region,
        "name": card.name,
        "as_of": figures.as_of and figures.as_of.isoformat(),
        "confirmed": figures.confirmed,
        "deaths": figures.deaths,
        "recovered": figures.recovered,
        "active": figures.active,
        "new_confirmed": figures.new_confirmed,
        "new_deaths": figures.new_deaths,
        "days": figures.days,
        "deaths_rate": float(rate) if isinstance(rate, Decimal) else None,
        "freshness": card.freshness,
        "fetched_at": fetched and fetched.isoformat(),
        "source": figures.source or None,
        "url": figures.url or None,
        "licence": figures.licence or None,
        "notes": list(figures.notes),
    }

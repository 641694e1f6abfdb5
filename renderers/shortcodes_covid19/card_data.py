"""The card as data: every figure with its day, for JSON."""

from __future__ import annotations

from typing import Any

from shortcodes_covid19.card import Card
from shortcodes_covid19.figures import Figures, Origin
from shortcodes_covid19.plausibility import COUNTS

_NOBODY = Origin(key="", name="", url="", licence="")
"""Who published what nobody has."""


def record(card: Card) -> dict[str, Any]:
    """Return what a source knows for the card, ready for JSON; what it does not know is `None`.

    `as_of` is a day and `fetched_at` a moment as ISO 8601, both in UTC; `age_days` are those since
    `as_of`; `new_confirmed` and `new_deaths` are changes over the `days` up to it; `deaths_rate` is
    in percent.
    """
    figures = card.figures or Figures(card.region, None, _NOBODY)
    origin, day, rate, fetched = (
        figures.origin,
        figures.as_of,
        figures.deaths_rate,
        figures.fetched_at,
    )
    return {
        "region": card.region,
        "name": card.name,
        "as_of": day and day.isoformat(),
        "age_days": day and (card.today - day).days,
        "freshness": card.freshness,
        "fetched_at": fetched and fetched.isoformat(),
        **{count: getattr(figures, count) for count in COUNTS},
        "days": figures.days,
        "deaths_rate": None if rate is None else float(rate),
        "notes": list(figures.notes),
        "source": {
            "key": origin.key,
            "name": origin.name,
            "url": origin.url,
            "licence": origin.licence,
            "licence_url": origin.licence_url,
        }
        if card.figures
        else None,
    }

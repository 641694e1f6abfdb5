"""The card as data for JSON."""

from __future__ import annotations

from typing import Any

from shortcodes_covid19.card import Card
from shortcodes_covid19.figures import Figures, Origin
from shortcodes_covid19.plausibility import COUNTS

_NO_ORIGIN = Origin(key="", name="", url="", licence="")
"""The origin of a card without figures."""


def build_record(card: Card) -> dict[str, Any]:
    """Return the figures of a card as values that JSON can hold; unknown values are `None`.

    `as_of` is a date and `fetched_at` a time in ISO 8601, both in UTC. `age_days` is the number of
    days since `as_of`. `new_confirmed` and `new_deaths` are changes over the `days` days up to
    `as_of`. `deaths_rate` is a percentage.
    """
    figures = card.figures or Figures(card.region, None, _NO_ORIGIN)
    origin, day, rate = figures.origin, figures.as_of, figures.deaths_rate
    fetched = figures.fetched_at
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

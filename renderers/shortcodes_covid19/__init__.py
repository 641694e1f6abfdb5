"""Handlers for COVID-19 shortcodes: `[covid19-ultimate-card …]` becomes a stat card.

The figures travel with the package; see `snapshot.py` for what they are.
"""

from shortcodes_covid19.card import CardHandler, stylesheet
from shortcodes_covid19.figures import WORLD, Figures, Origin, Source
from shortcodes_covid19.phpdate import php_date
from shortcodes_covid19.snapshot import Snapshot

__all__ = [
    "WORLD",
    "CardHandler",
    "Figures",
    "Origin",
    "Snapshot",
    "Source",
    "php_date",
    "stylesheet",
]

"""Handlers for COVID-19 shortcodes: `[covid19-ultimate-card …]` becomes a stat card.

Figures come from a chain of sources; the one that is used unless another is named travels with the
package.
"""

from shortcodes_covid19.card import Amount, Card, Cell
from shortcodes_covid19.data_sources import sources
from shortcodes_covid19.data_sources.bundled import Bundled, Snapshot
from shortcodes_covid19.figures import (
    WORLD,
    Figures,
    Origin,
    Source,
    SourceError,
    ask,
    freshness,
)
from shortcodes_covid19.handler import CardHandler, cards
from shortcodes_covid19.library import CODES, COMMANDS, GROUPS, RULES
from shortcodes_covid19.look import Look
from shortcodes_covid19.options import OPTIONS
from shortcodes_covid19.page import stylesheet
from shortcodes_covid19.phpdate import php_date
from shortcodes_covid19.regions import resolve_region
from shortcodes_covid19.registration import SETTINGS, TAGS, register
from shortcodes_covid19.settings import Settings
from shortcodes_covid19.shapes import SHAPES

__all__ = [
    "CODES",
    "COMMANDS",
    "GROUPS",
    "OPTIONS",
    "RULES",
    "SETTINGS",
    "SHAPES",
    "TAGS",
    "WORLD",
    "Amount",
    "Bundled",
    "Card",
    "CardHandler",
    "Cell",
    "Figures",
    "Look",
    "Origin",
    "Settings",
    "Snapshot",
    "Source",
    "SourceError",
    "ask",
    "cards",
    "freshness",
    "php_date",
    "register",
    "resolve_region",
    "sources",
    "stylesheet",
]

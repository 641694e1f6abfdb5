"""COVID-19 cards: `[covid19-ultimate-card …]` becomes an HTML card with a region's figures.

The figures come from a chain of data sources. The default source is a table in the package.
"""

from typing import TYPE_CHECKING

from shortcodes.common.lazy import lazy_attributes
from shortcodes_covid19.configuration import SETTINGS
from shortcodes_covid19.library import CODES, COMMANDS, GROUPS, RULES, TAGS
from shortcodes_covid19.render_options import OPTIONS

if TYPE_CHECKING:
    from shortcodes_covid19.card import Amount, Card, Cell
    from shortcodes_covid19.card_html import stylesheet
    from shortcodes_covid19.card_options import CardOptions
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
    from shortcodes_covid19.phpdate import php_date
    from shortcodes_covid19.regions import resolve_region
    from shortcodes_covid19.registration import register
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
    "CardOptions",
    "Cell",
    "Figures",
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

_MODULES = {
    "Amount": "card",
    "Bundled": "data_sources.bundled",
    "Card": "card",
    "CardHandler": "handler",
    "Cell": "card",
    "Figures": "figures",
    "CardOptions": "card_options",
    "Origin": "figures",
    "SHAPES": "shapes",
    "Settings": "settings",
    "Snapshot": "data_sources.bundled",
    "Source": "figures",
    "SourceError": "figures",
    "WORLD": "figures",
    "ask": "figures",
    "cards": "handler",
    "freshness": "figures",
    "php_date": "phpdate",
    "register": "registration",
    "resolve_region": "regions",
    "sources": "data_sources",
    "stylesheet": "card_html",
}
"""The modules of the names that the linter and the configuration need not import."""

__getattr__ = lazy_attributes(__name__, _MODULES)


def __dir__() -> list[str]:
    """Return the public names, imported or not."""
    return __all__

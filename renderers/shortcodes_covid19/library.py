"""What the package provides for the engine, the linter and the command line.

See `shortcodes.plugins.Library`.
"""

from __future__ import annotations

from typing import Final

TAG: Final = "covid19-ultimate-card"
TAGS: Final = (TAG,)

GROUPS: Final = {"SC5": "the card"}

RULES: Final = {
    "SC501": "shortcodes_covid19.rules.card_colour:CardColour",
    "SC502": "shortcodes_covid19.rules.card_side:CardSide",
    "SC503": "shortcodes_covid19.rules.card_date_format:CardDateFormat",
    "SC504": "shortcodes_covid19.rules.card_region:CardRegion",
    "SC505": "shortcodes_covid19.rules.card_contrast:CardContrast",
    "SC508": "shortcodes_covid19.rules.card_region_name:CardRegionName",
}

CODES: Final = {
    "SC506": "shortcodes_covid19.codes:CardSourceFailed",
    "SC507": "shortcodes_covid19.codes:CardFiguresLeftOut",
}

COMMANDS: Final = {"covid19": "shortcodes_covid19.command:covid19"}

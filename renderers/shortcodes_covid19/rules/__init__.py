"""The rules for cards, one per file. `shortcodes_covid19.RULES` lists them by code."""

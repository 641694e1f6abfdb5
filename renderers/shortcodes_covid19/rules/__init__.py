"""The rules about cards, one file each; `shortcodes_covid19.RULES` has them by code."""

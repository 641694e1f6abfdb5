"""The rules, one file each; `shortcodes.linting.table` has them by code."""

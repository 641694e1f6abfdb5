"""Helpers that know nothing of shortcodes: checks of arguments, lines of a text, suggestions."""

"""Linting: what is wrong with the shortcodes of a text, and how it is fixed."""

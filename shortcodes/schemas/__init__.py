"""Schemas: which attributes shortcodes take, and what their values become."""

"""What the engine sets itself: how fast, next to WordPress and to the peers in Python."""

from __future__ import annotations

from inputs import Input

NO_GOAL = ("curly",)
"""Inputs that WordPress misreads, so that its speed is no measure."""

OVER_PYTHON = 3.0
"""How many times as fast as every peer in Python, where it has an answer."""


def over_wordpress(text: Input, row: str) -> float | None:
    """Return how many times as fast as WordPress; `None` where nothing is promised."""
    if text.name in NO_GOAL or row == "do":
        return None
    if row != "strip":
        return 0.6
    return 1.0 if "[" in text.text else 0.8

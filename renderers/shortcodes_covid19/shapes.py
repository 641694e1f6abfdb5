"""The shapes of a card, each in a file of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

from shortcodes.plugins import Context
from shortcodes_covid19 import badge, page, plain
from shortcodes_covid19.card import Card
from shortcodes_covid19.look import Look
from shortcodes_covid19.record import record

Shape = Callable[[Card, Context, Look], str]


def _json(card: Card) -> str:
    return json.dumps(record(card), ensure_ascii=False, indent=2)


SHAPES: Final[dict[str, Shape]] = {
    "card": lambda card, context, look: page.article(card, context, look.heading),
    "badge": lambda card, context, look: badge.badge(card),
    "text": lambda card, context, look: plain.text(card),
    "markdown": lambda card, context, look: plain.markdown(card),
    "json": lambda card, context, look: _json(card),
}
"""What makes a card a `str`: markup that is safe, or plain text."""

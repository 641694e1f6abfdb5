"""The shapes of a card that need no page around them, each in a file of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

from shortcodes_covid19 import card_text
from shortcodes_covid19.badge import badge
from shortcodes_covid19.card import Card
from shortcodes_covid19.card_data import record


def _json(card: Card) -> str:
    return json.dumps(record(card), ensure_ascii=False, indent=2)


SHAPES: Final[dict[str, Callable[[Card], str]]] = {
    "badge": badge,
    "text": card_text.text,
    "markdown": card_text.markdown,
    "json": _json,
}
"""What makes a card a `str`; that of a badge is markup."""

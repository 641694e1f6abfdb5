"""The forms of a card that need no page around them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

from shortcodes_covid19 import card_text
from shortcodes_covid19.badge import draw_badge
from shortcodes_covid19.card import Card
from shortcodes_covid19.card_data import build_record


def _write_json(card: Card) -> str:
    return json.dumps(build_record(card), ensure_ascii=False, indent=2)


SHAPES: Final[dict[str, Callable[[Card], str]]] = {
    "badge": draw_badge,
    "text": card_text.write_text,
    "markdown": card_text.write_markdown,
    "json": _write_json,
}
"""Functions that return a card as a `str`, by the name of the form. A badge is `Markup`."""

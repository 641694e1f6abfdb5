"""The card as a badge: an SVG with the region, its confirmed cases, their change and their age.

It needs nothing else, so it works as a file of its own and inside a page.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from markupsafe import Markup

from shortcodes_covid19 import card_text
from shortcodes_covid19.card import Card
from shortcodes_covid19.colours import dim_font
from shortcodes_html.package_templates import load_template

WIDTH: Final = 240
"""CSS pixels; the height is 76."""

_TEXT_WIDTH = WIDTH - 24
_CHANGE_WIDTH = 92
_WIDE_EMS, _USUAL_EMS = 1.0, 0.58
"""The rough width of a character in ems: of ideographs and emoji, and of all others."""


def draw_badge(card: Card) -> Markup:
    """Return the card as an `<svg>`, whose title has all the text of the card."""
    confirmed, *_ = card.cells()
    change = confirmed.notes[0] if confirmed.notes else None
    number_width = _TEXT_WIDTH - (_CHANGE_WIDTH if change else 0)
    freshness = card_text.write_freshness(card)
    name = " ".join(filter(None, (card.flag, card_text.flatten(card.name))))
    source = card_text.flatten(card.figures.source) if card.figures else ""
    markup = load_template("shortcodes_covid19", "badge.svg").render(
        card=card,
        width=WIDTH,
        title=card_text.write_text(card),
        name=name,
        name_length=_limit_width(name, 13, _TEXT_WIDTH),
        number=confirmed.main.text or "—",
        number_length=_limit_width(confirmed.main.text, 22, number_width),
        change=(change.text or "—") if change else "",
        change_length=_limit_width(change.text, 13, _CHANGE_WIDTH - 8) if change else None,
        foot=" · ".join(filter(None, (freshness, source))),
        foot_length=_limit_width(f"{freshness} · {source}", 10.5, _TEXT_WIDTH),
        dimmed=dim_font(card.font, card.attributes.background).css,
    )
    return Markup(markup)  # noqa: S704 - the template escapes


def _limit_width(text: str, font_size: float, limit: float) -> float | None:
    """Return the limit if a text is probably wider, else `None`; all in CSS pixels."""
    ems = sum(
        _WIDE_EMS if unicodedata.east_asian_width(character) in "WF" else _USUAL_EMS
        for character in text
    )
    return limit if ems * font_size > limit else None

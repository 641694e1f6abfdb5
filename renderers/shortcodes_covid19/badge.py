"""The card as a small picture: region, confirmed cases, their change, and how old they are.

An SVG that needs nothing else; as a file of its own, or in the text of a page.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from markupsafe import Markup

from shortcodes_covid19 import card_text
from shortcodes_covid19.card import Card
from shortcodes_covid19.colours import quiet
from shortcodes_html.package_templates import load_template

WIDTH: Final = 240
"""CSS pixels; the height is 76."""

_INSIDE = WIDTH - 24
_CHANGE = 92
_WIDE, _USUAL = 1.0, 0.58
"""How many ems a character takes, roughly: ideographs and emoji, and all others."""


def badge(card: Card) -> Markup:
    """Return the card as an `<svg>`; its title says everything that a card says."""
    confirmed, *_ = card.cells()
    change = confirmed.notes[0] if confirmed.notes else None
    freshness = card_text.dated(card)
    name = " ".join(filter(None, (card.flag, card_text.flat(card.name))))
    source = card_text.flat(card.figures.source) if card.figures else ""
    markup = load_template("shortcodes_covid19", "badge.svg").render(
        card=card,
        width=WIDTH,
        title=card_text.text(card),
        name=name,
        name_length=_squeezed(name, 13, _INSIDE),
        number=confirmed.main.text or "—",
        number_length=_squeezed(confirmed.main.text, 22, _INSIDE - _CHANGE * bool(change)),
        change=(change.text or "—") if change else "",
        change_length=_squeezed(change.text, 13, _CHANGE - 8) if change else None,
        foot=" · ".join(filter(None, (freshness, source))),
        foot_length=_squeezed(f"{freshness} · {source}", 10.5, _INSIDE),
        quiet=quiet(card.font, card.attributes.ground).css,
    )
    return Markup(markup)  # noqa: S704 - the template escapes


def _squeezed(text: str, size: float, most: float) -> float | None:
    """Return the length that a text is squeezed to where it is likely to be longer; pixels."""
    ems = sum(
        _WIDE if unicodedata.east_asian_width(character) in "WF" else _USUAL for character in text
    )
    return most if ems * size > most else None

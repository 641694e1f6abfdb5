"""Registers the card with an engine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Unpack

from shortcodes import Engine
from shortcodes.common.checks import check_type
from shortcodes_covid19.card_options import CardOptions, Numbers
from shortcodes_covid19.data_sources import Chain
from shortcodes_covid19.handler import CardHandler, get_current_time
from shortcodes_covid19.settings import Settings, SettingsFields


def register(
    engine: Engine,
    *,
    source: Chain = "snapshot",
    clock: Callable[[], datetime] = get_current_time,
    replace: bool = False,
    shape: str = "card",
    heading: int = 3,
    numbers: Numbers = "latn",
    fix_contrast: bool = False,
    **settings: Unpack[SettingsFields],
) -> None:
    """Let an engine render COVID-19 cards.

    Args:
        engine: The engine.
        source: A chain of data sources, given by name or as objects.
        clock: Returns the current time in UTC.
        replace: Whether to replace a handler that the engine already has for the card.
        shape: The form of a card in a page, "card" or "badge".
        heading: The level of a card's heading, 2 to 6.
        numbers: The digits, "latn", or "native" for those of the card's language.
        fix_contrast: Whether black or white replaces a font colour that is hard to read.
        **settings: `local`, `cache`, `expires` and `base_urls`, which are fields of `Settings`.

    Raises:
        TypeError: An argument has a wrong type.
        ValueError: A source is unknown, an option is invalid, or the engine already has a handler
            for the card and `replace` is false.
    """
    check_type("engine", engine, Engine)
    check_type("replace", replace, bool)
    options = CardOptions(shape, heading, numbers, fix_contrast)
    handler = CardHandler(source, Settings(**settings), options, clock)
    for tag in handler.tags:
        engine.register(tag, handler, replace=replace)

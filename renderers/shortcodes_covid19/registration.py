"""Registers the card with an engine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Unpack

from shortcodes import Engine
from shortcodes.checks import check_type
from shortcodes_covid19.card_options import CardOptions, Numbers
from shortcodes_covid19.data_sources import Chain
from shortcodes_covid19.handler import CardHandler, now
from shortcodes_covid19.settings import Places, Settings


def register(
    engine: Engine,
    *,
    source: Chain = "snapshot",
    clock: Callable[[], datetime] = now,
    replace: bool = False,
    shape: str = "card",
    heading: int = 3,
    numbers: Numbers = "latn",
    fix_contrast: bool = False,
    **places: Unpack[Places],
) -> None:
    """Let an engine render COVID-19 cards.

    `source` is a chain of sources, by name or as objects; `places` are fields of `Settings`, and
    `shape` to `fix_contrast` those of `CardOptions`; `clock` says what time it is, in UTC. With
    `replace`, a handler that the engine has is taken over; without it `ValueError` is raised for
    one, as for an unknown source and a wrong look, and `TypeError` for what is of a wrong type.
    """
    check_type("engine", engine, Engine)
    check_type("replace", replace, bool)
    options = CardOptions(shape, heading, numbers, fix_contrast)
    handler = CardHandler(source, Settings(**places), options, clock)
    for tag in handler.tags:
        engine.register(tag, handler, replace=replace)

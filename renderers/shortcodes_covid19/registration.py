"""Registers the card with an engine, and reads its settings from a configuration."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Unpack

from shortcodes import Engine
from shortcodes.checks import check_type
from shortcodes.files.folders import Folder
from shortcodes_covid19.data_sources import Chain, located, sources
from shortcodes_covid19.handler import CardHandler, now
from shortcodes_covid19.language import Numbers
from shortcodes_covid19.look import Look
from shortcodes_covid19.settings import Places, Settings

TAGS = CardHandler.tags
"""The names that `register` takes."""


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
    `shape` to `fix_contrast` those of `Look`; `clock` says what time it is, in UTC. With
    `replace`, a handler that the engine has is taken over; without it `ValueError` is raised for
    one, as for an unknown source and a wrong look, and `TypeError` for what is of a wrong type.
    """
    check_type("engine", engine, Engine)
    check_type("replace", replace, bool)
    look = Look(shape, heading, numbers, fix_contrast)
    handler = CardHandler(source, Settings(**places), look, clock)
    for tag in TAGS:
        engine.register(tag, handler, replace=replace)


def _source(value: Any, folder: Folder) -> Chain:
    if not isinstance(value, str) and not (
        isinstance(value, list) and all(isinstance(name, str) for name in value)
    ):
        raise TypeError("must be a str or a list of them")
    chain = located(value, folder)
    sources(chain)  # is every name known?
    return chain


def _path(value: Any, folder: Folder) -> Path:
    if not isinstance(value, str) or not value:
        raise TypeError("must be a path")
    return folder.real(os.path.expanduser(value))


def _cache(value: Any, folder: Folder) -> Path | None:
    return None if value is False else _path(value, folder)


def _base_urls(value: Any, folder: Folder) -> Mapping[str, str]:
    if not isinstance(value, dict) or not all(isinstance(url, str) for url in value.values()):
        raise TypeError("must be a table of names and addresses")
    sources(list(value), Settings(base_urls=value))  # is every name known, and every address https?
    return value


def _of(kind: type[Look | Settings], name: str) -> Callable[[Any, Folder], Any]:
    """Return what reads the value of a field, whose name the configuration says itself."""

    def read(value: Any, folder: Folder) -> Any:
        try:
            return getattr(kind(**{name: value}), name)
        except (TypeError, ValueError) as error:
            raise type(error)(str(error).removeprefix(f"{name} ")) from None

    return read


SETTINGS: Final[Mapping[str, Callable[[Any, Folder], Any]]] = {
    "source": _source,
    "cache": _cache,
    "expires": _of(Settings, "expires"),
    "local": _path,
    "base-urls": _base_urls,
    **{field.name.replace("_", "-"): _of(Look, field.name) for field in fields(Look)},
}
"""The keys of the table `covid19` in a configuration, with what reads their values."""

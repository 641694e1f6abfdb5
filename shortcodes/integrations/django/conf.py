"""The setting `SHORTCODES`: read once, and all that is wrong with it kept for the checks.

    SHORTCODES = {
        "ENGINE": "mysite.shortcodes:engine",    # a shortcodes.Engine
        "TEMPLATES": BASE_DIR / "shortcodes",    # a folder with a Jinja2 template for each tag
        "OPTIONS": {"unknown": "strip"},         # of the html renderer
    }

Each key may be left out; without an engine, all handlers that are installed render.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from shortcodes.engine import Engine, default_engine
from shortcodes.suggestions import suggest_or_list

SETTING = "SHORTCODES"


@dataclass
class Settings:
    """What the setting says."""

    engine: Engine
    options: dict[str, Any] = field(default_factory=dict)
    wrong: list[tuple[str, str]] = field(default_factory=list)
    """The code and the message for everything that is wrong."""


@cache
def read() -> Settings:
    """Return what the setting says, however much of it is wrong."""
    made = Settings(default_engine())
    given = getattr(settings, SETTING, {})
    if not isinstance(given, dict):
        made.wrong.append(("E001", f"{SETTING} must be a dict, not {type(given).__name__}"))
        return made
    for key in given:
        if key not in _READERS:
            hint = suggest_or_list(key, _READERS)
            made.wrong.append(("E002", f"{SETTING} has an unknown key {key!r}; {hint}"))
    for key, (code, reader) in _READERS.items():
        if key in given:
            try:
                reader(made, given[key])
            except Exception as error:  # whatever the module of an engine raises
                made.wrong.append((code, f"{SETTING}[{key!r}]: {error}"))
    return made


def ready() -> Settings:
    """Return what the setting says. Raises `ImproperlyConfigured` with all that is wrong."""
    made = read()
    if made.wrong:
        raise ImproperlyConfigured("; ".join(message for _, message in made.wrong))
    return made


def _engine(made: Settings, place: object) -> None:
    module, colon, name = str(place).partition(":")
    if not (module and colon and name):
        raise ValueError(f"it must be 'module:name', not {place!r}")
    found = getattr(import_module(module), name)
    if not isinstance(found, Engine):
        raise TypeError(f"{place} must be a shortcodes.Engine, not {type(found).__name__}")
    made.engine = found.copy()


def _templates(made: Settings, folder: Any) -> None:
    made.engine.add_templates(folder)


def _options(made: Settings, options: Any) -> None:
    made.engine.render("", options=options)  # which checks them
    made.options = dict(options)


_READERS: dict[str, tuple[str, Callable[[Settings, Any], None]]] = {
    "ENGINE": ("E003", _engine),
    "TEMPLATES": ("E004", _templates),
    "OPTIONS": ("E005", _options),
}

"""The setting `SHORTCODES`, read once; its mistakes are kept for the system checks.

    SHORTCODES = {
        "ENGINE": "mysite.shortcodes:engine",    # a shortcodes.Engine
        "TEMPLATES": BASE_DIR / "shortcodes",    # a folder with a Jinja2 template for each tag
        "OPTIONS": {"unknown": "strip"},         # of the html renderer
        "DATA": ["request", "user"],             # template variables that handlers may know
    }

Every key is optional. By default the engine has all handlers that are built in or installed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from shortcodes.common.checks import check_names
from shortcodes.common.suggestions import suggest_or_list
from shortcodes.config.file import add_site_templates
from shortcodes.engine import Engine, default_engine

SETTING = "SHORTCODES"


@dataclass
class Settings:
    """The values of the setting."""

    engine: Engine
    options: dict[str, Any] = field(default_factory=dict)
    data: tuple[str, ...] = ()
    """The names of the template variables that handlers find in `Call.data`."""
    mistakes: list[tuple[str, str]] = field(default_factory=list)
    """The code and the message of each mistake."""


@cache
def read_settings() -> Settings:
    """Return the values of the setting that are right, and the mistakes in the others."""
    result = Settings(default_engine())
    values = getattr(settings, SETTING, {})
    if not isinstance(values, dict):
        result.mistakes.append(("E001", f"{SETTING} must be a dict, not {type(values).__name__}"))
        return result
    for key in values:
        if key not in _READERS:
            hint = suggest_or_list(key, _READERS)
            result.mistakes.append(("E002", f"{SETTING} has an unknown key {key!r}; {hint}"))
    for key, (code, reader) in _READERS.items():
        if key in values:
            try:
                reader(result, values[key])
            except Exception as error:  # the module of an engine may raise anything
                result.mistakes.append((code, f"{SETTING}[{key!r}]: {error}"))
    return result


def get_valid_settings() -> Settings:
    """Return the values of the setting. Raises `ImproperlyConfigured` if it has mistakes."""
    result = read_settings()
    if result.mistakes:
        raise ImproperlyConfigured("; ".join(message for _, message in result.mistakes))
    return result


def _read_engine(result: Settings, path: object) -> None:
    module, colon, name = str(path).partition(":")
    if not (module and colon and name):
        raise ValueError(f"it must be 'module:name', not {path!r}")
    engine = getattr(import_module(module), name)
    if not isinstance(engine, Engine):
        raise TypeError(f"{path} must be a shortcodes.Engine, not {type(engine).__name__}")
    result.engine = engine.copy()


def _read_templates(result: Settings, folder: Any) -> None:
    add_site_templates(result.engine, folder)


def _read_options(result: Settings, options: Any) -> None:
    result.engine.render("", options=options)  # which checks them
    result.options = dict(options)


def _read_data(result: Settings, names: Any) -> None:
    result.data = tuple(check_names("the value", names))


_READERS: dict[str, tuple[str, Callable[[Settings, Any], None]]] = {
    "ENGINE": ("E003", _read_engine),
    "TEMPLATES": ("E004", _read_templates),
    "OPTIONS": ("E005", _read_options),
    "DATA": ("E006", _read_data),
}

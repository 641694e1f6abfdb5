"""Configuration: what a site's own shortcodes are rendered by.

It stands in `shortcodes.toml`, or in `pyproject.toml` as `[tool.shortcodes]`, in the folder where
the command runs or the nearest one above it:

    templates = "templates/shortcodes"    # a folder with a Jinja2 file for each tag
    schemas = "shortcodes/schemas.toml"   # the attributes of tags, as TOML or JSON
    engine = "mysite.shortcodes:engine"   # an Engine, or a function that returns one

    [covid19]                             # settings of a library that comes with this one
    source = "who,snapshot"

Paths are relative to the file. Python is imported only where the caller trusts the file.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shortcodes import registry
from shortcodes.errors import ShortcodeError

if TYPE_CHECKING:
    from shortcodes.engine import Engine

KEYS = ("templates", "schemas", "engine")


class ConfigError(ShortcodeError):
    """A configuration cannot be used; the message names its file and place."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a file says; without a file, nothing."""

    path: Path | None = None
    templates: Path | None = None
    schemas: Path | None = None
    engine: str | None = None
    libraries: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What `register` of a library is given, by the name of its table."""

    def using(self, library: str, table: Mapping[str, Any], folder: Path) -> Configuration:
        """Return the same with more settings of a library, which paths are relative to a folder.

        Raises `ValueError` for a key that is not known and a value that does not fit.
        """
        settings = {**self.libraries.get(library, {}), **_settings(library, table, folder)}
        return replace(self, libraries={**self.libraries, library: settings})

    def build(self, *, trusted: bool = False) -> Engine:
        """Return the engine: every installed handler, and beside them the site's own.

        With `trusted`, the Python that the file names is imported. Raises `ConfigError`.
        """
        from shortcodes.engine import default_engine

        engine = self._imported(trusted) if self.engine else default_engine()
        try:
            if self.schemas:
                engine.declare(_table(self.schemas))
            for name, settings in self.libraries.items():
                registry.library(name).register(engine, **settings, replace=True)
            if self.templates:
                engine.add_templates(self.templates)
        except (ValueError, OSError) as error:
            raise ConfigError(f"{self.path}: {error}") from error
        return engine

    def _imported(self, trusted: bool) -> Engine:
        from shortcodes.engine import Engine

        place = f"{self.path}: engine = {self.engine!r}"
        if not trusted:
            raise ConfigError(f"{place} is Python, which is imported only with --trust-config")
        module, _, name = str(self.engine).partition(":")
        folder = str(self.path.parent) if self.path else ""
        if folder not in sys.path:
            sys.path.insert(0, folder)
        try:
            found = getattr(import_module(module), name)
            made = found if isinstance(found, Engine) else found()
        except Exception as error:  # whatever the site's own code raises
            raise ConfigError(f"{place}: {type(error).__name__}: {error}") from error
        if not isinstance(made, Engine):
            raise ConfigError(f"{place} is no Engine but {type(made).__name__}")
        return made.copy()


def find(folder: Path | None = None) -> Configuration:
    """Return the configuration for a folder, the working one by default.

    Raises `ConfigError` for a file that cannot be read or holds what is not known.
    """
    start = (folder or Path.cwd()).resolve()
    for place in (start, *start.parents):
        own = place / "shortcodes.toml"
        if own.is_file():
            return read(own)
        project = place / "pyproject.toml"
        if project.is_file() and "shortcodes" in _table(project).get("tool", {}):
            return read(project)
    return Configuration()


def read(path: Path) -> Configuration:
    """Return the configuration in a file. Raises `ConfigError`."""
    table: Any = _table(path)
    where = str(path)
    if path.name == "pyproject.toml":
        table, where = table.get("tool", {}).get("shortcodes", {}), f"{path}: tool.shortcodes"
    if not isinstance(table, Mapping):
        raise ConfigError(f"{where} must be a table")
    for key, value in table.items():
        if key in registry.BUILT_IN_LIBRARIES:
            if not isinstance(value, Mapping):
                raise ConfigError(f"{where}: {key} must be a table, not {type(value).__name__}")
        elif key not in KEYS:
            hint = _hint(key, (*KEYS, *registry.BUILT_IN_LIBRARIES))
            raise ConfigError(f"{where} has an unknown key {key!r}; {hint}")
        elif not isinstance(value, str):
            raise ConfigError(f"{where}: {key} must be a str, not {type(value).__name__}")
    if "engine" in table and not all(table["engine"].partition(":")):
        raise ConfigError(f"{where}: engine must be 'module:name', not {table['engine']!r}")
    folder = path.parent
    made = Configuration(
        path,
        folder / table["templates"] if "templates" in table else None,
        folder / table["schemas"] if "schemas" in table else None,
        table.get("engine"),
    )
    for name in registry.BUILT_IN_LIBRARIES:
        try:
            made = made.using(name, table[name], folder) if name in table else made
        except ValueError as error:
            raise ConfigError(f"{where}: {name}: {error}") from error
    return made


def _settings(library: str, table: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Return what a table says, as `register` of the library takes it."""
    readers = registry.library(library).SETTINGS
    made: dict[str, Any] = {}
    for key, value in table.items():
        if key not in readers:
            raise ValueError(f"unknown key {key!r}; {_hint(key, tuple(readers))}")
        try:
            made[key.replace("-", "_")] = readers[key](value, folder)
        except (ValueError, TypeError) as error:
            raise ValueError(f"{key}: {error}") from error
    return made


def _hint(key: str, known: Sequence[str]) -> str:
    close = get_close_matches(key, known, 1)
    return f"did you mean {close[0]!r}?" if close else f"known: {', '.join(known)}"


def _table(path: Path) -> dict[str, Any]:
    """Return what a file of TOML or JSON holds."""
    try:
        text = path.read_text(encoding="utf-8")
        table = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: {error}") from error
    if not isinstance(table, dict):
        raise ConfigError(f"{path} must hold an object")
    return table

"""Configuration: what a site's own shortcodes are rendered by.

It stands in `shortcodes.toml`, or in `pyproject.toml` as `[tool.shortcodes]`, in the folder where
the command runs or the nearest one above it:

    templates = "templates/shortcodes"    # a folder with a Jinja2 file for each tag
    schemas = "shortcodes/schemas.toml"   # the attributes of tags, as TOML or JSON
    engine = "mysite.shortcodes:engine"   # an Engine, or a function that returns one

Paths are relative to the file. Python is imported only where the caller trusts the file.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

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

    def build(self, *, trusted: bool = False) -> Engine:
        """Return the engine: every installed handler, and beside them the site's own.

        With `trusted`, the Python that the file names is imported. Raises `ConfigError`.
        """
        from shortcodes.engine import default_engine

        engine = self._imported(trusted) if self.engine else default_engine()
        try:
            if self.schemas:
                engine.declare(_table(self.schemas))
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
        if key not in KEYS:
            close = get_close_matches(key, KEYS, 1)
            hint = f"did you mean {close[0]!r}?" if close else f"known: {', '.join(KEYS)}"
            raise ConfigError(f"{where} has an unknown key {key!r}; {hint}")
        if not isinstance(value, str):
            raise ConfigError(f"{where}: {key} must be a str, not {type(value).__name__}")
    if "engine" in table and not all(table["engine"].partition(":")):
        raise ConfigError(f"{where}: engine must be 'module:name', not {table['engine']!r}")
    folder = path.parent
    return Configuration(
        path,
        folder / table["templates"] if "templates" in table else None,
        folder / table["schemas"] if "schemas" in table else None,
        table.get("engine"),
    )


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

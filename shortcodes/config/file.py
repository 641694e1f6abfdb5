"""Configuration: how a site's texts are read, rendered and linted.

It stands in `shortcodes.toml`, or in `pyproject.toml` as `[tool.shortcodes]`, in the folder where
the command runs or the nearest one above it:

    templates = "templates/shortcodes"    # a folder with a Jinja2 file for each tag
    schemas = "shortcodes/schemas.toml"   # the attributes of tags, as TOML or JSON
    engine = "mysite.shortcodes:engine"   # an Engine, or a function that returns one
    dialect = "wordpress"                 # how shortcodes are read
    tags = ["button", "year"]             # the names that are shortcodes, or "any"
    extend = "../shared.toml"             # another configuration, for what is not said here

    [covid19]                             # settings of a library that comes with this one
    source = "who,snapshot"

and a table `lint` (see `lint.py`). Paths are relative to the file. Those of a file that was
found, not named, stay in its folder, whatever links are on the way; it may extend a file in a
folder above, where it could have been found itself. Python is imported only where the caller
trusts the file.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import partial
from importlib import import_module
from os.path import isfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shortcodes import registry
from shortcodes.checks import check_mapping, check_path, check_type, shown
from shortcodes.config import lint, values
from shortcodes.config.lint import LintConfiguration
from shortcodes.config.values import ConfigError
from shortcodes.files import folders, plain_data
from shortcodes.files.folders import Folder, OutsideError

if TYPE_CHECKING:
    from shortcodes.engine import Engine
    from shortcodes.plugins import Library

__all__ = ["ConfigError", "Configuration", "find", "read"]

_LONGEST_CHAIN = 20
_LARGEST = 1_000_000
"""Bytes of a file: reading TOML takes seconds for more, and a hundred times its size in memory."""


def _library(name: str, given: Any, where: str, folder: Folder) -> dict[str, Any]:
    """Return what the table of a library says, as its `register` takes it."""
    settings = _named_library(name).settings
    readers = {key: partial(_setting, reader) for key, reader in settings.items()}
    found = values.table(given, where, folder, readers)
    return {key.replace("-", "_"): value for key, value in found.items()}


def _named_library(name: str) -> Library:
    """Return the library of that name. Raises `ConfigError` where there is none."""
    try:
        return registry.get_library(name)
    except KeyError:
        known = ", ".join(one.name for one in registry.list_libraries())
        raise ConfigError(f"no library is named {shown(name)}; known: {known}") from None


def _setting(reader: Any, value: Any, where: str, folder: Folder) -> Any:
    try:
        with plain_data.explain_errors():
            return reader(value, folder)
    except OutsideError as error:
        raise ConfigError(values.outside(where, error)) from error
    except (ValueError, TypeError) as error:
        raise ConfigError(f"{where}: {error}") from error


_KEYS: dict[str, values.Reader] = {
    "templates": values.path,
    "schemas": values.path,
    "engine": values.python,
    "dialect": values.dialect,
    "tags": values.tags,
    "extend": values.text,
    "lint": lint.read,
}


def _readers(table: Any) -> Mapping[str, values.Reader]:
    """Return what reads each key of a table: libraries are loaded only where it names one."""
    if isinstance(table, Mapping) and table.keys() <= _KEYS.keys():
        return _KEYS
    libraries = [one for one in registry.list_libraries() if one.settings]
    return {**_KEYS, **{one.name: partial(_library, one.name) for one in libraries}, **_KEYS}


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a file says; without a file, nothing."""

    path: Path | None = None
    templates: Path | None = None
    schemas: Path | None = None
    engine: str | None = None
    engine_from: Path | None = None
    """The file that names the engine."""
    dialect: str | None = None
    tags: tuple[str, ...] | str | None = None
    lint: LintConfiguration = field(default_factory=LintConfiguration)
    libraries: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What `register` of a library is given, by the name of its table."""

    def over(self, base: Configuration) -> Configuration:
        """Return this configuration with what it does not say taken from another."""
        check_type("base", base, Configuration)
        said = {
            one.name: getattr(self, one.name)
            for one in fields(self)
            if getattr(self, one.name) is not None
        }
        libraries = {
            name: {**base.libraries.get(name, {}), **self.libraries.get(name, {})}
            for name in {**base.libraries, **self.libraries}
        }
        return replace(base, **{**said, "lint": self.lint.over(base.lint), "libraries": libraries})

    def using(self, library: str, table: Mapping[str, Any], where: str = "") -> Configuration:
        """Return the same with more settings of a library; paths are from the working folder.

        Raises `ConfigError` for a key that is not known and a value that does not fit; `where`
        says in it who gave them.
        """
        check_type("library", library, str)
        check_mapping("table", table, object)
        settings = {
            **self.libraries.get(library, {}),
            **_library(library, table, where, Folder(Path())),
        }
        return replace(self, libraries={**self.libraries, library: settings})

    def build(self, *, trusted: bool = False) -> Engine:
        """Return the engine: every installed handler, and beside them the site's own.

        With `trusted`, the Python that the file names is imported. Raises `ConfigError`.
        """
        from shortcodes.engine import default_engine

        engine = self._imported(trusted) if self.engine else default_engine()
        try:
            if self.schemas:
                _declare(engine, self.schemas)
            for name, settings in self.libraries.items():
                _named_library(name).register(engine, **settings, replace=True)
            if self.templates:
                engine.add_templates(self.templates)
        except (ValueError, OSError) as error:
            raise ConfigError(f"{self.path}: {error}") from error
        return engine

    def _imported(self, trusted: bool) -> Engine:
        from shortcodes.engine import Engine

        place = f"{self.engine_from}: engine = {self.engine!r}"
        if not trusted:
            raise ConfigError(f"{place} is Python, which is imported only with --trust-config")
        module, _, name = str(self.engine).partition(":")
        folder = str(self.engine_from.parent) if self.engine_from else ""
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


def find(folder: str | os.PathLike[str] | None = None) -> Configuration:
    """Return the configuration for a folder, the working one by default.

    Nobody named the file, so its paths stay in its folder. Folders that cannot be looked into have
    none. Raises `ConfigError` for a file that cannot be read or holds what is not known, and for a
    path that leads out.
    """
    start = (Path.cwd() if folder is None else _path("folder", folder)).resolve()
    for place in (start, *start.parents):
        own = place / "shortcodes.toml"
        if isfile(own):
            return _read(own, place, ())
        project = place / "pyproject.toml"
        if isfile(project) and _section(_table(project, _inside(place))) is not None:
            return _read(project, place, ())
    return Configuration()


def read(path: str | os.PathLike[str]) -> Configuration:
    """Return the configuration in a file, over the one that it extends; paths lead anywhere.

    Raises `ConfigError`.
    """
    return _read(_path("path", path), None, ())


def _path(name: str, given: str | os.PathLike[str]) -> Path:
    check_path(name, given)
    if "\0" in os.fspath(given):
        raise ConfigError(f"{os.fspath(given)!r} is not a valid path")
    return Path(given)


def _read(path: Path, within: Path | None, extending: tuple[Path, ...]) -> Configuration:
    """Return the configuration in a file whose paths stay in a folder, if one is given."""
    bytes_of = partial(folders.read_file, limit=_LARGEST) if extending else _named
    table: Any = _table(path, _inside(within) if within else bytes_of)
    where = str(path)
    if path.name == "pyproject.toml":
        table, where = _section(table) or {}, f"{path}: tool.shortcodes"
    found = values.table(table, where, Folder(path.parent, within), _readers(table))
    extended: str | None = found.pop("extend", None)
    libraries = {name: found.pop(name) for name in [*found] if name not in _KEYS}
    named = path if "engine" in found else None
    own = Configuration(path, engine_from=named, libraries=libraries, **found)
    if extended is None:
        return own
    where = f"{where}: extend"
    around = within and _around(path.parent / extended, within)
    base = values.path(extended, where, Folder(path.parent, around))
    chain = (*extending, path.resolve())
    if base.resolve() in chain:
        raise ConfigError(f"{where} leads back to {base}")
    if len(chain) > _LONGEST_CHAIN:
        raise ConfigError(f"{where}: more than {_LONGEST_CHAIN} files extend each other")
    return own.over(_read(base, around, chain))


def _around(base: Path, within: Path) -> Path:
    """Return the folder that an extended file's paths stay in.

    That is the one around the file that extends it, or the folder of the file itself where it is
    above: a configuration would have been looked for there too.
    """
    above = Path(os.path.normpath(base)).parent
    return above if within.is_relative_to(above) and above == base.parent.resolve() else within


def _declare(engine: Engine, path: Path) -> None:
    """Give an engine the schemas in a file, whose place is that of what is wrong in them."""
    table = _table(path, partial(folders.read_file, limit=_LARGEST))
    try:
        engine.declare(table)
    except ValueError as error:
        raise ConfigError(f"{path}: {error}") from error


def _section(project: dict[str, Any]) -> Any:
    """Return what stands in `[tool.shortcodes]`; `None` where there is no such table."""
    tool = project.get("tool")
    return tool.get("shortcodes") if isinstance(tool, dict) else None


def _inside(folder: Path) -> Callable[[Path], bytes]:
    """Return what reads a file that has to be in a folder."""
    return partial(folders.read_inside, folder, limit=_LARGEST)


def _named(path: Path) -> bytes:
    """Return what a file holds that the caller named, which may be a pipe."""
    with path.open("rb") as file:
        return folders.read_limited(file, _LARGEST)


def _table(path: Path, bytes_of: Callable[[Path], bytes]) -> dict[str, Any]:
    """Return what a file of TOML or JSON holds."""
    try:
        text = bytes_of(path).decode()
        is_json = path.suffix == ".json"
        table = plain_data.parse_json(text) if is_json else plain_data.parse_toml(text)
    except OSError as error:
        raise ConfigError(f"{path}: {(error.strerror or str(error)).lower()}") from error
    except OutsideError as error:
        raise ConfigError(values.outside(str(path), error)) from None
    except ValueError as error:
        raise ConfigError(f"{path}: {error}") from error
    if not isinstance(table, dict):
        raise ConfigError(f"{path} must hold an object")
    return table

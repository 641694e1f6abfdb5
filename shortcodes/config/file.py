"""Configurations: how the texts of a site are read, rendered and linted.

A configuration is a file `shortcodes.toml`, or the table `[tool.shortcodes]` in `pyproject.toml`,
in the folder in which the command runs or the nearest one above:

    templates = "templates/shortcodes"    # a folder with a Jinja2 file for each tag
    schemas = "shortcodes/schemas.toml"   # the attributes of tags, as TOML or JSON
    engine = "mysite.shortcodes:engine"   # an Engine, or a function that returns one
    dialect = "wordpress"                 # how shortcodes are read
    tags = ["button", "year"]             # the names of shortcodes, or "any"
    extend = "../shared.toml"             # another configuration, for settings missing here

    [covid19]                             # settings of a library
    source = "who,snapshot"

The table `lint` is described in `lint.py`. Paths are relative to the file. If the file was found
rather than named, its paths must stay in its folder, links included; but it may extend a file in a
folder above, where it could have been found itself. Python is imported only if the caller trusts
the file.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import partial
from importlib import import_module
from os.path import isfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shortcodes import registry
from shortcodes.common.checks import check_mapping, check_path, check_type, shorten
from shortcodes.config import lint, values
from shortcodes.config.lint import LintConfiguration
from shortcodes.config.values import ConfigError
from shortcodes.files import folders, plain_data
from shortcodes.files.folders import BoundPath, Folder, OutsideError, bind_path

if TYPE_CHECKING:
    from shortcodes.engine import Engine
    from shortcodes.plugins import Library

__all__ = ["ConfigError", "Configuration", "find", "read"]

_MAX_CHAIN = 20
"""How many files may extend each other."""
_MAX_BYTES = 1_000_000
"""The size of a file. Larger TOML takes seconds to read, and a hundred times its size in memory."""
_MAX_ATTRIBUTES = 1_000
"""The attributes of a tag in a file of schemas. Each takes time for every shortcode."""
_MAX_DECLARATIONS = 10_000
"""The tags and attributes in a file of schemas."""


def _read_library(name: str, table: Any, location: str, folder: Folder) -> dict[str, Any]:
    """Return the settings in the table of a library, as arguments of its `register`."""
    settings = _get_library(name).settings
    readers = {key: partial(_read_setting, reader) for key, reader in settings.items()}
    values_by_key = values.read_table(table, location, folder, readers)
    return {key.replace("-", "_"): value for key, value in values_by_key.items()}


def _get_library(name: str) -> Library:
    """Return the library with a name. Raises `ConfigError` if there is none."""
    try:
        return registry.get_library(name)
    except KeyError:
        known = ", ".join(library.name for library in registry.list_libraries())
        raise ConfigError(f"no library is named {shorten(name)}; known: {known}") from None


def _read_setting(reader: Any, value: Any, location: str, folder: Folder) -> Any:
    try:
        with plain_data.explain_errors():
            return reader(value, folder)
    except OutsideError as error:
        raise ConfigError(values.describe_outside(location, error)) from error
    except (ValueError, TypeError) as error:
        raise ConfigError(f"{location}: {error}") from error


_KEYS: dict[str, values.Reader] = {
    "templates": values.read_path,
    "schemas": values.read_path,
    "engine": values.read_import_path,
    "dialect": values.read_dialect,
    "tags": values.read_tags,
    "extend": values.read_text,
    "lint": lint.read,
}


def _get_readers(table: Any) -> Mapping[str, values.Reader]:
    """Return a reader for each key. Libraries are loaded only if the table has a key of theirs."""
    if isinstance(table, Mapping) and table.keys() <= _KEYS.keys():
        return _KEYS
    names = [library.name for library in registry.list_libraries() if library.settings]
    return {**_KEYS, **{name: partial(_read_library, name) for name in names}, **_KEYS}


@dataclass(frozen=True, slots=True)
class Configuration:
    """The settings in a file; all are empty without a file."""

    path: Path | None = None
    templates: Path | BoundPath | None = None
    schemas: Path | BoundPath | None = None
    engine: str | None = None
    engine_from: Path | None = None
    """The file that names the engine."""
    dialect: str | None = None
    tags: tuple[str, ...] | str | None = None
    lint: LintConfiguration = field(default_factory=LintConfiguration)
    libraries: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The arguments of `register` of each library, by the name of its table."""

    def over(self, base: Configuration) -> Configuration:
        """Return this configuration with the settings of another where it has none."""
        check_type("base", base, Configuration)
        settings = {
            setting.name: getattr(self, setting.name)
            for setting in fields(self)
            if getattr(self, setting.name) is not None
        }
        libraries = {
            name: {**base.libraries.get(name, {}), **self.libraries.get(name, {})}
            for name in {**base.libraries, **self.libraries}
        }
        settings |= {"lint": self.lint.over(base.lint), "libraries": libraries}
        return replace(base, **settings)

    def using(self, library: str, table: Mapping[str, Any], where: str = "") -> Configuration:
        """Return the configuration with further settings of a library.

        Args:
            library: The name of the library.
            table: The settings, by key. Paths are relative to the working folder.
            where: The origin of the settings, for messages.

        Raises:
            ConfigError: A key is unknown, or a value does not fit.
        """
        check_type("library", library, str)
        check_mapping("table", table, object)
        settings = {
            **self.libraries.get(library, {}),
            **_read_library(library, table, where, Folder(Path())),
        }
        return replace(self, libraries={**self.libraries, library: settings})

    def build(self, *, trusted: bool = False) -> Engine:
        """Build the engine: with the site's templates, and its own handlers or the installed ones.

        With `trusted`, the Python module that the file names is imported. Raises `ConfigError`.
        """
        from shortcodes.engine import default_engine

        engine = self._import_engine(trusted) if self.engine else default_engine()
        try:
            if self.schemas:
                _declare_schemas(engine, bind_path(self.schemas))
            for name, settings in self.libraries.items():
                engine.add_library(_get_library(name), settings, replace=True)
            if self.templates:
                add_site_templates(engine, self.templates)
        except (ValueError, OSError) as error:
            raise ConfigError(f"{self.path}: {error}") from error
        return engine

    def _import_engine(self, trusted: bool) -> Engine:
        from shortcodes.engine import Engine

        location = f"{self.engine_from}: engine = {self.engine!r}"
        if not trusted:
            raise ConfigError(f"{location} is Python, which is imported only with --trust-config")
        module, _, name = str(self.engine).partition(":")
        folder = str(self.engine_from.parent) if self.engine_from else ""
        if folder not in sys.path:
            sys.path.insert(0, folder)
        try:
            imported = getattr(import_module(module), name)
            engine = imported if isinstance(imported, Engine) else imported()
        except Exception as error:  # the code of the site may raise anything
            raise ConfigError(f"{location}: {type(error).__name__}: {error}") from error
        if not isinstance(engine, Engine):
            raise ConfigError(f"{location} must be an Engine, not {type(engine).__name__}")
        return engine.copy()


def find(folder: str | os.PathLike[str] | None = None) -> Configuration:
    """Return the configuration for a folder, by default the working folder.

    It is searched for in the folder and those above, except in folders that cannot be read. Its
    paths must stay in its folder. Without a file, the configuration is empty.

    Raises:
        ConfigError: A file cannot be read, has an unknown key or a wrong value, or a path leads
            out of the folder.
    """
    start = (Path.cwd() if folder is None else _check_path("folder", folder)).resolve()
    for parent in (start, *start.parents):
        path = parent / "shortcodes.toml"
        if isfile(path):
            return _read_file(BoundPath(path, parent), ())
        project = parent / "pyproject.toml"
        if isfile(project) and _get_section(_parse_file(BoundPath(project, parent))) is not None:
            return _read_file(BoundPath(project, parent), ())
    return Configuration()


def read(path: str | os.PathLike[str]) -> Configuration:
    """Return the configuration in a file, completed by those it extends.

    Paths in the file may lead anywhere. Raises `ConfigError` as `find` does.
    """
    return _read_file(BoundPath(_check_path("path", path)), ())


def _check_path(name: str, path: str | os.PathLike[str]) -> Path:
    check_path(name, path)
    if "\0" in os.fspath(path):
        raise ConfigError(f"{os.fspath(path)!r} is not a valid path")
    return Path(path)


def _read_file(file: BoundPath, chain: tuple[Path, ...]) -> Configuration:
    """Return the configuration in a file.

    Args:
        file: The file, and the folder in which its paths must stay as well.
        chain: The files that extend it, directly or indirectly.
    """
    path, within = file.path, file.root
    is_named = within is None and not chain
    table: Any = _parse_file(file, may_be_pipe=is_named)
    location = str(path)
    if path.name == "pyproject.toml":
        table, location = _get_section(table) or {}, f"{path}: tool.shortcodes"
    folder = Folder(path.parent, within)
    settings = values.read_table(table, location, folder, _get_readers(table))
    extended: str | None = settings.pop("extend", None)
    libraries = {name: settings.pop(name) for name in [*settings] if name not in _KEYS}
    engine_from = path if "engine" in settings else None
    configuration = Configuration(path, engine_from=engine_from, libraries=libraries, **settings)
    if extended is None:
        return configuration
    location = f"{location}: extend"
    above = within and _find_folder_above(path.parent / extended, within)
    if above:  # without what the path goes through, which may become a link meanwhile
        folder, extended = Folder(above, above), Path(os.path.normpath(extended)).name
    base = values.read_path(extended, location, folder)
    chain = (*chain, path.resolve())
    if base.path.resolve() in chain:
        raise ConfigError(f"{location} leads back to {base}")
    if len(chain) > _MAX_CHAIN:
        raise ConfigError(f"{location}: more than {_MAX_CHAIN} files extend each other")
    return configuration.over(_read_file(base, chain))


def _find_folder_above(base: Path, within: Path) -> Path | None:
    """Return the folder of an extended file if that is `within` or above, else `None`.

    A configuration would have been searched for there too.
    """
    above = Path(os.path.normpath(base)).parent
    return above if within.is_relative_to(above) and above == base.parent.resolve() else None


def add_site_templates(engine: Engine, folder: Path | BoundPath) -> None:
    """Add the templates of the site, which replace handlers that are built in or plug-ins.

    Raises `ValueError` for a name for which the engine of the site has a handler too.
    """
    before = {name: engine.entry(name) for name in engine.names}
    engine.add_templates(folder, replace=True)
    for name, entry in before.items():
        after = engine.entry(name)
        if (
            entry
            and after
            and entry is not after
            and not (entry.owner and entry.owner.is_installed)
        ):
            raise ValueError(
                f"{name!r} has two handlers, {entry.owner} and {after.owner}: remove one of them"
            )


def _declare_schemas(engine: Engine, path: BoundPath) -> None:
    """Declare the schemas in a file; messages about mistakes in them name the file."""
    table = _parse_file(path)
    _check_size(table, path)
    try:
        engine.declare(table, replace=True)
    except ValueError as error:
        raise ConfigError(f"{path}: {error}") from error


def _check_size(table: dict[str, Any], path: BoundPath) -> None:
    """Raise for schemas that take long to declare: about a second for a thousand attributes."""
    total = 0
    for name, schema in table.items():
        attributes = schema.get("attributes") if isinstance(schema, dict) else None
        count = len(attributes) if isinstance(attributes, dict) else 0
        total += 1 + count
        if count > _MAX_ATTRIBUTES:
            limit = f"more than {_MAX_ATTRIBUTES:,} attributes"
            raise ConfigError(f"{path}: {shorten(name)} has {limit}")
    if total > _MAX_DECLARATIONS:
        raise ConfigError(f"{path}: more than {_MAX_DECLARATIONS:,} tags and attributes")


def _get_section(project: dict[str, Any]) -> Any:
    """Return the table `[tool.shortcodes]`, or `None` if there is none."""
    tool = project.get("tool")
    return tool.get("shortcodes") if isinstance(tool, dict) else None


def _read_any(path: Path) -> bytes:
    """Return the bytes of a file that the caller named, which may be a pipe."""
    with path.open("rb") as file:
        return folders.read_limited(file, _MAX_BYTES)


def _parse_file(file: BoundPath, *, may_be_pipe: bool = False) -> dict[str, Any]:
    """Return the table in a TOML file, or the object in a JSON file."""
    path = file.path
    try:
        text = (_read_any(path) if may_be_pipe else file.read(_MAX_BYTES)).decode()
        is_json = path.suffix == ".json"
        table = plain_data.parse_json(text) if is_json else plain_data.parse_toml(text)
    except OSError as error:
        raise ConfigError(f"{path}: {(error.strerror or str(error)).lower()}") from error
    except OutsideError as error:
        raise ConfigError(values.describe_outside(str(path), error)) from None
    except ValueError as error:
        raise ConfigError(f"{path}: {error}") from error
    if not isinstance(table, dict):
        raise ConfigError(f"{path} must hold an object")
    return table

"""The table `lint` of a configuration: which rules are used, and other settings for some paths.

[lint]
ignore = ["SC92"]

[[lint.per-path]]
paths = ["posts/old/**"]     # as in .gitignore, relative to this file
ignore = ["SC201"]
dialect = "wordpress"
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from shortcodes.config import values
from shortcodes.config.values import ConfigError
from shortcodes.files.folders import Folder
from shortcodes.files.patterns import MAX_STEPS, Patterns, parse_pattern
from shortcodes.linting.profiles import PROFILES

_PER_PATH: dict[str, values.Reader] = {
    "paths": values.read_texts,
    "select": values.read_texts,
    "ignore": values.read_texts,
    "dialect": values.read_dialect,
    "tags": values.read_tags,
    "format": values.read_format,
    "profile": values.make_choice_reader(PROFILES),
}


@dataclass(frozen=True)
class PerPath:
    """Settings for some paths; `None` stands for the setting that applies to all."""

    location: str
    """The file and the table, for messages."""
    folder: Path
    paths: tuple[str, ...]
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    dialect: str | None = None
    tags: tuple[str, ...] | str | None = None
    format: str | None = None
    profile: str | None = None

    @cached_property
    def _patterns(self) -> Patterns:
        return Patterns(filter(None, map(parse_pattern, self.paths)))

    def is_for(self, path: str) -> bool:
        """Return whether the settings apply to a file, named from the working folder."""
        relative = _make_relative(os.path.abspath(path), os.path.abspath(self.folder))
        return relative is not None and self._patterns.has_match(relative)

    @property
    def steps(self) -> int:
        """How many comparisons the name of a file takes at most."""
        return 1 + self._patterns.steps


@lru_cache(maxsize=64)
def _make_relative(path: str, folder: str) -> str | None:
    """Return a path relative to a folder, with slashes, or `None` if it is not in the folder."""
    relative = os.path.relpath(path, folder)
    is_outside = relative.split(os.sep)[0] == os.pardir or os.path.isabs(relative)
    return None if is_outside else relative.replace(os.sep, "/")


@dataclass(frozen=True, slots=True)
class LintConfiguration:
    """The settings of a file for linting; all are empty without a table `lint`."""

    location: str = ""
    """The file and the table, for messages."""
    select: tuple[str, ...] | None = None
    """The rules to use; `None` stands for all."""
    ignore: tuple[str, ...] = ()
    profile: str | None = None
    per_path: tuple[PerPath, ...] = ()
    """In the order of the file. If several apply to a path, the last one with a setting decides it;
    the rules that they ignore are added up."""

    def __post_init__(self) -> None:
        if sum(table.steps for table in self.per_path) > MAX_STEPS:
            unit = "tables and parts of patterns that are tried one by one"
            raise ConfigError(f"{self.location}: per-path has more than {MAX_STEPS:,} {unit}")

    def over(self, base: LintConfiguration) -> LintConfiguration:
        """Return this configuration with the settings of another where it has none."""
        return replace(
            self,
            location=self.location or base.location,
            select=base.select if self.select is None else self.select,
            ignore=(*base.ignore, *self.ignore),
            profile=self.profile or base.profile,
            per_path=(*base.per_path, *self.per_path),
        )


def read(table: object, location: str, folder: Folder) -> LintConfiguration:
    """Return the settings in a table `lint`. Raises `ConfigError`."""
    settings = values.read_table(table, location, folder, _KEYS)
    settings["per_path"] = settings.pop("per-path", ())
    return LintConfiguration(location, **settings)


def _read_per_path(tables: object, location: str, folder: Folder) -> tuple[PerPath, ...]:
    if not isinstance(tables, list):
        raise ConfigError(f"{location} must be an array of tables, not {type(tables).__name__}")
    return tuple(
        _read_path_table(table, f"{location}[{index}]", folder)
        for index, table in enumerate(tables)
    )


def _read_path_table(table: Any, location: str, folder: Folder) -> PerPath:
    settings = {"paths": (), **values.read_table(table, location, folder, _PER_PATH)}
    per_path = PerPath(location, folder.path, **settings)
    if not per_path.paths:
        raise ConfigError(f"{location} has no paths")
    try:
        _ = per_path.steps  # parses the patterns
    except ValueError as error:
        raise ConfigError(f"{location}: paths: {error}") from error
    return per_path


_KEYS: dict[str, values.Reader] = {
    "select": values.read_texts,
    "ignore": values.read_texts,
    "profile": values.make_choice_reader(PROFILES),
    "per-path": _read_per_path,
}

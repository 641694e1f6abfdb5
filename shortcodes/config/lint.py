"""The table `lint` of a configuration: which rules are asked, and other settings for some paths.

[lint]
ignore = ["SC92"]

[[lint.per-path]]
paths = ["posts/old/**"]     # as in .gitignore, from the folder of this file
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

_PER_PATH: dict[str, values.Reader] = {
    "paths": values.texts,
    "select": values.texts,
    "ignore": values.texts,
    "dialect": values.dialect,
    "tags": values.tags,
    "format": values.format,
}


@dataclass(frozen=True)
class PerPath:
    """What is otherwise for some paths; `None` is what it is for all."""

    where: str
    """For errors: the file and the table."""
    folder: Path
    paths: tuple[str, ...]
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    dialect: str | None = None
    tags: tuple[str, ...] | str | None = None
    format: str | None = None

    @cached_property
    def _patterns(self) -> Patterns:
        return Patterns(filter(None, map(parse_pattern, self.paths)))

    def holds(self, path: str) -> bool:
        """Return whether the settings are for a file, named from the working folder."""
        relative = _relative(os.path.abspath(path), os.path.abspath(self.folder))
        return relative is not None and self._patterns.has_match(relative)

    @property
    def steps(self) -> int:
        """How often the name of a file is compared at most."""
        return 1 + self._patterns.steps


@lru_cache(maxsize=64)
def _relative(path: str, folder: str) -> str | None:
    """Return a path from a folder, with slashes; `None` for one outside of it."""
    relative = os.path.relpath(path, folder)
    outside = relative.split(os.sep)[0] == os.pardir or os.path.isabs(relative)
    return None if outside else relative.replace(os.sep, "/")


@dataclass(frozen=True, slots=True)
class LintConfiguration:
    """What a file says about linting; without a table, nothing."""

    where: str = ""
    """For errors: the file and the table."""
    select: tuple[str, ...] | None = None
    """The rules that are asked; `None` is all."""
    ignore: tuple[str, ...] = ()
    per_path: tuple[PerPath, ...] = ()
    """In the order of the file: where several hold, the last one that says a thing counts, and
    what they ignore adds up."""

    def __post_init__(self) -> None:
        if sum(one.steps for one in self.per_path) > MAX_STEPS:
            what = "tables and parts of patterns that are tried one by one"
            raise ConfigError(f"{self.where}: per-path has more than {MAX_STEPS:,} {what}")

    def over(self, base: LintConfiguration) -> LintConfiguration:
        """Return this configuration with what it does not say taken from another."""
        return replace(
            self,
            where=self.where or base.where,
            select=base.select if self.select is None else self.select,
            ignore=(*base.ignore, *self.ignore),
            per_path=(*base.per_path, *self.per_path),
        )


def read(given: object, where: str, folder: Folder) -> LintConfiguration:
    """Return what a table `lint` says. Raises `ConfigError`."""
    found = values.table(given, where, folder, _KEYS)
    found["per_path"] = found.pop("per-path", ())
    return LintConfiguration(where, **found)


def _per_path(given: object, where: str, folder: Folder) -> tuple[PerPath, ...]:
    if not isinstance(given, list):
        raise ConfigError(f"{where} must be an array of tables, not {type(given).__name__}")
    return tuple(_one(table, f"{where}[{number}]", folder) for number, table in enumerate(given))


def _one(given: Any, where: str, folder: Folder) -> PerPath:
    made = PerPath(
        where, folder.path, **{"paths": (), **values.table(given, where, folder, _PER_PATH)}
    )
    if not made.paths:
        raise ConfigError(f"{where} has no paths")
    try:
        _ = made.steps
    except ValueError as error:
        raise ConfigError(f"{where}: paths: {error}") from error
    return made


_KEYS: dict[str, values.Reader] = {
    "select": values.texts,
    "ignore": values.texts,
    "per-path": _per_path,
}

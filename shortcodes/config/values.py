"""Values of a configuration: each reader takes what TOML gave, and says what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, get_args

from shortcodes.dialects import DIALECTS
from shortcodes.errors import ShortcodeError
from shortcodes.files.folders import Folder, OutsideError
from shortcodes.plugins import Format
from shortcodes.suggestions import suggest_or_list

Reader = Callable[[Any, str, Folder], Any]
"""Takes a value, where it stands (for errors) and the folder of its file; returns what is meant."""


class ConfigError(ShortcodeError):
    """A configuration cannot be used; the message names its file and place."""


def table(
    given: object, where: str, folder: Folder, readers: Mapping[str, Reader]
) -> dict[str, Any]:
    """Return what a table says, each key read by its reader. Raises `ConfigError`."""
    if not isinstance(given, Mapping):
        raise ConfigError(f"{where} must be a table")
    for key in given:
        if key not in readers:
            hint = suggest_or_list(key, readers)
            raise ConfigError(f"{where} has an unknown key {key!r}; {hint}")
    return {key: readers[key](value, f"{where}: {key}", folder) for key, value in given.items()}


def text(value: object, where: str, folder: Folder) -> str:
    """Return a `str`."""
    if not isinstance(value, str):
        raise ConfigError(f"{where} must be a str, not {type(value).__name__}")
    return value


def path(value: object, where: str, folder: Folder) -> Path:
    """Return a path, relative to the folder."""
    written = text(value, where, folder)
    try:
        return folder.resolve(written)
    except OutsideError as error:
        raise ConfigError(outside(where, error)) from None


def outside(where: str, error: OutsideError) -> str:
    """Return what is to be said of a path that a configuration may not name."""
    return f"{where}: {error}, which takes a configuration that --config names"


def python(value: object, where: str, folder: Folder) -> str:
    """Return the place of something in a module."""
    place = text(value, where, folder)
    if not all(place.partition(":")):
        raise ConfigError(f"{where} must be 'module:name', not {place!r}")
    return place


def texts(value: object, where: str, folder: Folder) -> tuple[str, ...]:
    """Return the texts in an array, each once."""
    if not isinstance(value, list):
        raise ConfigError(f"{where} must be an array, not {type(value).__name__}")
    return tuple(dict.fromkeys(text(one, where, folder) for one in value))


def tags(value: object, where: str, folder: Folder) -> tuple[str, ...] | str:
    """Return names of tags, or "any"."""
    if isinstance(value, str) and value != "any":
        raise ConfigError(f"{where} must be 'any' or an array of names, not {value!r}")
    return value if isinstance(value, str) else texts(value, where, folder)


def one_of(choices: Iterable[str]) -> Reader:
    """Return a reader of a word that is one of several."""

    def read(value: object, where: str, folder: Folder) -> str:
        word = text(value, where, folder)
        if word not in choices:
            hint = suggest_or_list(word, choices)
            raise ConfigError(f"{where} cannot be {word!r}; {hint}")
        return word

    return read


dialect = one_of(DIALECTS)
format = one_of(get_args(Format))  # noqa: A001 - the name that it has everywhere

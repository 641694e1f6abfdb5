"""Readers of the values in a configuration, which explain what is wrong with a value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, get_args

from shortcodes.common.suggestions import suggest_or_list
from shortcodes.dialects import DIALECTS
from shortcodes.errors import ShortcodeError
from shortcodes.files.folders import BoundPath, Folder, OutsideError
from shortcodes.plugins import Format

Reader = Callable[[Any, str, Folder], Any]
"""Takes a value, its location for messages, and the folder of its file; returns the setting."""


class ConfigError(ShortcodeError):
    """A configuration cannot be used; the message names its file and key."""


def read_table(
    table: object, location: str, folder: Folder, readers: Mapping[str, Reader]
) -> dict[str, Any]:
    """Return the settings in a table, with each key read by its reader. Raises `ConfigError`."""
    if not isinstance(table, Mapping):
        raise ConfigError(f"{location} must be a table")
    for key in table:
        if key not in readers:
            hint = suggest_or_list(key, readers)
            raise ConfigError(f"{location} has an unknown key {key!r}; {hint}")
    return {key: readers[key](value, f"{location}: {key}", folder) for key, value in table.items()}


def read_text(value: object, location: str, folder: Folder) -> str:
    """Return a text."""
    if not isinstance(value, str):
        raise ConfigError(f"{location} must be a str, not {type(value).__name__}")
    return value


def read_path(value: object, location: str, folder: Folder) -> BoundPath:
    """Return a path, relative to the folder."""
    text = read_text(value, location, folder)
    try:
        return folder.bind(text)
    except OutsideError as error:
        raise ConfigError(describe_outside(location, error)) from None


def describe_outside(location: str, error: OutsideError) -> str:
    """Return the message for a path that leads out of the folder of a configuration."""
    return f"{location}: {error}, which is allowed only in a configuration named with --config"


def read_import_path(value: object, location: str, folder: Folder) -> str:
    """Return the import path of an object, "module:name"."""
    path = read_text(value, location, folder)
    if not all(path.partition(":")):
        raise ConfigError(f"{location} must be 'module:name', not {path!r}")
    return path


def read_texts(value: object, location: str, folder: Folder) -> tuple[str, ...]:
    """Return the texts in an array, without duplicates."""
    if not isinstance(value, list):
        raise ConfigError(f"{location} must be an array, not {type(value).__name__}")
    return tuple(dict.fromkeys(read_text(item, location, folder) for item in value))


def read_tags(value: object, location: str, folder: Folder) -> tuple[str, ...] | str:
    """Return tag names, or "any"."""
    if isinstance(value, str) and value != "any":
        raise ConfigError(f"{location} must be 'any' or an array of names, not {value!r}")
    return value if isinstance(value, str) else read_texts(value, location, folder)


def make_choice_reader(choices: Iterable[str]) -> Reader:
    """Return a reader that accepts one of several words."""

    def read(value: object, location: str, folder: Folder) -> str:
        word = read_text(value, location, folder)
        if word not in choices:
            hint = suggest_or_list(word, choices)
            raise ConfigError(f"{location} cannot be {word!r}; {hint}")
        return word

    return read


read_dialect = make_choice_reader(DIALECTS)
read_format = make_choice_reader(get_args(Format))

"""Reads the table `covid19` of a configuration.

The linter loads this module with the package, so what takes long to import is imported late.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from shortcodes.files.folders import Folder
    from shortcodes_covid19.data_sources import Chain


def _source(value: Any, folder: Folder) -> Chain:
    if not isinstance(value, str) and not (
        isinstance(value, list) and all(isinstance(name, str) for name in value)
    ):
        raise TypeError("must be a str or a list of them")
    from shortcodes_covid19.data_sources import resolve_paths, sources

    chain = resolve_paths(value, folder)
    sources(chain)  # is every name known?
    return chain


def _path(value: Any, folder: Folder) -> Path:
    if not isinstance(value, str) or not value:
        raise TypeError("must be a path")
    return folder.resolve_links(os.path.expanduser(value))


def _cache(value: Any, folder: Folder) -> Path | None:
    return None if value is False else _path(value, folder)


def _base_urls(value: Any, folder: Folder) -> Mapping[str, str]:
    if not isinstance(value, dict) or not all(isinstance(url, str) for url in value.values()):
        raise TypeError("must be a table of names and addresses")
    from shortcodes_covid19.data_sources import sources
    from shortcodes_covid19.settings import Settings

    sources(list(value), Settings(base_urls=value))  # is every name known, and every address https?
    return value


def _read_field(class_name: str, name: str) -> Callable[[Any, Folder], Any]:
    """Return the reader of a field, in whose messages the field goes without its name."""

    def read(value: Any, folder: Folder) -> Any:
        owner = getattr(import_module("shortcodes_covid19"), class_name)
        try:
            return getattr(owner(**{name: value}), name)
        except (TypeError, ValueError) as error:
            raise type(error)(str(error).removeprefix(f"{name} ")) from None

    return read


SETTINGS: Final[Mapping[str, Callable[[Any, Folder], Any]]] = {
    "source": _source,
    "cache": _cache,
    "expires": _read_field("Settings", "expires"),
    "local": _path,
    "base-urls": _base_urls,
    "shape": _read_field("CardOptions", "shape"),
    "heading": _read_field("CardOptions", "heading"),
    "numbers": _read_field("CardOptions", "numbers"),
    "fix-contrast": _read_field("CardOptions", "fix_contrast"),
}
"""The keys of the table `covid19` in a configuration, with the functions that read their values."""

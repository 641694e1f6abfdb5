"""Reads the table `covid19` of a configuration.

The linter imports this module too, so modules that are slow to import are imported in functions.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from shortcodes.files.folders import BoundPath, Folder
    from shortcodes_covid19.data_sources import Chain


def _read_source(value: Any, folder: Folder) -> Chain:
    if not isinstance(value, str) and not (
        isinstance(value, list) and all(isinstance(name, str) for name in value)
    ):
        raise TypeError("must be a str or a list of them")
    from shortcodes_covid19.data_sources import bind_files, sources

    chain = bind_files(value, folder)
    sources(chain)  # raises ValueError for an unknown name
    return chain


def _read_path(value: Any, folder: Folder) -> BoundPath:
    if not isinstance(value, str) or not value:
        raise TypeError("must be a path")
    return folder.bind_target(os.path.expanduser(value))


def _read_cache(value: Any, folder: Folder) -> BoundPath | None:
    return None if value is False else _read_path(value, folder)


def _read_base_urls(value: Any, folder: Folder) -> Mapping[str, str]:
    if not isinstance(value, dict) or not all(isinstance(url, str) for url in value.values()):
        raise TypeError("must be a table of names and addresses")
    from shortcodes_covid19.data_sources import sources
    from shortcodes_covid19.settings import Settings

    sources(list(value), Settings(base_urls=value))  # raises ValueError for a name or address
    return value


def _read_field(class_name: str, name: str) -> Callable[[Any, Folder], Any]:
    """Return a function that reads the value of one field of a dataclass of this package.

    Its messages do not repeat the name of the field, because the configuration adds the key.
    """

    def read(value: Any, folder: Folder) -> Any:
        owner = getattr(import_module("shortcodes_covid19"), class_name)
        try:
            return getattr(owner(**{name: value}), name)
        except (TypeError, ValueError) as error:
            raise type(error)(str(error).removeprefix(f"{name} ")) from None

    return read


SETTINGS: Final[Mapping[str, Callable[[Any, Folder], Any]]] = {
    "source": _read_source,
    "cache": _read_cache,
    "expires": _read_field("Settings", "expires"),
    "local": _read_path,
    "base-urls": _read_base_urls,
    "shape": _read_field("CardOptions", "shape"),
    "heading": _read_field("CardOptions", "heading"),
    "numbers": _read_field("CardOptions", "numbers"),
    "fix-contrast": _read_field("CardOptions", "fix_contrast"),
}
"""The keys of the table `covid19` in a configuration, with the functions that read their values."""

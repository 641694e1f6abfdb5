"""Data sources by name: the built-in ones, `file:PATH`, and those of plug-ins.

The sources of a chain such as "who,snapshot" are asked in turn. Nothing is read or fetched before
the first question.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from types import NoneType
from typing import Final

from shortcodes.common.checks import check_type, shorten
from shortcodes.common.suggestions import suggest_or_list
from shortcodes.files.folders import Folder
from shortcodes.registry import load_plugins
from shortcodes_covid19.data_sources.bundled import Bundled
from shortcodes_covid19.data_sources.disease_sh import DiseaseSh
from shortcodes_covid19.data_sources.files import File, Local
from shortcodes_covid19.data_sources.who import Who
from shortcodes_covid19.figures import Source
from shortcodes_covid19.settings import Settings

Chain = str | Source | Iterable[str | Source]

MAX_SOURCES = 20
"""How many sources a chain may have: each may read a large table, and report its own failure."""

_FILE_PREFIX = "file:"
_ENTRY_POINT_GROUP = "shortcodes.sources"

BUILT_IN: Final[dict[str, Callable[[Settings], Source]]] = {
    "snapshot": lambda settings: Bundled("snapshot"),
    "final": lambda settings: Bundled("final"),
    "local": Local,
    "disease.sh": DiseaseSh,
    "who": Who,
}
"""Functions that build the sources of the package, by name. No plug-in can take these names."""


def sources(chain: Chain = "snapshot", settings: Settings | None = None) -> tuple[Source, ...]:
    """Return the sources of a chain, in its order.

    Args:
        chain: Names separated by commas, a source, or a list of names and sources.
        settings: Where the sources are, and how they are asked.

    Raises:
        ValueError: A name is unknown, or the chain is empty or too long.
        TypeError: An argument has a wrong type.
    """
    check_type("settings", settings, Settings, NoneType)
    settings = settings or Settings()
    links = tuple(_build_source(link, settings) for link in _split_chain(chain))
    if not links:
        raise ValueError("the chain of sources is empty")
    return links


def bind_files(chain: Chain, folder: Folder) -> list[str | Source]:
    """Return the links of a chain, with a source for each file in a folder.

    Raises `OutsideError` for a path that the folder does not allow.
    """
    return [
        File(folder.bind(os.path.expanduser(link.removeprefix(_FILE_PREFIX))))
        if isinstance(link, str) and len(link) > len(_FILE_PREFIX) and link.startswith(_FILE_PREFIX)
        else link
        for link in _split_chain(chain)
    ]


def list_source_names() -> list[str]:
    """Return the names of all sources, the built-in ones first."""
    return [
        *BUILT_IN,
        f"{_FILE_PREFIX}PATH",
        *load_plugins(_ENTRY_POINT_GROUP, Source, reserved=BUILT_IN),
    ]


def _split_chain(chain: Chain) -> list[str | Source]:
    """Return the links of a chain once each, without empty ones."""
    if isinstance(chain, str):
        chain = chain.split(",")
    if isinstance(chain, bytes | bytearray) or not isinstance(chain, Source | Iterable):
        expected = "a str, a source or a collection of them"
        raise TypeError(f"a chain of sources must be {expected}, not {type(chain).__name__}")
    links = [chain] if isinstance(chain, Source) else list(chain)
    stripped = [link.strip() if isinstance(link, str) else link for link in links]
    distinct = list({_identify(link): link for link in stripped if link != ""}.values())
    if len(distinct) > MAX_SOURCES:
        raise ValueError(f"a chain must not have more than {MAX_SOURCES} sources")
    return distinct


def _identify(link: str | Source) -> str | int:
    return link if isinstance(link, str) else id(link)


def _build_source(name: str | Source, settings: Settings) -> Source:
    if not isinstance(name, str):
        if not isinstance(name, Source):
            raise TypeError(f"a source needs origin and fetch, which {type(name).__name__} lacks")
        return name
    if name.startswith(_FILE_PREFIX):
        return File(name.removeprefix(_FILE_PREFIX))
    if name in BUILT_IN:
        return BUILT_IN[name](settings)
    plugins = load_plugins(_ENTRY_POINT_GROUP, Source, reserved=BUILT_IN)
    if name in plugins:
        plugin: Source = plugins[name]
        return plugin
    hint = suggest_or_list(name.casefold(), list_source_names())
    raise ValueError(f"unknown source {shorten(name)}; {hint}")

"""Sources by name: the built-in ones, `file:PATH`, and those that are installed.

A chain such as "who,snapshot" is asked in its order. Nothing is read, fetched or imported before
figures are wanted.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from types import NoneType
from typing import Final

from shortcodes.checks import check_type, shown
from shortcodes.files.folders import Folder
from shortcodes.registry import load_plugins
from shortcodes.suggestions import suggest_or_list
from shortcodes_covid19.data_sources.bundled import Bundled
from shortcodes_covid19.data_sources.disease_sh import DiseaseSh
from shortcodes_covid19.data_sources.files import File, Local
from shortcodes_covid19.data_sources.who import Who
from shortcodes_covid19.figures import Source
from shortcodes_covid19.settings import Settings

Chain = str | Source | Iterable[str | Source]

_FILE = "file:"
_GROUP = "shortcodes.sources"

BUILT_IN: Final[dict[str, Callable[[Settings], Source]]] = {
    "snapshot": lambda settings: Bundled("snapshot"),
    "final": lambda settings: Bundled("final"),
    "local": Local,
    "disease.sh": DiseaseSh,
    "who": Who,
}
"""What makes each source that comes with the package; no plug-in can take a name."""


def sources(chain: Chain = "snapshot", settings: Settings | None = None) -> tuple[Source, ...]:
    """Return the sources of a chain, in its order.

    It is one text with commas, a list of names, or holds objects that are sources themselves.
    Raises `ValueError` for a name that nothing has, and for a chain without any; `TypeError` for
    what is no chain.
    """
    check_type("settings", settings, Settings, NoneType)
    settings = settings or Settings()
    made = tuple(_source(link, settings) for link in _links(chain))
    if not made:
        raise ValueError("the chain of sources is empty")
    return made


def resolve_paths(chain: Chain, folder: Folder) -> list[str | Source]:
    """Return the links of a chain; the paths of its files are taken to be relative to a folder.

    Raises `OutsideError` for one that the folder does not allow.
    """
    return [
        f"{_FILE}{folder.resolve(os.path.expanduser(link.removeprefix(_FILE)))}"
        if isinstance(link, str) and len(link) > len(_FILE) and link.startswith(_FILE)
        else link
        for link in _links(chain)
    ]


def list_source_names() -> list[str]:
    """Return the names of all sources, the built-in ones first."""
    return [*BUILT_IN, f"{_FILE}PATH", *load_plugins(_GROUP, Source, reserved=BUILT_IN)]


def _links(chain: Chain) -> list[str | Source]:
    """Return the links of a chain, without empty ones."""
    if isinstance(chain, str):
        chain = chain.split(",")
    if isinstance(chain, bytes | bytearray) or not isinstance(chain, Source | Iterable):
        wanted = "a str, a source or a collection of them"
        raise TypeError(f"a chain of sources must be {wanted}, not {type(chain).__name__}")
    links = [chain] if isinstance(chain, Source) else list(chain)
    stripped = [link.strip() if isinstance(link, str) else link for link in links]
    return [link for link in stripped if link != ""]


def _source(name: str | Source, settings: Settings) -> Source:
    if not isinstance(name, str):
        if not isinstance(name, Source):
            raise TypeError(f"a source needs origin and fetch, which {type(name).__name__} lacks")
        return name
    if name.startswith(_FILE):
        return File(name.removeprefix(_FILE))
    if name in BUILT_IN:
        return BUILT_IN[name](settings)
    plugins = load_plugins(_GROUP, Source, reserved=BUILT_IN)
    if name in plugins:
        plugin: Source = plugins[name]
        return plugin
    hint = suggest_or_list(name.casefold(), list_source_names())
    raise ValueError(f"unknown source {shown(name)}; {hint}")

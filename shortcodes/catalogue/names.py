"""The names that public plug-ins register, read from their list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from shortcodes.common.checks import check_type


@dataclass(frozen=True, slots=True)
class Plugin:
    """A plug-in or theme that registers shortcodes."""

    name: str
    origin: str
    """A public page where they are registered or documented."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The names that public plug-ins register."""

    names: frozenset[str]
    """The names that are evidence by themselves that something is a shortcode."""
    families: tuple[str, ...]
    """Beginnings that only names of one plug-in have; they are evidence too."""
    with_value: frozenset[str]
    """Plain words that are evidence if a value follows directly: `[youtube=…]`."""
    words: frozenset[str]
    """Plain words, which are not evidence."""
    deprecated: Mapping[str, str]
    """Names that their plug-in no longer uses, each with the name to use instead, which is empty if
    there is none."""
    encodings: Mapping[str, Sequence[str]]
    """Names whose enclosed content is encoded, each with the encodings in the order in which they
    were applied: "percent" and "base64"."""
    _plugins: Mapping[str, tuple[Plugin, ...]] = field(repr=False)
    _by_family: Mapping[str, Plugin] = field(repr=False)

    def is_evidence(self, name: str) -> bool:
        """Return whether the name is evidence by itself."""
        return name in self.names or name.startswith(self.families)

    def lists(self, name: str) -> bool:
        """Return whether the name itself is listed, not only the beginning of its family."""
        return name in self._plugins

    def plugins_of(self, name: str) -> tuple[Plugin, ...]:
        """Return the plug-ins that a name is from, mostly one or none."""
        plugins = self._plugins.get(name)
        if plugins:
            return plugins
        if not name.startswith(self.families):
            return ()
        return tuple(p for family, p in self._by_family.items() if name.startswith(family))[:1]


def plugins_of(name: str) -> tuple[Plugin, ...]:
    """Return the plug-ins that the catalogue has for a shortcode name.

    Mostly there is one or none; several if more than one plug-in registers the name.
    """
    check_type("name", name, str)
    return catalogue().plugins_of(name)


@cache
def catalogue() -> Catalogue:
    """Return the catalogue in `known_names.txt`, whose first lines explain its format."""
    text = Path(__file__).with_name("known_names.txt").read_text(encoding="utf-8")
    names, families, with_value, words = set(), {}, set(), set()
    deprecated: dict[str, str] = {}
    encodings: dict[str, Sequence[str]] = {}
    plugins: dict[str, tuple[Plugin, ...]] = {}
    plugin = Plugin("", "")
    for line in filter(None, map(str.strip, text.splitlines())):
        name = line.rstrip("?=*")
        if line[0] == "#":
            title, _, origin = line[1:].strip().partition(" — ")
            plugin = Plugin(title, origin)
            continue
        if line[-1] == "*":
            families[name] = plugin
            continue
        if line[-1] == "?":
            words.add(name)
        elif line[-1] == "=":
            with_value.add(name)
        else:
            name, _, encoding = (part.strip() for part in line.partition(":"))
            name, mark, replacement = (part.strip() for part in name.partition("->"))
            names.add(name)
            if mark:
                deprecated[name] = replacement
            if encoding:
                encodings[name] = tuple(encoding.split())
        plugins[name] = (*plugins.get(name, ()), plugin)
    return Catalogue(
        frozenset(names),
        tuple(families),
        frozenset(with_value),
        frozenset(words),
        MappingProxyType(deprecated),
        MappingProxyType(encodings),
        MappingProxyType(plugins),
        MappingProxyType(families),
    )

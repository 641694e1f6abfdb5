"""The catalogue: which plug-in a shortcode's name is from, as `known_names.txt` has it.

>>> from shortcodes.catalogue import plugins_of
>>> [plugin.name for plugin in plugins_of("vc_row")]
['WPBakery Page Builder']
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from shortcodes.checks import check_type


@dataclass(frozen=True, slots=True)
class Plugin:
    """A plug-in or theme that registers shortcodes."""

    name: str
    origin: str
    """A public place where they are registered or documented."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The names that public plug-ins register."""

    names: frozenset[str]
    """Those that are evidence by themselves that something is a shortcode."""
    families: tuple[str, ...]
    """Beginnings that only names of one plug-in have; evidence too."""
    with_value: frozenset[str]
    """Plain words that are evidence where a value follows directly: `[youtube=…]`."""
    words: frozenset[str]
    """Plain words, which are no evidence."""
    deprecated: Mapping[str, str]
    """Names whose plug-in has put others in their place, each with the one to use instead; empty
    where there is none."""
    _plugins: Mapping[str, tuple[Plugin, ...]] = field(repr=False)
    _by_family: Mapping[str, Plugin] = field(repr=False)

    def is_evidence(self, name: str) -> bool:
        """Whether the name is evidence by itself."""
        return name in self.names or name.startswith(self.families)

    def lists(self, name: str) -> bool:
        """Whether the name is listed, and not only like others of a family."""
        return name in self._plugins

    def plugins_of(self, name: str) -> tuple[Plugin, ...]:
        """Return the plug-ins that a name is from; mostly one or none."""
        found = self._plugins.get(name)
        if found:
            return found
        if not name.startswith(self.families):
            return ()
        return tuple(p for family, p in self._by_family.items() if name.startswith(family))[:1]


def plugins_of(name: str) -> tuple[Plugin, ...]:
    """Return the plug-ins that a shortcode's name is from, as far as the catalogue knows: mostly
    one or none, several where more than one registers a name.
    """
    check_type("name", name, str)
    return catalogue().plugins_of(name)


@cache
def catalogue() -> Catalogue:
    """Return what `known_names.txt` holds; its first lines say how it is written."""
    text = Path(__file__).with_name("known_names.txt").read_text(encoding="utf-8")
    names, families, with_value, words = set(), {}, set(), set()
    deprecated: dict[str, str] = {}
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
            name, _, better = (part.strip() for part in line.partition("->"))
            names.add(name)
            if line != name:
                deprecated[name] = better
        plugins[name] = (*plugins.get(name, ()), plugin)
    return Catalogue(
        frozenset(names),
        tuple(families),
        frozenset(with_value),
        frozenset(words),
        MappingProxyType(deprecated),
        MappingProxyType(plugins),
        MappingProxyType(families),
    )

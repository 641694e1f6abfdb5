"""The names that are known to be shortcodes, in all texts that are linted with the same options."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cached_property, lru_cache

from shortcodes.common.suggestions import NearNames
from shortcodes.detection import Tags

_SHORTEST = 4
_PREFIX = re.compile(r"[^_-]{1,3}[_-]")
"""The prefix of a plug-in, as in `vc_button`."""


class RegisteredNames:
    """Names from handlers, schemas and lists, of which there may be far more than in a text."""

    def __init__(self, names: Iterable[str] = (), tags: Tags = None) -> None:
        """Collect the names.

        Args:
            names: The names that handlers or schemas have.
            tags: The option `tags` as `check_options` returns it. If it is a tuple, its names are
                in order of registration.
        """
        is_list = isinstance(tags, Collection) and not isinstance(tags, str)
        listed: Collection[str] = tags if is_list else ()  # type: ignore[assignment]
        self._listed = listed if isinstance(listed, tuple) else ()
        self.all = frozenset([*names, *listed])
        """The names."""

    def sort(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return names without duplicates: those in the list of tags first, in its order."""
        distinct = dict.fromkeys(names)
        if not self._listed:
            return tuple(distinct)
        listed = sorted(distinct.keys() & self._order.keys(), key=self._order.__getitem__)
        return tuple(dict.fromkeys([*listed, *distinct]))

    def find_near(self, name: str) -> str:
        """Return the name that was probably meant, or an empty string if none is near."""
        return self._near.find(name)

    def find_meant(self, name: str) -> str:
        """Return the name that a misspelt one was probably meant to be, or an empty string.

        No name counts as misspelt that is too short, or differs only by what may distinguish it on
        purpose.
        """
        near = self.find_near(name) if len(name) >= _SHORTEST else ""
        return near if near and strip_variations(near) != strip_variations(name) else ""

    @cached_property
    def _order(self) -> dict[str, int]:
        return {name: index for index, name in enumerate(dict.fromkeys(self._listed))}

    @cached_property
    def _near(self) -> NearNames:
        return NearNames(sorted(self.all))


def strip_variations(name: str) -> str:
    """Return a name without what may distinguish it on purpose: a plug-in's prefix, and an `s` or a
    number at the end, as in `tabs` and `button2`.
    """
    prefix = _PREFIX.match(name)
    bare = name[prefix.end() :] if prefix else name
    return bare[:-1] if bare.endswith("s") else bare.rstrip("0123456789_-")


@lru_cache(maxsize=2)
def collect_names(names: tuple[str, ...], tags: Tags) -> RegisteredNames:
    """Return the names of handlers and schemas, and those of the option `tags`.

    The last ones are kept, since an index of many names takes longer than to lint a text.
    """
    return RegisteredNames(names, tags)

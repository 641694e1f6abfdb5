"""Near names: what a name with one slip in it was meant to be.

A slip is a letter too many, too few, other or elsewhere. Case does not count, nor whether parts are
joined by hyphens or underscores. A look-up takes time in proportion to the length of the name, not
to the number of names there are: two names with a slip between them have a common remainder when
one letter of each is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_SHORTEST = 3
"""What is shorter, as a name or without the letter, is one slip away from too many others."""
_LONGEST = 40
"""Longer ones are no slip."""


class Near:
    """Names among which one may have been meant; of several the first."""

    def __init__(self, names: Iterable[str]) -> None:
        self._same: dict[str, str] = {}
        self._remainders: dict[str, str] = {}
        for name in names:
            plain = _plain(name)
            self._same.setdefault(plain, name)
            for remainder in _remainders(plain):
                self._remainders.setdefault(remainder, name)

    def find(self, name: str) -> str:
        """Return the name that is meant, empty where none is near."""
        if len(name) > _LONGEST:
            return ""
        plain = _plain(name)
        if plain in self._same:
            return self._same[plain]
        for remainder in _remainders(plain):
            if remainder in self._remainders:
                return self._remainders[remainder]
        return ""


def _plain(name: str) -> str:
    return name.casefold().replace("_", "-")


def _remainders(plain: str) -> Iterator[str]:
    """Give the name, and the name without each of its letters, as far as they are long enough."""
    if _SHORTEST <= len(plain) <= _LONGEST:
        yield plain
    if _SHORTEST < len(plain) <= _LONGEST:
        for place in range(len(plain)):
            yield plain[:place] + plain[place + 1 :]

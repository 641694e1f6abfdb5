"""What messages say of known names: which one was probably meant, or which there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

_SHORTEST = 3
"""Names shorter than this, whole or without one letter, are one slip away from too many others."""
_LONGEST = 40
"""Longer names are not slips. The limit also bounds the time of a comparison."""
LISTED, LISTED_OF_MORE = 12, 10
"""The most names that a message lists, and how many it lists of more."""
_SHOWN = 60
"""The most letters of a name in a list."""


def list_names(names: Iterable[str], separator: str = ", ") -> str:
    """Return "x, y, z" for a message. Of more than 12 names: the first 10, "and 3 more".

    Messages are repeated, one for each finding, so that none may list whatever a schema holds.
    """
    names = [name if len(name) <= _SHOWN else f"{name[: _SHOWN - 1]}…" for name in names]
    if len(names) <= LISTED:
        return separator.join(names)
    return f"{', '.join(names[:LISTED_OF_MORE])} and {len(names) - LISTED_OF_MORE} more"


def suggest(name: object, known: Iterable[str]) -> str:
    """Return "did you mean 'x'?" with the most similar known name; empty if none is similar."""
    close = get_close_matches(str(name)[:_LONGEST], list(known), 1)
    return f"did you mean {close[0]!r}?" if close else ""


def suggest_or_list(name: object, known: Iterable[str]) -> str:
    """Return what `suggest` does, or "known: x, y" if no name is similar (see `list_names`)."""
    known = list(known)
    return suggest(name, known) or f"known: {list_names(known)}"


class NearNames:
    """Names that can be looked up by a spelling with one slip in it.

    A slip is one letter too many, missing, wrong or in the wrong place. Differences in case, and
    between hyphens and underscores, do not count.

    A look-up takes time in proportion to the length of the name, however many names there are:
    two names that are one slip apart have a remainder in common when one letter of each is left
    out. For a few names that are looked up once, use `suggest`.
    """

    def __init__(self, names: Iterable[str]) -> None:
        """Index the names; if several are near, `find` returns the first of them."""
        self._exact: dict[str, str] = {}
        self._remainders: dict[str, str] = {}
        for name in names:
            plain = _normalize(name)
            self._exact.setdefault(plain, name)
            for remainder in _list_remainders(plain):
                self._remainders.setdefault(remainder, name)

    def find(self, name: str) -> str:
        """Return the name that was probably meant, or an empty string if none is near."""
        if len(name) > _LONGEST:
            return ""
        plain = _normalize(name)
        if plain in self._exact:
            return self._exact[plain]
        for remainder in _list_remainders(plain):
            if remainder in self._remainders:
                return self._remainders[remainder]
        return ""


def _normalize(name: str) -> str:
    return name.casefold().replace("_", "-")


def _list_remainders(plain: str) -> Iterator[str]:
    """Yield the name itself, then the name without each of its letters, if they are long enough."""
    if _SHORTEST <= len(plain) <= _LONGEST:
        yield plain
    if _SHORTEST < len(plain) <= _LONGEST:
        for index in range(len(plain)):
            yield plain[:index] + plain[index + 1 :]

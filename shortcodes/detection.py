"""Detection: which names are shortcodes where no list of tags says so. Data, not branches.

A name counts once anything in the text is evidence for it; all else dissolves into text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from shortcodes.delimiters import Delimiter

Tags = Collection[str] | Literal["any"] | None
"""Names that count, "any" for every delimiter, or None for those with evidence."""

BBCODE = frozenset(["b", "i", "u", "s", "url", "img", "quote", "code", "color", "size", "list"])
"""Names that forums use: they count only when they are listed."""

_EVIDENT = frozenset({"named", "url"})
"""What, standing first in a delimiter, is evidence by itself."""


class KnownNames(NamedTuple):
    """The names of `known_names.txt`."""

    names: frozenset[str]
    families: tuple[str, ...]
    """Beginnings that only names of one plug-in have."""
    with_value: frozenset[str]
    """Plain words that count where a value follows directly: `[youtube=…]`."""

    def counts(self, delimiter: Delimiter) -> bool:
        """Whether the name of this delimiter is evidence by itself."""
        name = delimiter.name
        return (
            name in self.names
            or name.startswith(self.families)
            or (delimiter.first == "value" and name in self.with_value)
        )


@cache
def known_names() -> KnownNames:
    """Return the names that public plug-ins register: a line each, `*` for a family, `=` for
    names that count with a value only, `#` for comments.
    """
    text = files("shortcodes").joinpath("known_names.txt").read_text(encoding="utf-8")
    lines = [line for line in map(str.strip, text.splitlines()) if line and line[0] != "#"]
    return KnownNames(
        names=frozenset(line for line in lines if line[-1] not in "*="),
        families=tuple(line[:-1] for line in lines if line[-1] == "*"),
        with_value=frozenset(line[:-1] for line in lines if line[-1] == "="),
    )


def eligible(delimiters: Iterable[Delimiter], tags: Tags) -> list[Delimiter]:
    """Return the delimiters whose names may count at all."""
    if tags == "any":
        return list(delimiters)
    if tags is None:
        return [d for d in delimiters if d.name not in BBCODE]
    return [d for d in delimiters if d.name in tags]


def names_that_count(
    delimiters: Sequence[Delimiter], partner: Sequence[int], tags: Tags
) -> frozenset[str]:
    """Return the names, of those eligible, that are shortcodes in this text."""
    if tags is not None:
        return frozenset(d.name for d in delimiters)
    known = known_names()
    return frozenset(
        d.name
        for d, other in zip(delimiters, partner, strict=True)
        if other >= 0 or d.first in _EVIDENT or known.counts(d)
    )

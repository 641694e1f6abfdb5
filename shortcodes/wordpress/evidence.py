"""Evidence: which names of a text are shortcodes if no list of tags says so.

The names that WordPress would collect are judged by the table that the other dialect uses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set

from shortcodes import detection
from shortcodes.delimiters import Delimiter, Delimiters, FirstItem
from shortcodes.detection import OnEvidence, Tags, find_names, select_eligible
from shortcodes.nodes import Evidence
from shortcodes.wordpress.names import find_runs

_FIRST = re.compile(
    "(?P<value>=)|[\\s\u00a0\u200b]++(?:(?P<named>[\\w-]++\\s*+=)|(?P<url>(?:https?:)?//\\w))",
    re.ASCII | re.IGNORECASE,
)
_FIRST_ITEMS: dict[str | None, FirstItem] = {
    "value": "value",
    "named": "named",
    "url": "url",
    None: "",
}
_CLOSING = re.compile(r"\[/([^<>&/\[\]=\x00-\x20]++)\]")


def list_names(text: str, tags: Tags) -> tuple[str, ...]:
    """Return the names that count in a text, in order of registration.

    Listed tags keep their order, and a set is sorted. Otherwise the names are in order of
    appearance: every name with "any" (rule 3), those with evidence with `None`.
    """
    if tags == "any":
        return tuple(dict.fromkeys(match[1] for match in find_runs(text)))
    if isinstance(tags, Set):
        return tuple(sorted(tags))
    if tags is not None and not isinstance(tags, OnEvidence):
        return tuple(tags)
    openings, partners = _pair_openings(text, tags)
    names = find_names(text, openings, partners, tags)
    return tuple(dict.fromkeys(tag.name for tag in openings if tag.name in names))


def find_evidence(text: str, tags: Tags) -> Mapping[str, Evidence]:
    """Return why each name counts, by name."""
    return detection.find_evidence(text, *_pair_openings(text, tags), tags)


def _pair_openings(text: str, tags: Tags) -> tuple[Delimiters, Sequence[int]]:
    """Return whatever looks like an opening delimiter, and for each -1 if it has no partner."""
    openings = select_eligible(Delimiters(_find_openings(text)), tags)
    closed = {match[1]: match.start() for match in _CLOSING.finditer(text)} if openings else {}
    partners = [
        index if not tag.is_self_closing and tag.end <= closed.get(tag.name, -1) else -1
        for index, tag in enumerate(openings)
    ]  # only whether there is a partner counts, not where
    return openings, partners


def read_first_item(text: str, name_end: int) -> FirstItem:
    """Return what comes first after the name of an opening delimiter."""
    match = _FIRST.match(text, name_end)
    return _FIRST_ITEMS[match.lastgroup if match else None]


def _find_openings(text: str) -> Iterator[Delimiter]:
    """Yield whatever looks like an opening delimiter."""
    last = text.rfind("]")
    end = -1
    for match in find_runs(text):
        start, name_end = match.span()
        if name_end > last:
            return
        if end < name_end:
            end = text.index("]", name_end)
        slash = text[end - 1] == "/"
        yield Delimiter(start, end + 1, match[1], False, slash, read_first_item(text, name_end))

"""Evidence: which names of a text are shortcodes where no list of tags says so.

What WordPress would collect as names is judged by the table that the other dialects use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from shortcodes.delimiters import Delimiter, Delimiters, First
from shortcodes.detection import OnEvidence, Tags, eligible, names_that_count
from shortcodes.wordpress.names import runs

_FIRST = re.compile(
    "(?P<value>=)|[\\s\u00a0\u200b]++(?:(?P<named>[\\w-]++\\s*+=)|(?P<url>(?:https?:)?//\\w))",
    re.ASCII | re.IGNORECASE,
)
_FIRSTS: dict[str | None, First] = {"value": "value", "named": "named", "url": "url", None: ""}
_CLOSING = re.compile(r"\[/([^<>&/\[\]=\x00-\x20]++)\]")


def listed(text: str, tags: Tags) -> tuple[str, ...]:
    """Return the names that count in a text, in order of registration.

    Those given keep their order, sets are sorted; others are taken in order of appearance: with
    "any" every name (rule 3), with `None` those that have evidence.
    """
    if tags == "any":
        return tuple(dict.fromkeys(match[1] for match in runs(text)))
    if isinstance(tags, Set):
        return tuple(sorted(tags))
    if tags is not None and not isinstance(tags, OnEvidence):
        return tuple(tags)
    found = eligible(Delimiters(_openings(text)), tags)
    closed = {match[1]: match.start() for match in _CLOSING.finditer(text)} if found else {}
    partner = [
        place if not d.self_closing and d.end <= closed.get(d.name, -1) else -1
        for place, d in enumerate(found)
    ]  # that it has one is all that counts, not where
    counting = names_that_count(found, partner, tags)
    return tuple(dict.fromkeys(d.name for d in found if d.name in counting))


def first_of(text: str, name_end: int) -> First:
    """Return what stands first behind the name of an opening delimiter."""
    match = _FIRST.match(text, name_end)
    return _FIRSTS[match.lastgroup if match else None]


def _openings(text: str) -> Iterator[Delimiter]:
    """Give whatever looks like an opening delimiter."""
    last = text.rfind("]")
    end = -1
    for match in runs(text):
        start, name_end = match.span()
        if name_end > last:
            return
        if end < name_end:
            end = text.index("]", name_end)
        closed = text[end - 1] == "/"
        yield Delimiter(start, end + 1, match[1], False, closed, first_of(text, name_end))

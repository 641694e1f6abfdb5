"""Attributes: what WordPress reads between a name and the end of its delimiter (rules 17 to 25,
and rule 27).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from shortcodes.checks import check_mapping, check_type
from shortcodes.nodes import Values
from shortcodes.wordpress.slashes import without_slashes

Attributes = dict[str | int, str]
"""Attributes as WordPress has them: a name is a `str` key, a place an `int` one."""

_JOINING_SPACES = re.compile("[\u00a0\u200b]++")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ATTRIBUTE = re.compile(
    r"""(?:(?:([A-Za-z0-9_-]++)\s*+=\s*+|(?!).)?+"""
    r"""(?:"([^"]*+)"|'([^']*+)'|([^ \t\n\v\f\r"']++))(?!\S)|(\S++))\s*+""",
    re.ASCII,
)
_QUOTED = (2, 3)
"""The groups of values in quotes."""

_ODD = re.compile("[\u00a0\u200b\ud800-\udfff]")
_WHOLE_TAGS = re.compile(r"[^<]*+(?:<[^>]*+>[^<]*+|(?!).)*+")
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,18}")
_BEHIND_DIGITS = ":"
"""Every name that begins with a letter or "_" is greater, every other one less."""

_LAST_INTEGER = 2**63 - 1

DROPPED = "0"
"""The name of an attribute that WordPress drops (rule 21): PHP takes it for an empty one."""


def shortcode_parse_atts(text: str) -> Attributes:
    """Return the attributes that stand in a text, in order of their keys' first places.

    Names are lower-cased and become `str` keys; values without one count up as `int` keys from 0.
    A name that is a whole number is an `int` key as well, as in a PHP array, and moves the count
    (rule 21); an attribute that is named 0 is dropped. Where nothing is found the dict is empty,
    and so it is for text that holds bytes which are not UTF-8 (rule 17). A value behind the
    greatest possible key has no place and goes.
    """
    check_type("text", text, str)
    if not text.isascii() and _ODD.search(text):
        if _SURROGATE.search(text):
            return {}
        text = joined_spaces(text)
    to_finish = "\\" in text or "<" in text
    found: Attributes = {}
    place = 0
    for name, double, single, bare, word in _ATTRIBUTE.findall(text):
        given = double or single or bare or word
        value = finished(given) if to_finish else given
        if name > _BEHIND_DIGITS:
            found[name.lower()] = value
        elif name == DROPPED:
            continue
        elif name:
            key = _key(name)
            found[key] = value
            if isinstance(key, int):
                place = max(place, key + 1)
        elif given and place <= _LAST_INTEGER:
            found[place] = value
            place += 1
    return found


def shortcode_atts(pairs: Mapping[str, str], attrs: Mapping[str | int, str]) -> dict[str, str]:
    """Return the value given for each name in `pairs`, or the default that stands there (rule 27).

    Names that `pairs` does not have are left out; the order is that of `pairs`.
    """
    check_mapping("pairs", pairs, object)
    check_type("attrs", attrs, Mapping)
    return {name: attrs.get(name, default) for name, default in pairs.items()}


class Place(NamedTuple):
    """Where one attribute stands in a text, as offsets."""

    start: int
    end: int
    name_end: int
    """`start` where it has no name."""
    value_start: int
    value_end: int


def places(text: str, start: int, end: int) -> Iterator[Place]:
    """Give where the attributes stand between two offsets of a text, but for those that WordPress
    drops: empty positional ones, and what is named 0. The same reading as `shortcode_parse_atts`,
    with places.
    """
    inside = text[start:end]
    if not inside.isascii():
        if _SURROGATE.search(inside):
            return
        inside = inside.replace("\u00a0", " ").replace("\u200b", " ")
    for match in _ATTRIBUTE.finditer(inside):
        value = match.lastindex or 0
        if match[1] == DROPPED or (match[1] is None and not match[value]):
            continue
        yield Place(
            start + match.start(),
            start + match.end(value) + (value in _QUOTED),
            start + (match.start() if match[1] is None else match.end(1)),
            start + match.start(value),
            start + match.end(value),
        )


def as_written(text: str) -> bool:
    """Return whether a text holds nothing that may make a value other than what is written, hidden
    brackets included.
    """
    if "\\" in text or "<" in text or "&#9" in text:
        return False
    return text.isascii() or _ODD.search(text) is None


def values(text: str, start: int, end: int) -> Values:
    """Return what stands between two offsets of a text in which values are what is written, but
    for what WordPress drops.
    """
    found = _ATTRIBUTE.findall(text, start, end)
    named = {
        name.lower(): double or single or bare or word for name, double, single, bare, word in found
    }
    named.pop(DROPPED, None)
    if "" not in named:
        return named, ()
    del named[""]
    return named, tuple([value for name, *given in found if not name and (value := "".join(given))])


def finished(value: str) -> str:
    """Return a value as a handler gets it: its C escapes resolved (rule 22), and empty where a
    "<" in it has no ">" (rule 23).
    """
    value = without_slashes(value)
    return value if "<" not in value or _WHOLE_TAGS.fullmatch(value) else ""


def joined_spaces(value: str) -> str:
    """Return a value with every run of no-break and zero-width spaces as one space (rule 17)."""
    return value if value.isascii() else _JOINING_SPACES.sub(" ", value)


def _key(name: str) -> str | int:
    """Return the number that a name is the usual spelling of, where PHP has room for it, or the
    name itself in lower case.
    """
    if _INTEGER.fullmatch(name) and -_LAST_INTEGER - 1 <= int(name) <= _LAST_INTEGER:
        return int(name)
    return name.lower()

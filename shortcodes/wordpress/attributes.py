"""Attributes: what WordPress reads between the tag name and the end of a delimiter.

Rules 17 to 25, and rule 27.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from shortcodes.common.checks import check_mapping, check_type
from shortcodes.nodes import Values
from shortcodes.wordpress.slashes import resolve_escapes

Attributes = dict[str | int, str]
"""Attributes as WordPress has them: names are `str` keys, positions are `int` keys."""

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
_AFTER_DIGITS = ":"
"""Names that begin with a letter or "_" are greater than this, all others are less."""

_LAST_INTEGER = 2**63 - 1

DROPPED = "0"
"""The name of an attribute that WordPress drops (rule 21), since PHP takes it for empty."""


def shortcode_parse_atts(text: str) -> Attributes:
    """Return the attributes in a text, in the order in which their keys first appear.

    Names are lower-cased and become `str` keys; values without a name count up as `int` keys from
    0. A name that is a whole number is an `int` key as well, as in a PHP array, and moves the count
    (rule 21); an attribute with the name 0 is dropped. The dict is empty if there are no
    attributes, and if the text holds bytes that are not UTF-8 (rule 17). A value after the greatest
    possible key is dropped.
    """
    check_type("text", text, str)
    if not text.isascii() and _ODD.search(text):
        if _SURROGATE.search(text):
            return {}
        text = join_spaces(text)
    has_escapes = "\\" in text or "<" in text
    attributes: Attributes = {}
    next_key = 0
    for name, double, single, bare, word in _ATTRIBUTE.findall(text):
        raw = double or single or bare or word
        value = finish_value(raw) if has_escapes else raw
        if name > _AFTER_DIGITS:
            attributes[name.lower()] = value
        elif name == DROPPED:
            continue
        elif name:
            key = _make_key(name)
            attributes[key] = value
            if isinstance(key, int):
                next_key = max(next_key, key + 1)
        elif raw and next_key <= _LAST_INTEGER:
            attributes[next_key] = value
            next_key += 1
    return attributes


def shortcode_atts(pairs: Mapping[str, str], attrs: Mapping[str | int, str]) -> dict[str, str]:
    """Return the value of each name in `pairs`: that of `attrs`, or the default in `pairs` (rule
    27).

    Names that `pairs` does not have are left out. The order is that of `pairs`.
    """
    check_mapping("pairs", pairs, object)
    check_type("attrs", attrs, Mapping)
    return {name: attrs.get(name, default) for name, default in pairs.items()}


class AttributeParts(NamedTuple):
    """One attribute as offsets into a text."""

    start: int
    end: int
    name_end: int
    """`start` if it has no name."""
    value_start: int
    value_end: int


def locate_attributes(text: str, start: int, end: int) -> Iterator[AttributeParts]:
    """Yield the parts of the attributes between two offsets of a text.

    The reading is that of `shortcode_parse_atts`. Attributes that WordPress drops are left out:
    empty positional ones, and those with the name 0.
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
        yield AttributeParts(
            start + match.start(),
            start + match.end(value) + (value in _QUOTED),
            start + (match.start() if match[1] is None else match.end(1)),
            start + match.start(value),
            start + match.end(value),
        )


def is_as_written(text: str) -> bool:
    """Return whether every value in a text is certainly what is written there.

    C escapes, tags, special white space and hidden brackets may change values.
    """
    if "\\" in text or "<" in text or "&#9" in text:
        return False
    return text.isascii() or _ODD.search(text) is None


def read_values(text: str, start: int, end: int) -> Values:
    """Return the values between two offsets of a text that `is_as_written`.

    Attributes that WordPress drops are left out.
    """
    groups = _ATTRIBUTE.findall(text, start, end)
    named = {
        name.lower(): double or single or bare or word
        for name, double, single, bare, word in groups
    }
    named.pop(DROPPED, None)
    if "" not in named:
        return named, ()
    del named[""]
    return named, tuple([value for name, *raw in groups if not name and (value := "".join(raw))])


def finish_value(value: str) -> str:
    """Return a value as a handler gets it: its C escapes resolved (rule 22), and empty if a "<" in
    it has no ">" (rule 23).
    """
    value = resolve_escapes(value)
    return value if "<" not in value or _WHOLE_TAGS.fullmatch(value) else ""


def join_spaces(value: str) -> str:
    """Return a value with every run of no-break and zero-width spaces as one space (rule 17)."""
    return value if value.isascii() else _JOINING_SPACES.sub(" ", value)


def _make_key(name: str) -> str | int:
    """Return the number that a name spells in the usual way, if it fits into an integer of PHP;
    otherwise the name in lower case.
    """
    if _INTEGER.fullmatch(name) and -_LAST_INTEGER - 1 <= int(name) <= _LAST_INTEGER:
        return int(name)
    return name.lower()

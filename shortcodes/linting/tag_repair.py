"""Repair of opening tags: the attributes that were meant, where the damage is only around them.

Commas, invisible characters, HTML tags and such get between the attributes of a tag, or its quotes
are doubled or replaced. If without these it consists of nothing but names and simple values, only
one reading of it makes sense.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from shortcodes.linting.plausibility import has_balanced_tags
from shortcodes.linting.quote_signs import ANY, APOSTROPHES, DOUBLE, SINGLE, spell_out

_ELEMENTS = "b|bdi|bdo|br|code|div|em|font|i|kbd|mark|p|s|small|span|strong|sub|sup|tt|u"
_TAG = rf"</?(?i:{_ELEMENTS})(?=[\s/>])[^<>\[\]]*+>"
_ONE_TAG = re.compile(_TAG)
_SPACE = r"[\s\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]"
_GAP = re.compile(rf"(?:{_SPACE}|{_TAG}|[,;|&]|(?<=[nr{ANY}])\\[nr]|(?!).)*+")
_NAME = re.compile(
    rf"(?P<name>(?!0\b)[A-Za-z_][A-Za-z0-9_-]*+){_SPACE}*+"
    rf"(?:==?+>?+|[＝﹦]|:=?+)(?:{_SPACE}|{_TAG}|(?!).)*+"
)
_VALUE = re.compile(
    rf"(?P<opening>(?P<twice>[{DOUBLE}]{{2}}|[{SINGLE}]{{2}})|[{ANY}])"
    rf"(?P<quoted>(?:[^{ANY}\[\]<>=\\&]|(?<=\w)[{APOSTROPHES}](?=\w)|&(?=\s)|(?!).)*+)"
    rf"(?P<closing>[{ANY}](?(twice)[{ANY}]))(?!\w++(?:[^\w=:-]|\Z))"
    r"|(?P<bare>[^\W_](?:[\w.%#/+-]|,(?=\w)|(?!).)*+)(?=\s|\Z|[<,;|&])"
)
_STRAY = re.compile(rf"(?<=[^\W\d_][{ANY}])[{ANY}]|(?<=[{ANY}])[>)]")
"""What is dropped after the last value; a second quote only if it cannot be the sign for inches."""


class Repaired(NamedTuple):
    """One attribute that was meant."""

    space: str
    """The white space before it, or a space if anything else is there."""
    name: str
    value: str
    is_quoted: bool


def repair_attributes(source: str) -> list[Repaired] | None:
    """Return the attributes that were meant between the name of a tag and its end.

    Return `None` unless only one reading makes sense.
    """
    inside = spell_out(source)
    attributes: list[Repaired] = []
    outside: list[str] = []
    offset = 0
    while True:
        start, offset = offset, _skip(_GAP, inside, offset)
        space = inside[start:offset]
        outside.append(space)
        name = _NAME.match(inside, offset)
        value = _VALUE.match(inside, name.end()) if name else None
        if not name or not value:
            break
        attribute = _read_attribute(space, name["name"], value, source)
        if attribute is None:
            return None
        attributes.append(attribute)
        outside.append(name[0])
        offset = value.end()
    end = _skip(_GAP, inside, _skip(_STRAY, inside, offset))
    outside.append(inside[offset:end])
    is_whole = attributes and end == len(inside)
    tags = _ONE_TAG.findall("".join(outside))
    return attributes if is_whole and has_balanced_tags(tags, between=True) else None


def _skip(pattern: re.Pattern[str], text: str, offset: int) -> int:
    match = pattern.match(text, offset)
    return match.end() if match else offset


def _read_attribute(space: str, name: str, value: re.Match[str], source: str) -> Repaired | None:
    """Return an attribute with its value, or `None` if that value may not be what was meant."""
    if not space or space.strip(" \t\n\v\f\r"):
        space = " "
    bare = value["bare"]
    if bare is not None:
        return Repaired(space, name, bare, is_quoted=False)
    opening, quoted, closing = value["opening"], value["quoted"], value["closing"]
    if len({mark in SINGLE for mark in opening + closing}) > 1:
        return None
    if quoted != quoted.strip() or not (quoted.isprintable() or quoted in source):
        return None
    if opening[0] in SINGLE and any(sign in quoted for sign in SINGLE):
        return None
    return Repaired(space, name, quoted, is_quoted=True)

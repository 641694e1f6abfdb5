"""Plausibility: whether a person could have meant the values that a fix writes.

A damaged tag is still read somehow, and what is read in it may be nobody's value: a part of the
next attribute, or a quote too many. A fix that writes such a value is not safe.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from shortcodes.html.whole import TAG
from shortcodes.lenient.attributes import unescape
from shortcodes.linting.quote_signs import ANY, APOSTROPHES, SINGLE, spell_out
from shortcodes.nodes import Attribute

_TAG = re.compile(TAG)
_TAG_NAME = re.compile(r"</?([^\s/>]++)")
_ESCAPED_TAG = re.compile(r"&lt;[^&]*+&gt;")
_QUOTE = re.compile(f"[{ANY}]")
_BARE = re.compile(rf"(?:(?![,;|&=<>{ANY}])\S)++(?:[&=,;|]++(?:(?![,;|&=<>{ANY}])\S)++|(?!).)*+")
_NO_VALUE = re.compile(r"[:\\]\Z|\A(?:\\[nrt]|%20)++\Z")
"""What is left of a name with a colon, of an escaped quote, or of a line break."""
_ATTRIBUTE = re.compile(rf"[=＝﹦]>?\s*+[{ANY}]|(?<!\S)[A-Za-z_][\w-]*+\s*+[=＝﹦]")
"""What shows that a value contains another attribute."""

_VOID = frozenset({"br", "hr", "img", "wbr", "input"})


def are_plausible(attributes: Sequence[Attribute], markdown: bool) -> bool:
    """Return whether a person could have meant every attribute that was read in an opening tag."""
    return all(_is_plausible(attribute, markdown) for attribute in attributes) and not any(
        _touch(*neighbours) for neighbours in pairwise(attributes)
    )


def _touch(before: Attribute, after: Attribute) -> bool:
    """Return whether two attributes are next to each other although one of them has no quotes or
    no name, as in `a=>"b"` and `"b"c`.
    """
    return before.span[1] == after.span[0] and (before.quotes is None or after.name is None)


def _is_plausible(attribute: Attribute, markdown: bool) -> bool:
    source = unescape(attribute.raw, markdown)
    if "[" in source or "]" in source or (attribute.name or "").startswith("-"):
        return False
    if attribute.quotes is None:
        return _is_plausible_bare(source)
    opening, closing = (spell_out(quote)[-1:] for quote in attribute.quotes)
    if "<" in source:
        tags = _TAG.findall(source)
        enclosing = "".join({opening, closing})
        if not has_balanced_tags(tags) or any(mark in tag for tag in tags for mark in enclosing):
            return False
        source = _TAG.sub(" ", source)
    value = spell_out(_ESCAPED_TAG.sub(" ", source))
    if _ATTRIBUTE.search(value):
        return False
    if (
        not closing
        and value
        and (
            not value[-1].isalnum()
            or any((mark in SINGLE) == (opening in SINGLE) for mark in _QUOTE.findall(value))
        )
    ):
        return False
    return _has_plausible_quotes(value, opening)


def _is_plausible_bare(source: str) -> bool:
    if not source:
        return True
    value = spell_out(source)
    if _NO_VALUE.search(value) or not any(map(str.isalnum, value)):
        return False
    return _BARE.fullmatch(re.sub(rf"(?<=\w)[{APOSTROPHES}](?=\w)", "", value)) is not None


def _has_plausible_quotes(value: str, enclosing: str) -> bool:
    """Return whether each quote in a value precedes a letter or digit, or ends an inner pair."""
    is_single = enclosing in SINGLE
    pending: list[tuple[bool, int]] = []
    for match in _QUOTE.finditer(value):
        offset, single = match.start(), match[0] in SINGLE
        before, after = value[offset - 1 : offset] if offset else "", value[offset + 1 : offset + 2]
        if after.isalnum():
            if not before.isalnum():
                pending.append((single, offset))
            continue
        while pending and pending[-1][0] is True and not single:
            pending.pop()  # an apostrophe at the beginning of a word
        if not pending or pending[-1][0] != single:
            return False
        _, start = pending.pop()
        if start == 0 and not after and single == is_single:
            return False  # the quotes are doubled
    return all(single and not is_single for single, _ in pending)


def has_balanced_tags(tags: Sequence[str], *, between: bool = False) -> bool:
    """Return whether every element that begins among some HTML tags also ends there.

    With `between`, elements may also end and begin again, as in `</p><p>`.
    """
    pending: list[str] = []
    ended: list[str] = []
    for tag in tags:
        match = _TAG_NAME.match(tag)
        name = match[1].lower() if match else ""
        if name in _VOID or tag.endswith("/>"):
            continue
        if not tag.startswith("</"):
            pending.append(name)
        elif pending:
            if pending.pop() != name:
                return False
        else:
            ended.append(name)
    return pending == ended[::-1] and (between or not ended)

"""Plausibility: whether a person could have meant the values that a fix writes.

A damaged tag is still read somehow, and what is read in it may be nobody's value: a part of the
next attribute, or a quote too many. A fix that writes such a value is not safe.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape as decode
from itertools import pairwise
from string import punctuation
from typing import Final

from shortcodes.html.whole import match_tags, read_tag_name, replace_tags, whole_tags
from shortcodes.lenient.attributes import unescape
from shortcodes.lenient.grammar import quote_marks
from shortcodes.linting.gaps import read_gaps
from shortcodes.nodes import Attribute, Shortcode

_MARKS = quote_marks()
_FOREIGN: Final = "ʼ‹›「」『』"
"""What people use for quotes and no dialect reads."""
_EQUALS: Final = "=＝﹦"

_KEPT = re.compile(r"<(?:!--|[aA][\s>])")
_PARAGRAPH = re.compile(r"</?[pP]>")
_NAME = re.compile(r"</?([^\s/>]++)")
_QUOTE = re.compile(rf"(?!(?<=\w)[׳״])[{_MARKS.all}]")
"""After a letter, geresh and gershayim are letters."""
_SIMPLE = re.compile(rf"[^{_MARKS.all}{_EQUALS}<&\\\[\]]*+")
"""A value of which only the quotes have to be looked at."""
_ASSIGNED = re.compile(rf"[{_EQUALS}]>?\s*+[{_MARKS.all}]|(?<![^\s])[\w-]++\s*+[{_EQUALS}]\s*+\Z")
"""What shows that a value holds another attribute."""
_NO_WORD = re.compile(rf"[<>\\{_FOREIGN}＝﹦]|\A[^\w/#.+-]|[,;:|&=]\Z|u002[27]")
"""What shows that a value without quotes is a part of something else."""


def is_plausible(shortcode: Shortcode, *, markdown: bool) -> bool:
    """Return whether a person could have meant every attribute that was read in an opening tag."""
    attributes = shortcode.attribute_nodes
    return (
        all(_is_plausible(attribute, markdown) for attribute in attributes)
        and not any(_are_torn(*neighbours) for neighbours in pairwise(attributes))
        and not (shortcode.kind == "self-closing" and attributes and _may_end_in_slash(shortcode))
        and ("<" not in shortcode.source or is_plausible_gap(read_gaps(shortcode)))
    )


def _may_end_in_slash(shortcode: Shortcode) -> bool:
    """Return whether the slash of a tag may belong to its last value, which is not closed."""
    last = shortcode.attribute_nodes[-1]
    is_unclosed = last.quotes is not None and not last.quotes[1]
    return is_unclosed and shortcode.document.source.startswith("/", last.span[1])


def _are_torn(before: Attribute, after: Attribute) -> bool:
    """Return whether two attributes may be one: nothing is between them and one has no quotes or no
    name, as in `a=>"b"` and `"b"c`, or a word follows a lone quote, as in `a=” b`.
    """
    if before.quotes and not before.quotes[1] and not before.raw and after.name is None:
        return True
    return before.span[1] == after.span[0] and (before.quotes is None or after.name is None)


def _is_plausible(attribute: Attribute, markdown: bool) -> bool:
    quotes = attribute.quotes
    if quotes and attribute.name and _SIMPLE.fullmatch(attribute.raw) and _close_always(quotes):
        return True
    source = unescape(attribute.raw, markdown)
    if "[" in source or "]" in source:
        return False
    if quotes is None:
        is_word = _NO_WORD.search(source) is None and any(map(str.isalnum, source))
        return is_word or not source
    if "<" in source and not _holds_tags_as_content(source):
        return False
    opening, closing = _read_quotes(quotes)
    value = decode(decode(replace_tags(source, "<")))
    return (
        not value.endswith("\\")
        and not _ASSIGNED.search(value)
        and not (attribute.name is None and value and not any(map(str.isalnum, value)))
        and _is_closed_plausibly(value, opening, closing)
        and _has_plausible_quotes(value, opening)
    )


@lru_cache(maxsize=1000)
def _close_always(quotes: tuple[str, str]) -> bool:
    """Return whether quotes may end any value without quotes in it."""
    opening, closing = _read_quotes(quotes)
    return bool(closing) and _is_closed_plausibly("", opening, closing)


@lru_cache(maxsize=1000)
def _read_quotes(quotes: tuple[str, str]) -> tuple[str, str]:
    """Return the characters of quotes, which may be written as entities or escaped."""
    opening, closing = (decode(decode(quote))[-1:] for quote in quotes)
    return opening, closing


def _is_closed_plausibly(value: str, opening: str, closing: str) -> bool:
    """Return whether a value may end where it does: not at an apostrophe, and, where no quote
    closes it, not after punctuation or another quote.
    """
    kind = _classify(opening)
    if closing:
        return kind == "single" or _classify(closing) != "single"
    other_kinds = map(_classify, _QUOTE.findall(value))
    return not value or (value[-1] not in punctuation + _FOREIGN and kind not in other_kinds)


def _holds_tags_as_content(source: str) -> bool:
    """Return whether the elements of a value begin and end in it, and no element is around all of
    it, as an editor may have put it there.
    """
    tags = whole_tags(source)
    is_wrapped = bool(tags) and source.startswith(tags[0]) and source.endswith(tags[-1])
    return match_tags(tags) == ([], []) and not (is_wrapped and tags[-1].startswith("</"))


def is_plausible_gap(gap: str) -> bool:
    """Return whether the HTML between the attributes of a tag can go without a change around it.

    Elements begin and end there, or end there and begin again without attributes, as in `</p><p>`.
    None is a link.
    """
    if _KEPT.search(gap):
        return False
    tags = (tag for tag in whole_tags(gap) if not _PARAGRAPH.fullmatch(tag))
    unmatched = match_tags(tags)
    if unmatched is None:
        return False
    ended, begun = unmatched
    expected = [f"<{read_tag_name(tag)}>" for tag in reversed(ended)]
    return [tag.lower() for tag in begun] == expected


def _has_plausible_quotes(value: str, enclosing: str) -> bool:
    """Return whether each quote in a value stands before a letter or digit, or ends a pair in it
    that is not all of the value in quotes of the same class once more.
    """
    pending: list[tuple[str, int]] = []
    for match in _QUOTE.finditer(value):
        offset, kind = match.start(), _classify(match[0])
        before, after = value[max(0, offset - 1) : offset], value[offset + 1 : offset + 2]
        if after.isalnum() or (match[0] == "«" and after.isspace()):
            if not before.isalnum():
                pending.append((kind, offset))
            continue
        while pending and pending[-1][0] == "single" != kind:
            pending.pop()  # an apostrophe at the beginning of a word
        if not pending or pending[-1][0] != kind:
            return False
        _, start = pending.pop()
        if start == 0 and not after and kind == _classify(enclosing):
            return False
    return all(kind == "single" for kind, _ in pending)


def _classify(mark: str) -> str:
    if mark in _MARKS.single:
        return "single"
    return "guillemet" if mark in _MARKS.guillemets else "double"

"""The fourth step of stripping: a space is left where two words would become one.

Where closing tags and then opening tags went, as in `One[/tab][tab]Two`, two texts were apart on
the page. Tags of one kind may be inside a word, as in `[dropcap]T[/dropcap]he`, and leave nothing.
"""

from __future__ import annotations

import re
from functools import cache
from string import ascii_letters, digits

from shortcodes.detection.tables import WITHOUT_SPACES
from shortcodes.html.elements import INLINE
from shortcodes.html.tags import PLAIN_REST
from shortcodes_strip.blank_patterns import compile_patterns
from shortcodes_strip.remains import NOTHING, SEAM, Remains, add_gap

_LONGEST_SPACE = 12
"""Code points of an entity that is white space, such as `&#0008239;`."""
_IMAGE = "img"
_BOM = "\ufeff"

_IN_WORDS = "-\u2010'\u2019"
"""Hyphens and apostrophes, which are in words."""
_LETTERS = frozenset(ascii_letters + digits)
_ENDS = _LETTERS | {".", ",", "!", "?"}
_BEFORE_WORDS = "([{«“„¿¡"
_AFTER_WORDS = ",;:.!?…)]}»”"
_IN_ANY_SCRIPT = "“”‘’…—·"
"""Punctuation that Chinese has in common with other languages."""


def add_seams(remains: Remains) -> Remains:
    """Return what stays, with a space at each place where two words would become one."""
    texts = remains.texts
    changed: dict[int, str] = {}
    last = 0  # the last text that is not empty
    gap = NOTHING  # what was taken out behind it
    for index, following in enumerate(remains.gaps, 1):
        gap = add_gap(gap, following)
        after = texts[index]
        if not after:
            continue
        if gap & SEAM and _would_join(texts[last], after) and not remains.in_bracket[last]:
            changed[last] = f"{texts[last]} "
        last, gap = index, NOTHING
    if not changed:
        return remains
    return Remains([changed.get(index, text) for index, text in enumerate(texts)], remains.gaps)


def _would_join(before: str, after: str) -> bool:
    """Return whether two texts are apart as words, and have nothing between them."""
    if not before or before[-1].isspace() or after[0].isspace():
        return False
    if len(before) == 1 and before.isupper() and after[0].islower():
        return False  # a drop cap
    if before[-1] in _ENDS and after[0] in _LETTERS:
        return True  # most are so
    end, start = _read_end(before), _read_start(after)
    if not end or not start:
        return False
    space = compile_patterns().space
    return not (
        end.endswith(_BOM)
        or space.match(start)
        or any(match.end() == len(end) for match in space.finditer(end))
        or _is_in_word(end, start)
        or _are_unspaced(end[-1], start[0])
        or end[-1] in _BEFORE_WORDS
        or _begins_with_mark(start)
    )


def _read_end(text: str) -> str:
    """Return what a reader sees last; empty if that is the end of a block."""
    end = len(text)
    while text.endswith(">", 0, end):
        start = text.rfind("<", 0, end)
        tag = _compile_tag().fullmatch(text, start, end) if start >= 0 else None
        if tag is None:
            break
        if (name := tag["name"].lower()) not in INLINE:
            return _IMAGE if name == _IMAGE else ""
        end = start
    return "" if text.endswith("-->", 0, end) else text[max(0, end - _LONGEST_SPACE) : end]


def _read_start(text: str) -> str:
    """Return what a reader sees first; empty if that is the beginning of a block."""
    start = 0
    while tag := _compile_tag().match(text, start):
        if (name := tag["name"].lower()) not in INLINE:
            return _IMAGE if name == _IMAGE else ""
        start = tag.end()
    return "" if text.startswith("<!--", start) else text[start : start + _LONGEST_SPACE]


def _is_in_word(before: str, after: str) -> bool:
    """Return whether a hyphen or an apostrophe holds two parts of one word together."""
    return (before[-1] in _IN_WORDS and before[-2:-1].isalpha() and after[0].islower()) or (
        after[0] in _IN_WORDS and before[-1].isalpha() and after[1:2].islower()
    )


def _are_unspaced(*marks: str) -> bool:
    """Return whether two characters are of scripts that put no space between words."""
    unspaced = [*map(_compile_unspaced().match, marks)]
    return any(unspaced) and all(
        found or mark in _IN_ANY_SCRIPT for found, mark in zip(unspaced, marks, strict=True)
    )


def _begins_with_mark(text: str) -> bool:
    """Return whether a text begins with punctuation that directly follows a word."""
    rest = text.lstrip(_AFTER_WORDS)
    return rest != text and (not rest or rest[0].isspace() or rest[0] == "<")


@cache
def _compile_tag() -> re.Pattern[str]:
    return re.compile(rf"</?(?P<name>[A-Za-z][^\s/>=\"'<]*+){PLAIN_REST}")


@cache
def _compile_unspaced() -> re.Pattern[str]:
    """Return the pattern of a character of Chinese, Japanese, Thai and the like, or of their
    punctuation.
    """
    return re.compile(rf"[{WITHOUT_SPACES}\u3000-\u303f\uff00-\uffef]")

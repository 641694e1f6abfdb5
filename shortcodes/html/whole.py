"""Whole tags: whether all HTML that begins in a piece of text also ends in it.

Such a piece can be written with other quotes around it: no tag in it changes, and none begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from shortcodes.html.tags import PLAIN_REST
from shortcodes.html.tokens import MAY_BE_RAW

_SPECIAL: Final = "|".join(sorted(MAY_BE_RAW))
TAG: Final = rf"</?(?!(?i:{_SPECIAL})[\s/>])[A-Za-z][^\s/>=\"'<]*+{PLAIN_REST}"
"""A tag that is well-formed and plain, and opens no raw text."""
_VOID: Final = frozenset({"br", "hr", "img", "input", "wbr"})


def has_whole_tags(text: str) -> bool:
    """Return whether each tag that begins in a text is well-formed and plain, and ends in it.

    Comments, declarations, and elements that hold raw text do not count as such tags.
    """
    return "<" not in text or _compile_whole().fullmatch(text) is not None


def has_plain_html(text: str) -> bool:
    """Return whether the HTML of a text consists of plain tags and comments, of which each means
    the same whatever is around it. Without one of the tags, the others are what they were.
    """
    return "<" not in text or _compile_plain().fullmatch(text) is not None


def holds_tags(text: str) -> bool:
    """Return whether a tag or a comment begins in a text."""
    return _compile_beginning().search(text) is not None


def whole_tags(text: str) -> list[str]:
    """Return the tags in a text that has whole tags only."""
    return _compile_tag().findall(text) if "<" in text else []


def replace_tags(text: str, sign: str) -> str:
    """Return a text that has whole tags only, with a sign in place of each of them."""
    return _compile_tag().sub(sign, text) if "<" in text else text


def match_tags(tags: Iterable[str]) -> tuple[list[str], list[str]] | None:
    """Return those of some HTML tags that end elements which have not begun among them, and those
    that begin elements which do not end; `None` if elements cross.
    """
    ended: list[str] = []
    begun: list[tuple[str, str]] = []
    for tag in tags:
        name = read_tag_name(tag)
        if name in _VOID or tag.endswith("/>"):
            continue
        if not tag.startswith("</"):
            begun.append((name, tag))
        elif not begun:
            ended.append(tag)
        elif begun.pop()[0] != name:
            return None
    return ended, [tag for _, tag in begun]


def read_tag_name(tag: str) -> str:
    """Return the name of a tag, in lower case."""
    match = _compile_name().match(tag)
    return match[1].lower() if match else ""


@cache
def _compile_tag() -> re.Pattern[str]:
    return re.compile(TAG)


@cache
def _compile_name() -> re.Pattern[str]:
    return re.compile(r"</?([^\s/>]++)")


@cache
def _compile_beginning() -> re.Pattern[str]:
    return re.compile(r"<[A-Za-z/!?]")


@cache
def _compile_plain() -> re.Pattern[str]:
    tree_names = r"</?(?i:svg|math|select|frameset)[ \t\n\f\r/>]"
    comment = r"<!--(?:[^<>-]|-(?!->)|(?!).)*+-->"
    return re.compile(rf"(?:[^<]++|(?!{tree_names}){TAG}|{comment}|(?!).)*+")


@cache
def _compile_whole() -> re.Pattern[str]:
    return re.compile(rf"(?:[^<]++|{TAG}|<(?![A-Za-z/!?])|(?!).)*+")

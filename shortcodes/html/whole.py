"""Whole tags: whether all HTML that begins in a piece of text also ends in it.

Such a piece can be written with other quotes around it: no tag in it changes, and none begins.
"""

from __future__ import annotations

import re
from typing import Final

from shortcodes.html.tags import PLAIN_REST
from shortcodes.html.tokens import MAY_BE_RAW

_SPECIAL: Final = "|".join(sorted(MAY_BE_RAW))
TAG: Final = rf"</?(?!(?i:{_SPECIAL})[\s/>])[A-Za-z][^\s/>=\"'<]*+{PLAIN_REST}"
"""A tag that is well-formed and plain, and opens no raw text."""

_ONE_TAG = re.compile(TAG)
_BEGINS = re.compile(r"<[A-Za-z/!?]")
_WHOLE = re.compile(rf"(?:[^<]++|{TAG}|<(?![A-Za-z/!?])|(?!).)*+")


def has_whole_tags(text: str) -> bool:
    """Return whether each tag that begins in a text is well-formed and plain, and ends in it.

    Comments, declarations, and elements that hold raw text do not count as such tags.
    """
    return "<" not in text or _WHOLE.fullmatch(text) is not None


def holds_tags(text: str) -> bool:
    """Return whether a tag or a comment begins in a text."""
    return _BEGINS.search(text) is not None


def whole_tags(text: str) -> list[str]:
    """Return the tags in a text that has whole tags only."""
    return _ONE_TAG.findall(text) if "<" in text else []

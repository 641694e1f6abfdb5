"""Whole tags: whether HTML inside a piece of text ends where the text ends, whatever stands around.

Who writes the piece anew, with other quotes around it, then changes no tag that began in it, and
lets none begin.
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
    """Return whether each tag that begins in a text is well-formed, plain, and ends in it.

    Comments, declarations, and elements that hold no tags but their own end are none of these.
    """
    return "<" not in text or _WHOLE.fullmatch(text) is not None


def holds_tags(text: str) -> bool:
    """Return whether a tag begins in a text, or a comment."""
    return _BEGINS.search(text) is not None


def whole_tags(text: str) -> list[str]:
    """Return the tags in a text that has whole ones."""
    return _ONE_TAG.findall(text) if "<" in text else []

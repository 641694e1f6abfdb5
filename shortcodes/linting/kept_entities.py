"""Entities that a fix must not decode, because of what the file says about itself."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

_HEAD = 4096
"""How many code points a file may take to say it."""
_UNICODE = frozenset({"utf-8", "utf8", "utf-16", "us-ascii", "ascii"})


class KeptEntities(NamedTuple):
    """Which entities stay."""

    ampersands: bool
    """Those of ampersands: the text is XML, which knows no bare ones."""
    letters: bool
    """Those beyond ASCII: the text names an encoding that may not have them, and whose bytes for
    them are others.
    """


def find_kept_entities(text: str) -> KeptEntities:
    """Return which entities stay in a text."""
    head = text[:_HEAD]
    if "<" not in head:
        return KeptEntities(ampersands=False, letters=False)
    charset = _compile_charset().search(head)
    return KeptEntities(
        ampersands=any("xmlns" in tag for tag in _compile_html_tag().findall(head))
        or "<?xml " in head,
        letters=charset is not None and charset["name"].lower() not in _UNICODE,
    )


@cache
def _compile_html_tag() -> re.Pattern[str]:
    return re.compile(r"(?ai)<html\s[^<>]*+")


@cache
def _compile_charset() -> re.Pattern[str]:
    return re.compile(
        r"(?ai)(?:<meta\s[^<>]{0,200}?charset\s*+=\s*+[\"']?"
        r"|<\?xml\s[^<>]{0,100}?encoding\s*+=\s*+[\"'])"
        r"(?P<name>[\w-]{1,40}+)"
    )

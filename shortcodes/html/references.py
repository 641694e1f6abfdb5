"""Character references of HTML, such as `&quot;` and `&#34;`, as the characters they stand for."""

from __future__ import annotations

import html
import re

_LEADING_ZEROS = re.compile(r"&#0++(?=[0-9])")
_TOO_LARGE = re.compile(r"&#[0-9]{8,}+;?")
"""A number that no character has. Python converts no number of thousands of digits."""


def unescape(text: str) -> str:
    """Return a text with its character references replaced, however many digits they have."""
    if "&" not in text:
        return text
    return html.unescape(
        _TOO_LARGE.sub("\N{REPLACEMENT CHARACTER}", _LEADING_ZEROS.sub("&#", text))
    )

"""Characters that a form cannot carry, and how they are written in it.

Such a character is written as ␛ (U+241B, the symbol for escape), its number in hexadecimal, and a
semicolon: ␛d800; is a lone surrogate. A ␛ of the text is written the same way, as ␛241b;.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

UNICODE = re.compile("[\ud800-\udfff␛]")
"""What valid Unicode text does not contain. Two surrogates in a row would be read as one
character."""

XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|␛")
"""What XML 1.0 cannot contain either: control characters, U+FFFE and U+FFFF."""

_ESCAPE = re.compile("␛(?:([0-9a-f]{1,6});)?")


def escape_characters(text: str, not_carried: re.Pattern[str]) -> str:
    """Return a text with each character that the pattern matches as an escape."""
    return not_carried.sub(lambda match: f"␛{ord(match[0]):x};", text)


def unescape_characters(text: str) -> str:
    """Return a text with the characters that its escapes stand for.

    Raises `ValueError` for a ␛ that does not begin an escape.
    """
    return _ESCAPE.sub(_read_escape, text) if "␛" in text else text


def _read_escape(match: re.Match[str]) -> str:
    if match[1] is None or int(match[1], 16) > 0x10FFFF:
        raise ValueError("a ␛ must be followed by the number of a character and a semicolon")
    return chr(int(match[1], 16))


def map_strings(data: Any, change: Callable[[str], str]) -> Any:
    """Return data with every string in it changed, except for keys."""
    if isinstance(data, str):
        return change(data)
    if isinstance(data, list):
        return [map_strings(item, change) for item in data]
    if isinstance(data, dict):
        return {key: map_strings(value, change) for key, value in data.items()}
    return data

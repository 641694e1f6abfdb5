"""Characters that a form cannot carry, and how they are written there.

Such a character is written as ␛ (U+241B, the picture of an escape), its number in hexadecimal, and
a semicolon: ␛d800; is a lone surrogate. A ␛ of the text is written the same way, as ␛241b;.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Change = Callable[[str], str]

UNICODE = re.compile("[\ud800-\udfff␛]")
"""What no valid Unicode text holds. Two surrogates in a row would be read as one character."""

XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|␛")
"""What XML 1.0 does not hold either: control characters, U+FFFE and U+FFFF."""

_WRITTEN = re.compile("␛(?:([0-9a-f]{1,6});)?")


def carried(text: str, not_carried: re.Pattern[str]) -> str:
    """Return a text with these characters written so that they can be carried."""
    return not_carried.sub(lambda match: f"␛{ord(match[0]):x};", text)


def meant(text: str) -> str:
    """Return the text that was to be carried. Raises `ValueError` for a ␛ that says nothing."""
    return _WRITTEN.sub(_character, text) if "␛" in text else text


def _character(match: re.Match[str]) -> str:
    if match[1] is None or int(match[1], 16) > 0x10FFFF:
        raise ValueError("a ␛ is not followed by the number of a character and a semicolon")
    return chr(int(match[1], 16))


def changed(data: Any, change: Change) -> Any:
    """Return data with every string in it changed, but for the keys."""
    if isinstance(data, str):
        return change(data)
    if isinstance(data, list):
        return [changed(item, change) for item in data]
    if isinstance(data, dict):
        return {key: changed(value, change) for key, value in data.items()}
    return data

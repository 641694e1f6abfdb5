"""What the tags' attributes may hold: types that the engine reads as forgivingly as WordPress.

A value that does not fit is reported by the engine, and the default is used.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator

MAX_PIXELS = 9999
MAX_COLUMNS = 9

_WHOLE = re.compile(r"\s*+\+?([0-9]++)(?:\.[0-9]*+)?\s*+(?:px)?\s*+", re.IGNORECASE)
_CLASS = re.compile(r"-?[A-Za-z_][A-Za-z0-9_-]{0,63}")
_MAX_CLASSES = 16
_MAX_DIGITS = 15
_OWN_NAMES = frozenset({"loop", "autoplay", "muted"})


def whole(text: object) -> object:
    """Return the number that `640`, `640px` or `640.5` begin with; what is none, as it is."""
    if isinstance(text, str) and (number := _WHOLE.fullmatch(text)):
        return int(number[1][:_MAX_DIGITS])
    return text


def _flag(value: object) -> object:
    """Return true for a value that repeats the name, as in `loop="loop"`."""
    return True if isinstance(value, str) and value.lower() in _OWN_NAMES else value


def _parts(value: object) -> object:
    """Split at white space too what the engine split at commas."""
    if isinstance(value, list):
        return [part for item in value for part in (str(item).split() or [item])]
    return value


def _positive(numbers: list[int]) -> list[int]:
    """Return the numbers above 0, each once, at its first place."""
    return list(dict.fromkeys(number for number in numbers if number > 0))


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _between(least: int, most: int) -> Any:
    return AfterValidator(partial(_clamped, least, most))


def _clamped(least: int, most: int, number: int | None) -> int | None:
    return None if number is None else min(most, max(least, number))


Pixels = Annotated[int | None, BeforeValidator(whole), _between(1, MAX_PIXELS)]
"""A length in CSS pixels, from 1 to 9999; `None` where none is given."""
Length = Annotated[int, BeforeValidator(whole), _between(1, MAX_PIXELS)]
"""The same for a length that has a default."""
Columns = Annotated[int, BeforeValidator(whole), _between(1, MAX_COLUMNS)]
"""Columns of a gallery, from 1 to 9."""
Ids = Annotated[list[int], BeforeValidator(_parts), AfterValidator(_positive)]
"""Attachment ids, between commas or white space."""
Flag = Annotated[bool, BeforeValidator(_flag)]
Order = Annotated[Literal["ASC", "DESC"], BeforeValidator(_upper)]
Preload = Annotated[Literal["none", "metadata", "auto", ""], BeforeValidator(_lower)]
Kind = Annotated[Literal["audio", "video"], BeforeValidator(_lower)]
Style = Annotated[Literal["light", "dark"], BeforeValidator(_lower)]
Align = Annotated[
    Literal["alignnone", "alignleft", "aligncenter", "alignright"], BeforeValidator(_lower)
]


def classes(*texts: str) -> str:
    """Return the class names in the texts, each once; such as are no plain words are left out."""
    names = [name for text in texts for name in text.split() if _CLASS.fullmatch(name)]
    return " ".join(list(dict.fromkeys(names))[:_MAX_CLASSES])

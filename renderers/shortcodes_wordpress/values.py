"""The types of attributes, which are read as forgivingly as WordPress reads them.

For a value that does not fit, the engine reports a diagnostic and uses the default.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator

MAX_PIXELS = 9999
MAX_COLUMNS = 9

_WHOLE_NUMBER = re.compile(r"\s*+\+?([0-9]++)(?:\.[0-9]*+)?\s*+(?:px)?\s*+", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?[0-9]{1,40}(?:\.0{0,40})?", re.ASCII)
_CLASS = re.compile(r"-?[A-Za-z_][A-Za-z0-9_-]{0,63}")
_MAX_CLASSES = 16
_MAX_DIGITS = 15
_FLAG_NAMES = frozenset({"loop", "autoplay", "muted"})


def read_whole_number(value: object) -> object:
    """Return the number that `640`, `640px` or `640.5` begin with; any other value as it is."""
    if isinstance(value, str) and (match := _WHOLE_NUMBER.fullmatch(value)):
        return int(match[1][:_MAX_DIGITS])
    return value


def _read_flag(value: object) -> object:
    """Return true for a value that repeats the name, as in `loop="loop"`."""
    return True if isinstance(value, str) and value.lower() in _FLAG_NAMES else value


def split_ids(parts: Iterable[object]) -> tuple[list[str], list[str]]:
    """Split at white space what was split at commas; return the numbers, and the other words."""
    words = [word for part in parts for word in str(part).split()]
    numbers: list[str] = []
    others: list[str] = []
    for word in words:
        (numbers if _NUMBER.fullmatch(word) else others).append(word)
    return numbers, others


def _take_ids(value: object) -> object:
    """Return the numbers among ids, as WordPress does, or all if there is no number."""
    return (split_ids(value)[0] or value) if isinstance(value, list) else value


def _keep_positive(numbers: list[int]) -> list[int]:
    """Return the numbers above 0, each once, in the order in which they occur first."""
    return list(dict.fromkeys(number for number in numbers if number > 0))


def _change_to_upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


def _change_to_lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _build_clamp(least: int, most: int) -> Any:
    return AfterValidator(partial(_clamp, least, most))


def _clamp(least: int, most: int, number: int | None) -> int | None:
    return None if number is None else min(most, max(least, number))


Pixels = Annotated[int | None, BeforeValidator(read_whole_number), _build_clamp(1, MAX_PIXELS)]
"""A length in CSS pixels, from 1 to 9999; `None` if there is none."""
Length = Annotated[int, BeforeValidator(read_whole_number), _build_clamp(1, MAX_PIXELS)]
"""A length in CSS pixels that has a default."""
Columns = Annotated[int, BeforeValidator(read_whole_number), _build_clamp(1, MAX_COLUMNS)]
"""The number of columns of a gallery, from 1 to 9."""
Ids = Annotated[list[int], BeforeValidator(_take_ids), AfterValidator(_keep_positive)]
"""Attachment ids, separated by commas or white space. Other words among them are left out."""
Flag = Annotated[bool, BeforeValidator(_read_flag)]
Order = Annotated[Literal["ASC", "DESC"], BeforeValidator(_change_to_upper)]
Preload = Annotated[Literal["none", "metadata", "auto", ""], BeforeValidator(_change_to_lower)]
Kind = Annotated[Literal["audio", "video"], BeforeValidator(_change_to_lower)]
Style = Annotated[Literal["light", "dark"], BeforeValidator(_change_to_lower)]
Align = Annotated[
    Literal["alignnone", "alignleft", "aligncenter", "alignright"],
    BeforeValidator(_change_to_lower),
]


def join_classes(*texts: str) -> str:
    """Return the class names in the texts, each once; others than plain words are dropped."""
    names = [name for text in texts for name in text.split() if _CLASS.fullmatch(name)]
    return " ".join(list(dict.fromkeys(names))[:_MAX_CLASSES])

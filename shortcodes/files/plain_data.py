"""JSON and TOML that are not trusted: text that cannot be read is a `ValueError` of one sentence.

The readers themselves give up on what is nested deeply with a `RecursionError`, and take time that
grows with the square of the parts of one key.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_MOST_PARTS = 100
_PART = r"""(?:(?<![\w-])[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+"""
_ONE_PART = re.compile(_PART)
_PARTS = re.compile(rf"(?<![\w-])(?:{_PART})++")


def from_json(
    text: str | bytes | bytearray,
    pairs: Callable[[list[tuple[str, Any]]], Any] | None = None,
    numbers: Callable[[str], Any] | None = None,
) -> Any:
    """Return what a JSON text holds; `pairs` makes an object of its keys and values, and `numbers`
    a value of each number as it is written.

    Raises `ValueError`.
    """
    with in_words():
        return json.loads(text, object_pairs_hook=pairs, parse_int=numbers, parse_float=numbers)


def from_toml(text: str) -> dict[str, Any]:
    """Return what a TOML text holds. Raises `ValueError`."""
    if any(len(_ONE_PART.findall(key[0])) >= _MOST_PARTS for key in _PARTS.finditer(text)):
        raise ValueError(f"a key has more than {_MOST_PARTS} parts")
    with in_words():
        return tomllib.loads(text)


@contextmanager
def in_words() -> Iterator[None]:
    """Say why a text cannot be read where Python speaks of itself."""
    try:
        yield
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except ValueError as error:
        if "set_int_max_str_digits" in str(error):
            raise ValueError("a number has too many digits") from None
        raise

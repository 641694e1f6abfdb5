"""JSON and TOML that are not trusted: text that cannot be read is a `ValueError` of one sentence.

The readers themselves give up on what is nested deeply with a `RecursionError`. That of TOML takes
time that grows with the square of the parts of one key, and memory of a thousand bytes for each
part: so keys are counted first, by TOML's own rules for what is a key, a text or a comment.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_MOST_PARTS = 20
"""Parts of one key."""
_MOST_DOTS = 20_000
"""Dots between parts in all keys of a text."""

_PART = r"""(?:[\w-]++|"(?:[^"\\\n]|\\[^\n])*+"?+|'[^'\n]*+'?+)"""
_TEXTS = (
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*+(?:"{3,5}|\Z)',
    r"'''(?:[^']|'{1,2}(?!'))*+(?:'{3,5}|\Z)",
    r"#[^\n]*+",
)
"""Texts over several lines, and comments. What does not end goes on as far as it can, as no reader
comes behind it: so nothing is looked at twice."""

_TOKEN = re.compile(
    rf"(?:{'|'.join(_TEXTS)})|(?P<key>{_PART}(?:[ \t]*+\.[ \t]*+{_PART})*+)", re.ASCII | re.DOTALL
)
_ONE_PART = re.compile(_PART, re.ASCII)


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
    _count_keys(text)
    with in_words():
        return tomllib.loads(text)


def _count_keys(text: str) -> None:
    """Raise for keys whose parts would take the reader long. A number with a dot counts as two."""
    dots = 0
    for token in _TOKEN.finditer(text.replace("\r\n", "\n")):
        key = token["key"]
        if key is None or "." not in key:
            continue
        parts = len(_ONE_PART.findall(key))
        dots += parts - 1
        if parts > _MOST_PARTS:
            raise ValueError(f"a key has more than {_MOST_PARTS} parts")
        if dots > _MOST_DOTS:
            raise ValueError(f"its keys have more than {_MOST_DOTS:,} dots")


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

"""JSON and TOML that are not trusted: text that cannot be read is a `ValueError` of one sentence.

Python's own readers raise `RecursionError` for deeply nested text. The reader of TOML also takes
time that grows with the square of the number of parts in a key, and a thousand bytes of memory for
each part. So the keys are counted first, by TOML's own rules for keys, strings and comments.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_MAX_PARTS = 20
"""Parts of one key."""
_MAX_DOTS = 20_000
"""Dots between parts, in all keys of a text together."""

_PART = r"""(?:[\w-]++|"(?:[^"\\\n]|\\[^\n]|(?!).)*+"?+|'[^'\n]*+'?+)"""
_SKIPPED = (
    r'"""(?:[^"\\]|\\.|"{1,2}(?!")|(?!).)*+(?:"{3,5}|\Z)',
    r"'''(?:[^']|'{1,2}(?!')|(?!).)*+(?:'{3,5}|\Z)",
    r"#[^\n]*+",
)
"""Strings over several lines, and comments. One that never ends takes the rest of the text, as no
reader gets past it. So no character is read twice."""

_TOKEN = re.compile(
    rf"(?:{'|'.join(_SKIPPED)})|(?P<key>{_PART}(?:[ \t]*+\.[ \t]*+{_PART}|(?!).)*+)",
    re.ASCII | re.DOTALL,
)
_ONE_PART = re.compile(_PART, re.ASCII)


def parse_json(
    text: str | bytes | bytearray,
    build_object: Callable[[list[tuple[str, Any]]], Any] | None = None,
    parse_number: Callable[[str], Any] | None = None,
) -> Any:
    """Return the value in a JSON text.

    `build_object` makes an object from its keys and values, and `parse_number` a number from its
    digits, if they are not to be a `dict`, and an `int` or a `float`.

    Raises `ValueError`.
    """
    with explain_errors():
        return json.loads(
            text,
            object_pairs_hook=build_object,
            parse_int=parse_number,
            parse_float=parse_number,
        )


def parse_toml(text: str) -> dict[str, Any]:
    """Return the table in a TOML text. Raises `ValueError`."""
    _check_keys(text)
    with explain_errors():
        return tomllib.loads(text)


def _check_keys(text: str) -> None:
    """Raise `ValueError` if the keys have more parts than the reader handles quickly.

    A number with a dot counts as a key of two parts.
    """
    dots = 0
    for token in _TOKEN.finditer(text.replace("\r\n", "\n")):
        key = token["key"]
        if key is None or "." not in key:
            continue
        parts = len(_ONE_PART.findall(key))
        dots += parts - 1
        if parts > _MAX_PARTS:
            raise ValueError(f"a key has more than {_MAX_PARTS} parts")
        if dots > _MAX_DOTS:
            raise ValueError(f"its keys have more than {_MAX_DOTS:,} dots")


@contextmanager
def explain_errors() -> Iterator[None]:
    """Replace messages about limits of Python with messages about the text."""
    try:
        yield
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except ValueError as error:
        if "set_int_max_str_digits" in str(error):
            raise ValueError("a number has too many digits") from None
        raise

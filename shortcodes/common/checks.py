"""Checks of arguments: a wrong call raises one sentence before anything else happens.

For a wrong type it is a `TypeError` with the name of the argument, what it must be, and the type
that it is; for a wrong value a `ValueError` that shows the value. A `bool` does not pass as a
number.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from types import NoneType
from typing import Any, TypeVar

MOST_SECONDS = 1_000_000_000
"""About 31 years. Some functions that take seconds accept no larger numbers."""

_LONGEST = 80
"""Code points of a value that a message shows."""

_TYPE_NAMES: dict[Any, str] = {
    NoneType: "None",
    Callable: "a function",
    Iterable: "a collection",
    Mapping: "a mapping",
    os.PathLike: "a path",
}
"""What a message calls these types; it calls others by their names."""

_Kind = TypeVar("_Kind")


def check_type(name: str, value: object, *kinds: Any) -> None:
    """Raise `TypeError` unless a value has one of the types."""
    if not isinstance(value, kinds) or (isinstance(value, bool) and not {bool, object} & {*kinds}):
        raise _make_type_error(name, value, _describe_types(kinds))


def check_one_of(name: str, value: object, choices: Collection[object]) -> None:
    """Raise unless a value is one of the choices: `TypeError` if none of them has its type."""
    check_type(name, value, *dict.fromkeys(map(type, choices)))
    if value not in choices:
        known = ", ".join(map(repr, choices))
        raise ValueError(f"{name} must be one of {known}, not {shorten(value)}")


def check_whole(name: str, value: object, least: int) -> None:
    """Raise unless a value is a whole number that is not below the least one."""
    check_type(name, value, int)
    if value < least:  # type: ignore[operator]
        raise ValueError(f"{name} must be a whole number from {least}, not {shorten(value)}")


def check_seconds(
    name: str, value: object, *, or_none: bool = False, or_zero: bool = False
) -> None:
    """Raise unless a value is a number of seconds that clocks, sockets and dates can handle."""
    check_type(name, value, *(int, float), *([NoneType] if or_none else []))
    if value is None or 0 < value <= MOST_SECONDS or (or_zero and value == 0):  # type: ignore[operator]
        return
    least = "from 0" if or_zero else "above 0"
    expected = f"a number of seconds {least}, up to {MOST_SECONDS:,}"
    raise ValueError(f"{name} must be {expected}, not {shorten(value)}")


def check_path(name: str, value: object) -> None:
    """Raise unless a value is a path. An empty string is not."""
    check_type(name, value, str, os.PathLike)
    if value == "":
        raise ValueError(f"{name} must not be empty")


def check_span(name: str, value: object) -> None:
    """Raise `TypeError` unless a value is a pair of offsets."""
    if not isinstance(value, tuple) or [*map(type, value)] != [int, int]:
        raise _make_type_error(name, value, "a pair of offsets")


def check_names(
    name: str, value: Iterable[str], expected: str = "a collection of names"
) -> Collection[str]:
    """Return names as they are if they are a set, otherwise as a tuple in their order.

    Raises:
        TypeError: The value is a `str`, which would be taken for its letters, or anything else that
            does not hold names. `expected` says in the message what it must be.
    """
    if isinstance(value, str):
        raise TypeError(f"{name} must be {expected}, not the str {shorten(value)}")
    if isinstance(value, bytes | bytearray) or not isinstance(value, Iterable):
        raise _make_type_error(name, value, expected)
    names = value if isinstance(value, Set) else tuple(value)
    if not {*map(type, names)} <= {str}:
        for each in names:
            if not isinstance(each, str):
                raise TypeError(f"{name} must hold names, not {type(each).__name__}")
    return names


def check_each(name: str, values: Iterable[_Kind], *kinds: Any) -> tuple[_Kind, ...]:
    """Return the values of a collection. Raises `TypeError` unless each has one of the types."""
    if isinstance(values, str | bytes | bytearray) or not isinstance(values, Iterable):
        raise _make_type_error(name, values, "a collection")
    values = tuple(values)
    for each in values:
        check_type(f"each of {name}", each, *kinds)
    return values


def check_mapping(name: str, value: object, *kinds: Any) -> None:
    """Raise `TypeError` unless a value maps names to values of one of the types."""
    check_type(name, value, Mapping)
    for key, item in value.items():  # type: ignore[attr-defined]
        check_type(f"each key of {name}", key, str)
        check_type(f"{name}[{shorten(key)}]", item, *kinds)


def shorten(value: object) -> str:
    """Return the representation of a value, cut to a length that fits into a message."""
    if isinstance(value, int) and abs(value) > 10**18:
        return "a number of so many digits"
    text = repr(value[:_LONGEST] if isinstance(value, str) else value)
    return text if len(text) <= _LONGEST + 2 else f"{text[:_LONGEST]}…"


def _make_type_error(name: str, value: object, expected: str) -> TypeError:
    return TypeError(f"{name} must be {expected}, not {type(value).__name__}")


def _describe_types(kinds: Sequence[Any]) -> str:
    *most, last = (_TYPE_NAMES.get(kind) or _add_article(kind.__name__) for kind in kinds)
    return f"{', '.join(most)} or {last}" if most else last


def _add_article(word: str) -> str:
    return f"{'an' if word[0].lower() in 'aeiou' else 'a'} {word}"

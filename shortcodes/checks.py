"""Checks of arguments: a wrong call ends in one sentence, before anything else is done.

A wrong type is a `TypeError` that names the argument, what it must be and the type that was given;
a wrong value is a `ValueError` that shows the value. As elsewhere in Python, `True` is no number.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from types import NoneType
from typing import Any, TypeVar

MOST_SECONDS = 1_000_000_000
"""Some 31 years; larger numbers do not fit into all that takes seconds."""

_SHOWN = 80
_SAID: dict[Any, str] = {
    NoneType: "None",
    Callable: "a function",
    Iterable: "a collection",
    Mapping: "a mapping",
    os.PathLike: "a path",
}
"""What a message calls a type; any other by its name."""

_Kind = TypeVar("_Kind")


def check_type(name: str, value: object, *kinds: Any) -> None:
    """Raise `TypeError` for a value that is of none of the types."""
    if not isinstance(value, kinds) or (isinstance(value, bool) and not {bool, object} & {*kinds}):
        raise _wrong_type(name, value, _said(kinds))


def check_one_of(name: str, value: object, choices: Collection[object]) -> None:
    """Raise for a value that is none of the choices: `TypeError` where its type is that of none."""
    check_type(name, value, *dict.fromkeys(map(type, choices)))
    if value not in choices:
        known = ", ".join(map(repr, choices))
        raise ValueError(f"{name} must be one of {known}, not {shorten(value)}")


def check_whole(name: str, value: object, least: int) -> None:
    """Raise for what is no whole number from the least one."""
    check_type(name, value, int)
    if value < least:  # type: ignore[operator]
        raise ValueError(f"{name} must be a whole number from {least}, not {shorten(value)}")


def check_seconds(
    name: str, value: object, *, or_none: bool = False, or_zero: bool = False
) -> None:
    """Raise for what is no number of seconds that clocks, sockets and dates can count with."""
    check_type(name, value, *(int, float), *([NoneType] if or_none else []))
    if value is None or 0 < value <= MOST_SECONDS or (or_zero and value == 0):  # type: ignore[operator]
        return
    least = "from 0" if or_zero else "above 0"
    wanted = f"a number of seconds {least}, up to {MOST_SECONDS:,}"
    raise ValueError(f"{name} must be {wanted}, not {shorten(value)}")


def check_path(name: str, value: object) -> None:
    """Raise for what is no path; an empty one is none."""
    check_type(name, value, str, os.PathLike)
    if value == "":
        raise ValueError(f"{name} must not be empty")


def check_span(name: str, value: object) -> None:
    """Raise `TypeError` for what is no pair of offsets."""
    if not isinstance(value, tuple) or [*map(type, value)] != [int, int]:
        raise _wrong_type(name, value, "a pair of offsets")


def check_names(
    name: str, given: Iterable[str], wanted: str = "a collection of names"
) -> Collection[str]:
    """Return names as they are if they are a set, else as a tuple in their order.

    Raises `TypeError` for a `str`, which would be taken for its letters, and for anything else that
    holds no names; `wanted` says in it what is.
    """
    if isinstance(given, str):
        raise TypeError(f"{name} must be {wanted}, not the str {shorten(given)}")
    if isinstance(given, bytes | bytearray) or not isinstance(given, Iterable):
        raise _wrong_type(name, given, wanted)
    names = given if isinstance(given, Set) else tuple(given)
    if not {*map(type, names)} <= {str}:
        for one in names:
            if not isinstance(one, str):
                raise TypeError(f"{name} must hold names, not {type(one).__name__}")
    return names


def check_each(name: str, given: Iterable[_Kind], *kinds: Any) -> tuple[_Kind, ...]:
    """Return what a collection holds. Raises `TypeError` where that is of another type."""
    if isinstance(given, str | bytes | bytearray) or not isinstance(given, Iterable):
        raise _wrong_type(name, given, "a collection")
    found = tuple(given)
    for one in found:
        check_type(f"each of {name}", one, *kinds)
    return found


def check_mapping(name: str, given: object, *kinds: Any) -> None:
    """Raise `TypeError` for what is no mapping of names to values of one of the types."""
    check_type(name, given, Mapping)
    for key, value in given.items():  # type: ignore[attr-defined]
        check_type(f"each key of {name}", key, str)
        check_type(f"{name}[{shorten(key)}]", value, *kinds)


def shorten(value: object) -> str:
    """Return a value as a message shows it: not at length."""
    if isinstance(value, int) and abs(value) > 10**18:
        return "a number of so many digits"
    text = repr(value[:_SHOWN] if isinstance(value, str) else value)
    return text if len(text) <= _SHOWN + 2 else f"{text[:_SHOWN]}…"


def _wrong_type(name: str, value: object, wanted: str) -> TypeError:
    return TypeError(f"{name} must be {wanted}, not {type(value).__name__}")


def _said(kinds: Sequence[Any]) -> str:
    *most, last = (_SAID.get(kind) or _with_article(kind.__name__) for kind in kinds)
    return f"{', '.join(most)} or {last}" if most else last


def _with_article(word: str) -> str:
    return f"{'an' if word[0].lower() in 'aeiou' else 'a'} {word}"

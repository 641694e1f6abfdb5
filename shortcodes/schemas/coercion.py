"""Coercion: what text means as a value of a type. Everything is pydantic's, but for these rules.

- `bool`: true, 1, yes, on, y, t and false, 0, no, off, n, f, in any case.
- A list, tuple or set: the parts between commas, without the white space around them.
- `X | None`: empty text is `None`.
- `Literal` of numbers: the one that is written so.
- Everything but text: white space around it does not count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

_HARMLESS = re.compile(r"(?i)(?:(?:https?|mailto|tel):|(?![^/?#:]*+:))[^\x00-\x20\x7f-\xa0\\]*+\Z")


def _harmless(address: str) -> str:
    address = address.strip()
    if not _HARMLESS.match(address):
        raise ValueError("an address has the scheme http, https, mailto or tel, or none")
    return address


Url = Annotated[
    str, AfterValidator(_harmless), WithJsonSchema({"type": "string", "format": "uri-reference"})
]
"""An address that may stand in `href` or `src`: with one of the schemes http, https, mailto and
tel, or relative; without white space, control characters and backslashes."""

_UNSTRIPPED = (str, Any, int, float)
"""Types whose white space is theirs, and numbers: pydantic strips those itself."""

_COLLECTIONS = (list, tuple, set, frozenset, Sequence)


def coercible(annotation: Any) -> Any:
    """Return the annotation of a parameter with the rules above put before pydantic's."""
    bare, *more = get_args(annotation) if get_origin(annotation) is Annotated else [annotation]
    rules = [BeforeValidator(rule) for rule, holds in _RULES if holds(bare)]
    if get_origin(bare) is Literal:
        rules.append(BeforeValidator(partial(_chosen, get_args(bare))))
    if _is_optional(bare):
        bare = Union[tuple(map(coercible, get_args(bare)))]  # noqa: UP007 - made of what is given
    return Annotated[(bare, *more, *rules)] if more or rules else bare


def _chosen(choices: Sequence[object], value: object) -> object:
    """Return the choice that is written like a value."""
    return next((one for one in choices if str(one) == value), value)


def _is_collection(annotation: Any) -> bool:
    return (get_origin(annotation) or annotation) in _COLLECTIONS


def _is_optional(annotation: Any) -> bool:
    return get_origin(annotation) in (Union, UnionType) and NoneType in get_args(annotation)


def _stripped(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _split(value: object) -> object:
    if not isinstance(value, str):
        return value
    return [part for part in map(str.strip, value.split(",")) if part]


def _nothing(value: object) -> object:
    return None if value == "" else value


# The last of them runs first.
_RULES = (
    (_split, _is_collection),
    (_nothing, _is_optional),
    (_stripped, lambda annotation: annotation not in _UNSTRIPPED),
)

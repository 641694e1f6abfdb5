"""Coercion: how text becomes a value of a type. The rules are those of pydantic, and these.

- `bool`: true, 1, yes, on, y, t and false, 0, no, off, n, f, in any case.
- A list, tuple or set: the parts between commas, without the white space around them.
- `X | None`: empty text is `None`.
- `Literal` of numbers: the number that is written the same way.
- Every type except text: white space around the value is ignored.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from shortcodes.schemas.wanted import UnwantedError

_HARMLESS = re.compile(r"(?ai)(?:(?:https?|mailto|tel):|(?![^/?#:]*+:))[^\x00-\x20\x7f-\xa0\\]*+\Z")


def _check_url(url: str) -> str:
    url = url.strip()
    if not _HARMLESS.match(url):
        raise UnwantedError("an address such as https://example.com or /page")
    return url


Url = Annotated[
    str, AfterValidator(_check_url), WithJsonSchema({"type": "string", "format": "uri-reference"})
]
"""A URL that is allowed in `href` or `src`: relative, or with the scheme http, https, mailto or
tel, and without white space, control characters and backslashes."""

_UNSTRIPPED = (str, Any, int, float)
"""Types that keep white space, and numbers, which pydantic strips itself."""

_COLLECTIONS = (list, tuple, set, frozenset, Sequence)


def make_coercible(annotation: Any) -> Any:
    """Return the annotation of a parameter, with the rules above before those of pydantic."""
    bare, *more = get_args(annotation) if get_origin(annotation) is Annotated else [annotation]
    rules = [BeforeValidator(rule) for rule, holds in _RULES if holds(bare)]
    if get_origin(bare) is Literal:
        rules.append(BeforeValidator(partial(_find_choice, _index_choices(get_args(bare)))))
    if _is_optional(bare):
        bare = Union[tuple(map(make_coercible, get_args(bare)))]  # noqa: UP007 - built at run time
    return Annotated[(bare, *more, *rules)] if more or rules else bare


def _index_choices(choices: Sequence[object]) -> dict[str, object]:
    """Return the choices by how they are written; of several, the first one."""
    return {str(choice): choice for choice in reversed(choices)}


def _find_choice(choices: Mapping[str, object], value: object) -> object:
    """Return the choice that is written like the value, or else the value."""
    return choices.get(value, value) if isinstance(value, str) else value


def _is_collection(annotation: Any) -> bool:
    return (get_origin(annotation) or annotation) in _COLLECTIONS


def _is_optional(annotation: Any) -> bool:
    return get_origin(annotation) in (Union, UnionType) and NoneType in get_args(annotation)


def _strip(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _split_list(value: object) -> object:
    if not isinstance(value, str):
        return value
    return [part for part in map(str.strip, value.split(",")) if part]


def _convert_empty(value: object) -> object:
    return None if value == "" else value


# The last rule runs first.
_RULES = (
    (_split_list, _is_collection),
    (_convert_empty, _is_optional),
    (_strip, lambda annotation: annotation not in _UNSTRIPPED),
)

"""Declared schemas: those that a table of TOML or an object of JSON holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import isfinite
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError
from pydantic_core import PydanticUndefined, SchemaError

from shortcodes.schemas.coercion import Url, coercible
from shortcodes.schemas.parameter import Parameter
from shortcodes.schemas.problems import as_fact
from shortcodes.schemas.schema import Schema
from shortcodes.suggestions import suggest_or_list

TYPES: dict[str, Any] = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": bool,
    "date": date,
    "url": Url,
    "strings": list[str],
    "integers": list[int],
}
"""The types that a declared schema may name."""

_NUMBERS = ("integer", "number")
_TEXTS = ("string", "url")
_LIMITS = {
    "minimum": ("ge", (int, float), _NUMBERS),
    "maximum": ("le", (int, float), _NUMBERS),
    "pattern": ("pattern", (str,), _TEXTS),
    "max-length": ("max_length", (int,), (*_TEXTS, "strings", "integers")),
}
"""The limits: pydantic's name for each, what it may be, and the types that it may stand with."""

_LARGEST = 10**18 - 1

_OF_SCHEMA: dict[str, tuple[type, ...]] = {
    "description": (str,),
    "attributes": (Mapping,),
    "open-ended": (bool,),
    "rest": (str,),
}
_OF_ATTRIBUTE: dict[str, tuple[type, ...]] = {
    "type": (str,),
    "choices": (list, tuple),
    "default": (object,),
    "required": (bool,),
    "description": (str,),
    "positional": (bool,),
    **{key: kinds for key, (_, kinds, _) in _LIMITS.items()},
}
"""What a table may hold, and what each value has to be."""

_NAMES = {Mapping: "a table", list: "an array", str: "text", bool: "true or false", int: "a number"}


def declared(name: str, given: Mapping[str, Any]) -> Schema:
    """Return the schema that a table of TOML or an object of JSON declares.

        description = "A link that looks like a button."
        attributes.url = { type = "url", required = true }
        attributes.size = { choices = ["s", "m", "l"], default = "m" }

    Raises `ValueError`, with its place, for what it does not know.
    """
    _check(given, _OF_SCHEMA, name)
    attributes, rest = given.get("attributes", {}), str(given.get("rest", ""))
    if rest in attributes:
        raise ValueError(f"{name}.rest must be a name that no attribute has, not {rest!r}")
    for attribute in attributes:
        if not isinstance(attribute, str):
            raise ValueError(f"{name}.attributes must have names for keys, not {attribute!r}")
    keywords = _keywords([*attributes, rest])
    parameters = []
    for attribute, table in attributes.items():
        place = f"{name}.attributes.{attribute}"
        _check(table, _OF_ATTRIBUTE, place)
        parameters.append(_declared(attribute, keywords[attribute], table, place))
    if rest:
        parameters.append(Parameter(rest, keywords[rest], list[str], []))
    return Schema(
        name,
        parameters,
        description=str(given.get("description", "")),
        open_ended=bool(given.get("open-ended", False)),
        rest=keywords[rest],
    )


def _keywords(names: Sequence[str]) -> dict[str, str]:
    """Return the keyword for each name: underscores for hyphens, unless another one has that."""
    keywords = {name: name for name in names if "-" not in name}
    for name in names:
        plain = name.replace("-", "_")
        keywords.setdefault(name, name if plain in keywords.values() else plain)
    return keywords


def _declared(attribute: str, keyword: str, table: Mapping[str, Any], place: str) -> Parameter:
    for key in ("default", "choices", *_LIMITS):
        _check_numbers(table.get(key), f"{place}.{key}")
    annotation = _annotation(table, place)
    if "default" not in table and not table.get("required"):
        annotation = annotation | None
    default = table.get("default", PydanticUndefined if table.get("required") else None)
    try:
        reader = TypeAdapter(coercible(annotation))
        if "default" in table:
            default = reader.validate_python(default)
    except ValidationError as error:
        raise ValueError(f"{place}.default: {as_fact(error.errors()[0]['msg'])}") from None
    except SchemaError as error:
        # Only a pattern is left that pydantic could refuse; it shows the pattern before the reason.
        reason = " ".join(str(error).split()).rpartition("rror: ")[2].removesuffix(".")
        raise ValueError(f"{place}.pattern: {reason[:1].lower()}{reason[1:]}") from None
    description = table.get("description", "")
    positional = table.get("positional", False)
    return Parameter(attribute, keyword, annotation, default, description, positional)


def _annotation(table: Mapping[str, Any], place: str) -> Any:
    """Return the type of an attribute, with its limits."""
    kind = table.get("type", "string")
    if kind not in TYPES:
        raise ValueError(f"{place}.type must be one of {', '.join(TYPES)}, not {kind!r}")
    limits = {}
    for key, (name, _, kinds) in _LIMITS.items():
        if key not in table:
            continue
        if kind not in kinds or "choices" in table:
            raise ValueError(f"{place}.{key} is for {', '.join(kinds)}, without choices")
        limits[name] = table[key]
    if limits.get("max_length", 0) < 0:
        raise ValueError(f"{place}.max-length must not be below 0")
    if "choices" in table:
        choices = tuple(table["choices"])
        if not choices or not all(isinstance(one, str | int | float) for one in choices):
            raise ValueError(f"{place}.choices must hold words or numbers")
        return Literal[choices]
    return Annotated[TYPES[kind], Field(**limits)] if limits else TYPES[kind]


def _check_numbers(value: object, place: str) -> None:
    """Raise for infinity and NaN, which nothing is compared with, and which JSON cannot hold."""
    for one in value if isinstance(value, list | tuple) else [value]:
        if isinstance(one, float) and not isfinite(one):
            raise ValueError(f"{place} must be finite, not {one}")
        if isinstance(one, int) and abs(one) > _LARGEST:
            raise ValueError(f"{place} must not have more than 18 digits")


def _check(given: object, known: Mapping[str, tuple[type, ...]], place: str) -> None:
    """Raise for what is no table, for a key that is not known, and for a value of a wrong kind."""
    if not isinstance(given, Mapping):
        raise ValueError(f"{place} must be a table")
    for key, value in given.items():
        if key not in known:
            hint = suggest_or_list(key, sorted(known))
            raise ValueError(f"{place} has an unknown key {key!r}; {hint}")
        kinds = known[key]
        if not isinstance(value, kinds) or (isinstance(value, bool) and int in kinds):
            raise ValueError(f"{place}.{key} must be {_NAMES[kinds[0]]}")

"""Declarations: schemas in the form of a TOML table or a JSON object."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import isfinite
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, TypeAdapter, ValidationError
from pydantic_core import PydanticUndefined, SchemaError

from shortcodes.common.suggestions import suggest_or_list
from shortcodes.schemas.coercion import Url, make_coercible
from shortcodes.schemas.encloses import Encloses
from shortcodes.schemas.parameter import Parameter
from shortcodes.schemas.patterns import Pattern, PatternBudget
from shortcodes.schemas.schema import Schema
from shortcodes.schemas.wanted import describe_wanted

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
"""The types that a declaration may name."""

_NUMBERS = ("integer", "number")
_TEXTS = ("string", "url")
_LIMITS = {
    "minimum": ("ge", (int, float), _NUMBERS),
    "maximum": ("le", (int, float), _NUMBERS),
    "pattern": ("pattern", (str,), _TEXTS),
    "max-length": ("max_length", (int,), (*_TEXTS, "strings", "integers")),
}
"""The limits. For each: its name in pydantic, the types of its value, and the attribute types for
which it is allowed."""

_LARGEST = 10**18 - 1

_SCHEMA_KEYS: dict[str, tuple[type, ...]] = {
    "description": (str,),
    "attributes": (Mapping,),
    "open-ended": (bool,),
    "rest": (str,),
    "encloses": (str,),
}
_ATTRIBUTE_KEYS: dict[str, tuple[type, ...]] = {
    "type": (str,),
    "choices": (list, tuple),
    "default": (object,),
    "required": (bool,),
    "description": (str,),
    "positional": (bool,),
    **{key: kinds for key, (_, kinds, _) in _LIMITS.items()},
}
"""The keys of the tables, and the types of their values."""

_TYPE_NAMES = {
    Mapping: "a table",
    list: "an array",
    str: "text",
    bool: "true or false",
    int: "a number",
}


def parse_declarations(tables: Mapping[str, Any]) -> dict[str, Schema]:
    """Return the schemas that TOML tables or JSON objects declare, by name.

    Raises `ValueError`, which names the key, for a mistake in a table.
    """
    budget = PatternBudget()
    return {name: _parse_declaration(name, table, budget) for name, table in tables.items()}


def _parse_declaration(name: str, table: Any, budget: PatternBudget) -> Schema:
    """Return the schema that a TOML table or a JSON object declares.

        description = "A link that looks like a button."
        encloses = "always"
        attributes.url = { type = "url", required = true }
        attributes.size = { choices = ["s", "m", "l"], default = "m" }

    Raises `ValueError`, which names the key, for a mistake in the table.
    """
    _check_table(table, _SCHEMA_KEYS, name)
    encloses = table.get("encloses")
    if encloses not in (None, *get_args(Encloses)):
        known = "always, never or optional"
        raise ValueError(f"{name}.encloses must be {known}, not {encloses!r}")
    attributes, rest = table.get("attributes", {}), str(table.get("rest", ""))
    if rest in attributes:
        raise ValueError(f"{name}.rest must be a name that no attribute has, not {rest!r}")
    for attribute in [*attributes, rest]:
        if not isinstance(attribute, str):
            raise ValueError(f"{name}.attributes must have names for keys, not {attribute!r}")
        _check_scalars(attribute, f"{name}.attributes")
    keywords = _assign_keywords([*attributes, rest])
    parameters = []
    for attribute, details in attributes.items():
        location = f"{name}.attributes.{attribute}"
        _check_table(details, _ATTRIBUTE_KEYS, location)
        parameters.append(
            _parse_attribute(attribute, keywords[attribute], details, location, budget)
        )
    if rest:
        parameters.append(Parameter(rest, keywords[rest], list[str], []))
    return Schema(
        name,
        parameters,
        description=str(table.get("description", "")),
        open_ended=bool(table.get("open-ended", False)),
        rest=keywords[rest],
        encloses=encloses,
    )


def _assign_keywords(names: Sequence[str]) -> dict[str, str]:
    """Return the keyword for each name: underscores for hyphens, unless that is taken."""
    keywords = {name: name for name in names if "-" not in name}
    taken = set(keywords)
    for name in names:
        if name not in keywords:
            plain = name.replace("-", "_")
            keywords[name] = name if plain in taken else plain
            taken.add(keywords[name])
    return keywords


def _parse_attribute(
    attribute: str, keyword: str, table: Mapping[str, Any], location: str, budget: PatternBudget
) -> Parameter:
    annotation = _build_annotation(table, location, budget)
    if "default" not in table and not table.get("required"):
        annotation = annotation | None
    default = table.get("default", PydanticUndefined if table.get("required") else None)
    if "default" in table:
        try:
            default = TypeAdapter(make_coercible(annotation)).validate_python(default)
        except ValidationError as error:
            wanted = describe_wanted(
                error.errors()[0], [str(choice) for choice in table.get("choices", ())]
            )
            raise ValueError(f"{location}.default must be {wanted}, not {default!r}") from None
    description = table.get("description", "")
    positional = table.get("positional", False)
    return Parameter(attribute, keyword, annotation, default, description, positional)


def _build_annotation(table: Mapping[str, Any], location: str, budget: PatternBudget) -> Any:
    """Return the annotation for an attribute: its type with its limits."""
    kind = table.get("type", "string")
    if kind not in TYPES:
        raise ValueError(f"{location}.type must be one of {', '.join(TYPES)}, not {kind!r}")
    limits = {}
    for key, (name, _, kinds) in _LIMITS.items():
        if key not in table:
            continue
        if kind not in kinds or "choices" in table:
            raise ValueError(f"{location}.{key} is for {', '.join(kinds)}, without choices")
        if kind == "integer" and table[key] != int(table[key]):
            raise ValueError(f"{location}.{key} must be a whole number, not {table[key]}")
        limits[name] = table[key]
    if limits.get("max_length", 0) < 0:
        raise ValueError(f"{location}.max-length must not be below 0")
    if "choices" in table:
        choices = tuple(table["choices"])
        if not choices or not all(isinstance(choice, str | int | float) for choice in choices):
            raise ValueError(f"{location}.choices must hold words or numbers")
        return Literal[choices]
    metadata: list[Any] = []
    if "pattern" in limits:
        metadata.append(_compile_pattern(limits.pop("pattern"), f"{location}.pattern", budget))
    if limits:
        metadata.insert(0, Field(**limits))
    return Annotated[(TYPES[kind], *metadata)] if metadata else TYPES[kind]


def _compile_pattern(source: str, location: str, budget: PatternBudget) -> Pattern:
    try:
        return budget.compile(source)
    except SchemaError as error:  # the message of pydantic shows the pattern before the reason
        reason = " ".join(str(error).split()).rpartition("rror: ")[2].removesuffix(".")
        raise ValueError(f"{location}: {reason[:1].lower()}{reason[1:]}") from None
    except ValueError as error:
        raise ValueError(f"{location}: {error}") from None


def _check_scalars(value: object, location: str) -> None:
    """Raise for what JSON cannot represent (infinity, NaN, text that UTF-8 cannot encode), and for
    very large numbers.
    """
    for scalar in value if isinstance(value, list | tuple) else [value]:
        if isinstance(scalar, float) and not isfinite(scalar):
            raise ValueError(f"{location} must be finite, not {scalar}")
        if isinstance(scalar, int) and abs(scalar) > _LARGEST:
            raise ValueError(f"{location} must not have more than 18 digits")
        if isinstance(scalar, str) and not _is_encodable(scalar):
            raise ValueError(f"{location} must be valid Unicode, not {scalar!r}")


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _check_table(table: object, known: Mapping[str, tuple[type, ...]], location: str) -> None:
    """Raise for something other than a table, an unknown key, or a wrong value."""
    _check_scalars(location, "a name")
    if not isinstance(table, Mapping):
        raise ValueError(f"{location} must be a table")
    for key, value in table.items():
        if key not in known:
            hint = suggest_or_list(key, sorted(known))
            raise ValueError(f"{location} has an unknown key {key!r}; {hint}")
        kinds = known[key]
        if not isinstance(value, kinds) or (isinstance(value, bool) and int in kinds):
            raise ValueError(f"{location}.{key} must be {_TYPE_NAMES[kinds[0]]}")
        _check_scalars(value, f"{location}.{key}")

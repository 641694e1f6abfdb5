"""Declared schemas: those that a table of TOML or an object of JSON holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field
from pydantic_core import PydanticUndefined

from shortcodes.engine.coercion import Url
from shortcodes.engine.schema import Parameter, Schema

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

_LIMITS = {"minimum": "ge", "maximum": "le", "pattern": "pattern", "max-length": "max_length"}
_KNOWN = {"type", "choices", "default", "required", "description", "positional", *_LIMITS}


def declared(name: str, given: Mapping[str, Any]) -> Schema:
    """Return the schema that a table of TOML or an object of JSON declares.

        description = "A link that looks like a button."
        attributes.url = { type = "url", required = true }
        attributes.size = { choices = ["s", "m", "l"], default = "m" }

    Raises `ValueError`, with its place, for what it does not know.
    """
    _check(given, {"description", "attributes", "open-ended", "rest"}, name)
    attributes, rest = given.get("attributes", {}), str(given.get("rest", ""))
    if rest in attributes:
        raise ValueError(f"{name}.rest must be a name that no attribute has, not {rest!r}")
    keywords = _keywords([*attributes, rest])
    parameters = []
    for attribute, table in attributes.items():
        place = f"{name}.attributes.{attribute}"
        if not isinstance(table, Mapping):
            raise ValueError(f"{place} must be a table")
        _check(table, _KNOWN, place)
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
    kind = table.get("type", "string")
    if kind not in TYPES:
        raise ValueError(f"{place}.type must be one of {', '.join(TYPES)}, not {kind!r}")
    annotation: Any = TYPES[kind]
    if "choices" in table:
        annotation = Literal[tuple(table["choices"])]
    limits = {_LIMITS[key]: value for key, value in table.items() if key in _LIMITS}
    if limits:
        annotation = Annotated[annotation, Field(**limits)]
    missing = PydanticUndefined if table.get("required") else None
    return Parameter(
        attribute,
        keyword,
        annotation if "default" in table or table.get("required") else annotation | None,
        table.get("default", missing),
        str(table.get("description", "")),
        bool(table.get("positional", False)),
    )


def _check(given: Mapping[str, Any], known: set[str], place: str) -> None:
    from difflib import get_close_matches

    for key in given:
        if key not in known:
            close = get_close_matches(key, known, 1)
            hint = (
                f"; did you mean {close[0]!r}?" if close else f"; known: {', '.join(sorted(known))}"
            )
            raise ValueError(f"{place} has an unknown key {key!r}{hint}")

"""Signatures: the schemas that the parameters of functions declare."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic_core import PydanticUndefined

from shortcodes.call import Call
from shortcodes.schemas.data_parameters import (
    DataParameter,
    find_name,
    read_data_parameters,
    read_hints,
)
from shortcodes.schemas.encloses import Encloses
from shortcodes.schemas.parameter import Parameter
from shortcodes.schemas.schema import Schema

_KINDS = inspect.Parameter
_CALLS = ("call", "sc")


@dataclass(frozen=True, slots=True)
class Signature:
    """The schema of a function, and which of its parameters are not attributes."""

    schema: Schema
    call: str = ""
    """The parameter that gets the call, or an empty string."""
    call_first: bool = False
    """Whether this parameter is positional-only."""
    content: bool = False
    """Whether the function has a parameter for the enclosed content."""
    rest: str = ""
    """The parameter that collects values without a name, or an empty string."""
    data: tuple[DataParameter, ...] = ()
    """The parameters that get entries of the data."""


def read_signature(
    name: str, function: Callable[..., Any], local_names: Mapping[str, Any] | None = None
) -> Signature:
    """Return the schema that the parameters of a function declare.

    A parameter that is annotated with `Call`, or has no annotation and is named `call` or `sc`,
    gets the call; one named `content` gets the enclosed content, which is optional if the parameter
    has a default. A function with neither encloses nothing. One annotated with `Data` gets an entry
    of the data. Raises `TypeError` for a signature
    that cannot be read.
    """
    hints = read_hints(name, function, local_names)
    data = read_data_parameters(name, function, hints)
    parameters: list[Parameter] = []
    call, content, open_ended, rest, call_first = "", False, False, "", False
    encloses: Encloses | None = None
    documented = list(inspect.signature(function).parameters.values())
    for parameter in documented:
        keyword, kind = parameter.name, parameter.kind
        annotation = hints.get(keyword, str)
        if keyword in data:
            continue
        if annotation is Call or (keyword not in hints and keyword in _CALLS):
            call, call_first = keyword, kind == _KINDS.POSITIONAL_ONLY
        elif keyword == "content":
            content = True
            encloses = "always" if parameter.default is _KINDS.empty else "optional"
        elif kind == _KINDS.VAR_KEYWORD:
            open_ended = True
        elif kind == _KINDS.VAR_POSITIONAL:
            rest = keyword
            parameters.append(Parameter(keyword, keyword, list[annotation], []))  # type: ignore[valid-type]
        elif kind == _KINDS.POSITIONAL_ONLY:
            raise TypeError(
                f"{keyword!r}, a parameter of the handler of {name!r}, is positional-only"
            )
        else:
            default = PydanticUndefined if parameter.default is _KINDS.empty else parameter.default
            positional = kind == _KINDS.POSITIONAL_OR_KEYWORD
            name_ = derive_attribute_name(keyword, annotation)
            parameters.append(Parameter(name_, keyword, annotation, default, "", positional))
    schema = Schema(
        name,
        parameters,
        description=inspect.getdoc(function) or "",
        open_ended=open_ended,
        rest=rest,
        encloses=encloses if content or call else "never",
    )
    return Signature(schema, call, call_first, content, rest, tuple(data.values()))


def derive_attribute_name(keyword: str, annotation: Any = str) -> str:
    """Return the attribute name for a parameter: hyphens for underscores, and none at the end."""
    return find_name(annotation) or keyword.rstrip("_").replace("_", "-")

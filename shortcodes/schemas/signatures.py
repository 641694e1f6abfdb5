"""Signatures: the schemas that the parameters of functions declare."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from pydantic_core import PydanticUndefined

from shortcodes.call import Call
from shortcodes.common.checks import check_type
from shortcodes.schemas.encloses import Encloses
from shortcodes.schemas.parameter import Parameter
from shortcodes.schemas.schema import Schema


@dataclass(frozen=True, slots=True)
class Name:
    """The name of an attribute that no parameter can have: `Annotated[str, Name("24h")]`."""

    name: str

    def __post_init__(self) -> None:
        check_type("name", self.name, str)


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


def read_signature(
    name: str, function: Callable[..., Any], local_names: Mapping[str, Any] | None = None
) -> Signature:
    """Return the schema that the parameters of a function declare.

    A parameter that is annotated with `Call`, or has no annotation and is named `call` or `sc`,
    gets the call; one named `content` gets the enclosed content, which is optional if the parameter
    has a default. A function with neither encloses nothing. Raises `TypeError` for a signature
    that cannot be read.
    """
    target = function if inspect.isroutine(function) else type(function).__call__
    try:
        hints = get_type_hints(target, localns=dict(local_names or {}), include_extras=True)
    except NameError as error:
        raise TypeError(f"the handler of {name!r} has an unknown annotation: {error}") from error
    parameters: list[Parameter] = []
    call, content, open_ended, rest, call_first = "", False, False, "", False
    encloses: Encloses | None = None
    documented = list(inspect.signature(function).parameters.values())
    for parameter in documented:
        keyword, kind = parameter.name, parameter.kind
        annotation = hints.get(keyword, str)
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
    return Signature(schema, call, call_first, content, rest)


def derive_attribute_name(keyword: str, annotation: Any = str) -> str:
    """Return the attribute name for a parameter: hyphens for underscores, and none at the end."""
    for extra in get_args(annotation)[1:] if get_origin(annotation) is Annotated else ():
        if isinstance(extra, Name):
            return extra.name
    return keyword.rstrip("_").replace("_", "-")

"""Signatures: the schema that the parameters of a function are."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from pydantic_core import PydanticUndefined

from shortcodes.call import Call
from shortcodes.checks import check_type
from shortcodes.schemas.parameter import Parameter
from shortcodes.schemas.schema import Schema


@dataclass(frozen=True, slots=True)
class Name:
    """The name of an attribute that no parameter can bear: `Annotated[str, Name("24h")]`."""

    name: str

    def __post_init__(self) -> None:
        check_type("name", self.name, str)


_KINDS = inspect.Parameter
_CALLS = ("call", "sc")


@dataclass(frozen=True, slots=True)
class Signature:
    """What a function wants: its schema, and which of its parameters are no attributes."""

    schema: Schema
    call: str = ""
    """The parameter that gets the call, if there is one."""
    call_first: bool = False
    """Whether it can only be given by its place."""
    content: bool = False
    """Whether the function has a parameter for the enclosed markup."""
    rest: str = ""


def signature_of(
    name: str, function: Callable[..., Any], local_names: Mapping[str, Any] | None = None
) -> Signature:
    """Return what the parameters of a function declare.

    One annotated `Call`, or without annotation and named `call` or `sc`, gets the call; `content`
    gets what is enclosed. Raises `TypeError` for a signature that cannot be read.
    """
    target = function if inspect.isroutine(function) else type(function).__call__
    try:
        hints = get_type_hints(target, localns=dict(local_names or {}), include_extras=True)
    except NameError as error:
        raise TypeError(
            f"the handler of {name!r} has an annotation that is unknown: {error}"
        ) from error
    parameters: list[Parameter] = []
    call, content, open_ended, rest, call_first = "", False, False, "", False
    documented = list(inspect.signature(function).parameters.values())
    for parameter in documented:
        keyword, kind = parameter.name, parameter.kind
        annotation = hints.get(keyword, str)
        if annotation is Call or (keyword not in hints and keyword in _CALLS):
            call, call_first = keyword, kind == _KINDS.POSITIONAL_ONLY
        elif keyword == "content":
            content = True
        elif kind == _KINDS.VAR_KEYWORD:
            open_ended = True
        elif kind == _KINDS.VAR_POSITIONAL:
            rest = keyword
            parameters.append(Parameter(keyword, keyword, list[annotation], []))  # type: ignore[valid-type]
        elif kind == _KINDS.POSITIONAL_ONLY:
            raise TypeError(
                f"{keyword!r}, a parameter of the handler of {name!r}, has no name to be given by"
            )
        else:
            default = PydanticUndefined if parameter.default is _KINDS.empty else parameter.default
            positional = kind == _KINDS.POSITIONAL_OR_KEYWORD
            named = attribute_name(keyword, annotation)
            parameters.append(Parameter(named, keyword, annotation, default, "", positional))
    schema = Schema(
        name,
        parameters,
        description=inspect.getdoc(function) or "",
        open_ended=open_ended,
        rest=rest,
    )
    return Signature(schema, call, call_first, content, rest)


def attribute_name(keyword: str, annotation: Any = str) -> str:
    """Return the attribute of a parameter: hyphens for underscores, and none at the end."""
    for extra in get_args(annotation)[1:] if get_origin(annotation) is Annotated else ():
        if isinstance(extra, Name):
            return extra.name
    return keyword.rstrip("_").replace("_", "-")

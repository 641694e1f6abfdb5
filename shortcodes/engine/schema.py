"""Schemas: which attributes a shortcode has, of which types, and what they mean."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model
from pydantic_core import CoreSchema, PydanticUndefined, SchemaValidator, core_schema

from shortcodes.engine.call import Call
from shortcodes.engine.coercion import Url, coercible
from shortcodes.errors import ShortcodeError


@dataclass(frozen=True, slots=True)
class Name:
    """The name of an attribute that no parameter can bear: `Annotated[str, Name("24h")]`."""

    name: str


class UnfitError(ShortcodeError):
    """A shortcode cannot be rendered: an attribute that it must have is missing or wrong."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One attribute of a schema."""

    name: str
    """As it stands in the shortcode."""
    keyword: str
    """As the handler gets it."""
    annotation: Any
    default: Any = PydanticUndefined
    """What is used where it is missing or wrong; without one it is required."""
    description: str = ""
    positional: bool = False
    """Whether a value without a name may stand for it."""

    @property
    def required(self) -> bool:
        """Whether the shortcode cannot be rendered without it."""
        return self.default is PydanticUndefined

    @property
    def is_flag(self) -> bool:
        """Whether its bare name means true."""
        bare = self.annotation
        return (get_args(bare)[0] if get_origin(bare) is Annotated else bare) is bool


_NO_MORE: Mapping[str, str] = {}


class Schema:
    """The attributes of one shortcode."""

    def __init__(
        self,
        name: str,
        parameters: list[Parameter],
        *,
        description: str = "",
        open_ended: bool = False,
        rest: str = "",
    ) -> None:
        """Make a schema. `open_ended` takes attributes that it does not list, as text; `rest` is
        the parameter among them that collects values without a name.
        """
        self.name = name
        self.description = description
        self.parameters = tuple(parameters)
        self.open_ended = open_ended
        self._rest = rest
        self._positional = tuple(p for p in parameters if p.positional)
        self._flags = {p.name: p for p in parameters if p.is_flag}
        self._names = frozenset(p.name for p in parameters if p.keyword != rest)
        self._model = self._modelled()
        self._validate = self._validator().validate_python

    def _modelled(self) -> type[BaseModel]:
        fields: dict[str, Any] = {
            f"f{i}": (
                coercible(p.annotation),
                Field(p.default, alias=p.name, description=p.description or None),
            )
            for i, p in enumerate(self.parameters)
        }
        config = ConfigDict(arbitrary_types_allowed=True, extra="ignore")
        return create_model(self.name, __config__=config, __doc__=self.description, **fields)

    def _validator(self) -> SchemaValidator:
        """Return what turns attributes into values by keyword: the model's fields, without making
        an object of the model each time.
        """
        core: Any = self._model.__pydantic_core_schema__
        model = core["schema"] if core["type"] == "definitions" else core
        fields = {
            p.keyword: core_schema.typed_dict_field(field["schema"], validation_alias=p.name)
            for p, field in zip(self.parameters, model["schema"]["fields"].values(), strict=True)
        }
        made: CoreSchema = core_schema.typed_dict_schema(fields)
        if core["type"] == "definitions":
            made = core_schema.definitions_schema(made, core["definitions"])
        return SchemaValidator(made)

    def __reduce__(self) -> tuple[Any, ...]:
        return (
            _schema,
            (self.name, self.parameters, self.description, self.open_ended, self._rest),
        )

    def read(self, call: Call) -> dict[str, Any]:
        """Return the values of a shortcode's attributes by keyword.

        What is wrong with them is reported: SC601 a value that does not fit, SC603 an attribute
        that the schema does not have, SC604 a value without a name that nothing takes. Raises
        `UnfitError` where a required one is missing or wrong.
        """
        given, positional = call.values
        more: Mapping[str, str] = _NO_MORE
        if not given.keys() <= self._names:
            given, more = self._known(call, given)
        if positional:
            given = self._take_positional(call, given)
        values: dict[str, Any]
        try:
            values = self._validate(given)
        except ValidationError as error:
            values = self._validate(self._without(call, given, error))
        return {**more, **values} if more else values

    def _known(self, call: Call, given: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
        """Return the attributes that the schema has, in whatever case, and the others."""
        known: dict[str, Any] = {}
        more: dict[str, str] = {}
        for name, value in given.items():
            if name in self._names:
                known[name] = value
            elif name.lower() in self._names:
                known.setdefault(name.lower(), value)
            elif self.open_ended:
                more[name] = value
            else:
                call.report(
                    "SC603", f"[{call.name}] has no attribute {name!r}", span=_place(call, name)
                )
        return known, more

    def _take_positional(self, call: Call, named: Mapping[str, Any]) -> dict[str, Any]:
        """Return the attributes, with the values without a name for the parameters that may take
        them, in order.
        """
        given = dict(named)
        free = [p.name for p in self._positional if p.name not in given]
        rest: list[str] = []
        taken = 0
        for value in call.positional:
            if value in self._flags and value not in given:
                given[value] = True
            elif taken < len(free) and free[taken] not in given:
                given[free[taken]] = value
                taken += 1
            else:
                rest.append(value)
        if self._rest:
            given[self._rest] = rest
        else:
            for value in rest:
                call.report("SC604", f"[{call.name}] takes no value {_shown(value)} without a name")
        return given

    def _without(
        self, call: Call, given: Mapping[str, Any], error: ValidationError
    ) -> dict[str, Any]:
        """Return the attributes without those that do not fit."""
        wrong: dict[str, str] = {}
        for found in error.errors(include_url=False, include_context=False):
            wrong.setdefault(str(found["loc"][0]), _as_fact(found["msg"]))
        for parameter in self.parameters:
            name = parameter.name
            if name not in wrong:
                continue
            if name not in given:
                raise UnfitError(f"the attribute {name!r} is missing")
            problem = f"{name}={_shown(given[name])}: {wrong[name]}"
            if parameter.required:
                raise UnfitError(problem)
            call.report("SC601", f"{problem}; the default is used", span=_place(call, name))
        return {name: value for name, value in given.items() if name not in wrong}

    def json_schema(self) -> dict[str, Any]:
        """Return the schema of the attributes as JSON Schema (draft 2020-12)."""
        made = self._model.model_json_schema(by_alias=True)
        made["title"] = self.name
        for shown in made.get("properties", {}).values():
            shown.pop("title", None)
        return {**made, "additionalProperties": self.open_ended}


def _schema(
    name: str, parameters: tuple[Parameter, ...], description: str, open_ended: bool, rest: str
) -> Schema:
    return Schema(name, list(parameters), description=description, open_ended=open_ended, rest=rest)


def _as_fact(sentence: str) -> str:
    """Return what pydantic says as the rest of a message."""
    sentence = sentence.removeprefix("Value error, ")
    return sentence if sentence[1:2].isupper() else f"{sentence[:1].lower()}{sentence[1:]}"


def _place(call: Call, name: str) -> tuple[int, int] | None:
    for attribute in call.shortcode.attribute_nodes:
        if attribute.name is not None and name in (attribute.name, attribute.name.lower()):
            return attribute.span
    return None


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


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
    _check(given, {"description", "attributes", "open-ended"}, name)
    parameters = []
    for attribute, table in given.get("attributes", {}).items():
        place = f"{name}.attributes.{attribute}"
        if not isinstance(table, Mapping):
            raise ValueError(f"{place} must be a table")
        _check(table, _KNOWN, place)
        parameters.append(_declared(attribute, table, place))
    return Schema(
        name,
        parameters,
        description=str(given.get("description", "")),
        open_ended=bool(given.get("open-ended", False)),
    )


def _declared(attribute: str, table: Mapping[str, Any], place: str) -> Parameter:
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
        attribute.replace("-", "_"),
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

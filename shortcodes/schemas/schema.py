"""Schemas: the attributes of shortcodes, with their types and meanings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from types import NoneType
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model
from pydantic_core import CoreSchema, ErrorDetails, SchemaValidator, core_schema

from shortcodes.call import Call
from shortcodes.common.checks import check_each, check_type
from shortcodes.common.suggestions import LISTED, LISTED_OF_MORE, NearNames
from shortcodes.diagnostics import Diagnostic
from shortcodes.errors import ShortcodeError
from shortcodes.nodes import Shortcode, Values
from shortcodes.schemas.coercion import make_coercible
from shortcodes.schemas.encloses import Encloses
from shortcodes.schemas.parameter import Parameter
from shortcodes.schemas.problems import (
    AttributeSpans,
    MissingAttribute,
    MoreMissingAttributes,
    ParameterIndex,
    Problem,
    UnknownAttribute,
    UnnamedValues,
    WrongValue,
)
from shortcodes.schemas.takers import Validate, find_namesake, find_takers


class UnfitError(ShortcodeError):
    """Raised for a shortcode that cannot be rendered: a required attribute is missing or wrong."""


Checked = Sequence[tuple[Shortcode, Mapping[str, Any]]]
"""Shortcodes, each with its values by keyword: no values if they do not fit."""
Checks = Callable[[Checked], Iterable[Diagnostic]]
"""Checks all shortcodes with a name in a document at once."""

_NOTHING_MORE: Mapping[str, str] = {}
_NO_PROBLEMS: Sequence[Problem] = ()


class Schema:
    """The attributes of one shortcode."""

    def __init__(
        self,
        name: str,
        parameters: Sequence[Parameter],
        *,
        description: str = "",
        open_ended: bool = False,
        rest: str = "",
        checks: Checks | None = None,
        encloses: Encloses | None = None,
    ) -> None:
        """Make a schema.

        Args:
            name: The tag name.
            parameters: The attributes.
            description: What the shortcode does.
            open_ended: Whether other attributes are accepted too, as text.
            rest: The keyword of the parameter that collects values without a name.
            checks: Finds what no attribute shows alone, such as two values that exclude each other.
            encloses: Whether the shortcode encloses text: "always", "never" or "optional"; `None`
                if that is not known.

        Raises:
            TypeError: An argument has a wrong type.
            ValueError: `encloses` is another word.
        """
        check_type("name", name, str)
        parameters = check_each("parameters", parameters, Parameter)
        check_type("description", description, str)
        check_type("open_ended", open_ended, bool)
        check_type("rest", rest, str)
        check_type("checks", checks, Callable, NoneType)
        check_type("encloses", encloses, str, NoneType)
        if encloses is not None and encloses not in get_args(Encloses):
            raise ValueError(f"encloses must be always, never or optional, not {encloses!r}")
        self.name = name
        self.description = description
        self.parameters = parameters
        self.open_ended = open_ended
        self.rest = rest
        self.checks = checks
        self.encloses = encloses
        self._positional = tuple(p for p in parameters if p.positional)
        self._flags = {p.name: p for p in parameters if p.is_flag}
        self.names = frozenset(p.name for p in parameters if p.keyword != rest)
        self._required = tuple(p.name for p in parameters if p.required)
        self._required_names = frozenset(self._required)
        self._order = {p.name: index for index, p in enumerate(parameters)}
        self._parameters_by_name = {p.name: p for p in parameters}
        self._index = ParameterIndex(parameters)
        self._near: NearNames | None = None
        self._model = self._build_model()
        self._validate = self._build_validator().validate_python
        self._validate_written = self._build_validator(is_partial=True).validate_python

    def _build_model(self) -> type[BaseModel]:
        fields: dict[str, Any] = {
            f"f{i}": (
                make_coercible(p.annotation),
                Field(p.default, alias=p.name, description=p.description or None),
            )
            for i, p in enumerate(self.parameters)
        }
        config = ConfigDict(arbitrary_types_allowed=True, extra="ignore")
        return create_model(self.name, __config__=config, __doc__=self.description, **fields)

    def _build_validator(self, *, is_partial: bool = False) -> SchemaValidator:
        """Return the validator that turns attributes into values by keyword.

        It has the fields of the model, but does not build an object of the model each time. With
        `is_partial`, it returns no values for attributes that are missing.
        """
        core: Any = self._model.__pydantic_core_schema__
        model = core["schema"] if core["type"] == "definitions" else core
        schemas = [field["schema"] for field in model["schema"]["fields"].values()]
        if is_partial:
            schemas = [_remove_default(schema) for schema in schemas]
        fields = {
            p.keyword: core_schema.typed_dict_field(
                schema, validation_alias=p.name, required=False if is_partial else None
            )
            for p, schema in zip(self.parameters, schemas, strict=True)
        }
        validated: CoreSchema = core_schema.typed_dict_schema(fields)
        if core["type"] == "definitions":
            validated = core_schema.definitions_schema(validated, core["definitions"])
        return SchemaValidator(validated)

    def __reduce__(self) -> tuple[Any, ...]:
        options = (self.description, self.open_ended, self.rest, self.checks, self.encloses)
        return _restore_schema, (self.name, self.parameters, *options)

    # --- reading ------------------------------------------------------------------------------

    def read(self, call: Call) -> dict[str, Any]:
        """Return the values of a shortcode's attributes by keyword.

        Everything that `check` finds is reported to the call. Raises `UnfitError` if a required
        attribute is missing or wrong.
        """
        if not isinstance(call, Call):  # asked here, since every shortcode comes through
            check_type("call", call, Call)
        values, problems = self._read(call.values, self._validate)
        if problems:
            self._report(call, problems)
        return values

    def _report(self, call: Call, problems: Sequence[Problem]) -> None:
        spans = AttributeSpans(call.shortcode)
        fatal: list[Diagnostic] = []
        for problem in problems:
            diagnostic = problem.build_diagnostic(spans, self._index)
            (fatal if problem.fatal else call.context.diagnostics).append(diagnostic)
        if fatal:
            raise UnfitError(fatal[0].message)

    def check(self, shortcode: Shortcode) -> list[Diagnostic]:
        """Return what is wrong with a shortcode's attributes, without rendering it.

        The codes are SC601 for a value that does not fit, SC602 for a required attribute that is
        missing or does not fit, SC603 for an attribute that the schema does not have, and SC604 for
        values without a name that it does not take. A type may have its own code: see
        `BadValueError`.
        """
        check_type("shortcode", shortcode, Shortcode)
        return self.check_many([shortcode])

    def check_many(self, shortcodes: Iterable[Shortcode]) -> list[Diagnostic]:
        """Return what is wrong with the attributes of several shortcodes of one document."""
        shortcodes = check_each("shortcodes", shortcodes, Shortcode)
        if self.checks is None:
            return [
                diagnostic
                for shortcode in shortcodes
                for diagnostic in self._fit(shortcode, self._validate_written)[1]
            ]
        fitted = [(shortcode, *self.fit(shortcode)) for shortcode in shortcodes]
        diagnostics = [problem for _, _, problems in fitted for problem in problems]
        diagnostics += self.checks([(shortcode, values) for shortcode, values, _ in fitted])
        return diagnostics

    def fit(self, shortcode: Shortcode) -> tuple[dict[str, Any], list[Diagnostic]]:
        """Return the values of a shortcode's attributes by keyword, and what is wrong with them.

        There are no values if a required attribute is missing or wrong.
        """
        check_type("shortcode", shortcode, Shortcode)
        return self._fit(shortcode, self._validate)

    def _fit(
        self, shortcode: Shortcode, validate: Validate
    ) -> tuple[dict[str, Any], list[Diagnostic]]:
        values, problems = self._read(shortcode.values, validate)
        if not problems:
            return values, []
        spans = AttributeSpans(shortcode)
        return values, [problem.build_diagnostic(spans, self._index) for problem in problems]

    def _read(
        self, written: Values, validate: Validate
    ) -> tuple[dict[str, Any], Sequence[Problem]]:
        given, positional = written
        more: Mapping[str, str] = _NOTHING_MORE
        problems: Sequence[Problem] = _NO_PROBLEMS
        if not given.keys() <= self.names:
            given, more, problems = self._split_known(given)
        if positional:
            given, left = self._take_positional(given, positional)
            problems = [*problems, *left]
        if not given.keys() >= self._required_names:
            reasons = self._find_reasons(given)
            return {}, [*problems, *self._list_wrong(given, reasons)]
        values: dict[str, Any]
        try:
            values = validate(given)
        except ValidationError as error:
            wrong = self._list_wrong(given, error.errors(include_url=False))
            problems = [*problems, *wrong]
            if any(problem.fatal for problem in wrong):
                return {}, problems
            bad = {problem.name for problem in wrong}
            values = validate({n: value for n, value in given.items() if n not in bad})
        return {**more, **values} if more else values, problems

    def _split_known(
        self, given: dict[str, str]
    ) -> tuple[dict[str, Any], dict[str, str], Sequence[Problem]]:
        """Return the attributes that the schema has, in any case; the other ones that it accepts;
        and problems for those that it does not accept.
        """
        known: dict[str, Any] = {}
        more: dict[str, str] = {}
        problems: list[Problem] = []
        for name, value in given.items():
            if name in self.names:
                known[name] = value
            elif name.lower() in self.names:
                known[name.lower()] = value
            elif self.open_ended:
                more[name] = value
            else:
                problems.append(UnknownAttribute(name, near=self.near(name)))
        return known, more, problems

    def _take_positional(
        self, named: Mapping[str, Any], positional: Sequence[str]
    ) -> tuple[dict[str, Any], Sequence[Problem]]:
        """Return the attributes together with the values without a name, each for the next
        parameter that can take it, and a problem if values are left over.
        """
        given = dict(named)
        free = [p.name for p in self._positional if p.name not in given]
        rest: list[str] = []
        taken = 0
        for value in positional:
            if value in self._flags and value not in given:
                given[value] = True
            elif taken < len(free) and free[taken] not in given:
                given[free[taken]] = value
                taken += 1
            else:
                rest.append(value)
        if self.rest:
            given[self.rest] = rest
        elif rest:
            return given, [
                UnnamedValues(
                    rest[0],
                    count=len(rest),
                    likely=find_takers(self._validate_written, self.parameters, rest[0], given),
                )
            ]
        return given, _NO_PROBLEMS

    def _find_reasons(self, given: Mapping[str, Any]) -> Sequence[ErrorDetails]:
        """Return the errors of pydantic for values, apart from those that are missing.

        It takes microseconds to find that one is missing, which adds up over a large schema.
        """
        try:
            if given:
                self._validate_written(given)
        except ValidationError as error:
            return error.errors(include_url=False)
        return ()

    def _list_wrong(
        self, given: Mapping[str, Any], reasons: Sequence[ErrorDetails]
    ) -> list[Problem]:
        """Return the problems with values, in the order of the parameters."""
        wrong: dict[str, Any] = {}
        for reason in reasons:
            wrong.setdefault(str(reason["loc"][0]), reason)
        missing = (name for name in self._required if name not in given)
        count = len(self._required) - sum(map(self._required_names.__contains__, given))
        listed = [*islice(missing, LISTED_OF_MORE if count > LISTED else count)]
        problems: list[Problem] = [
            WrongValue(
                name,
                value=given[name],
                reason=wrong[name],
                fatal=name in self._required_names,
                namesake=find_namesake(
                    self._validate_written, self.parameters, name, given[name], given
                ),
            )
            if name in wrong
            else MissingAttribute(name)
            for name in sorted([*wrong, *listed], key=self._order.__getitem__)
        ]
        if count > len(listed):
            problems.append(MoreMissingAttributes(next(missing), count - len(listed)))
        return problems

    # --- what it describes --------------------------------------------------------------------

    def parameter(self, name: str) -> Parameter | None:
        """Return the parameter of an attribute, by its name in the schema."""
        check_type("name", name, str)
        return self._parameters_by_name.get(name)

    def holds_text(self, name: str) -> bool:
        """Return whether an attribute takes any text."""
        parameter = self._parameters_by_name.get(name)
        return parameter is not None and parameter.is_text

    @property
    def requires_attributes(self) -> bool:
        """Whether it cannot do without attributes."""
        return bool(self._required)

    @property
    def takes_positional(self) -> bool:
        """Whether it takes values without a name."""
        return bool(self.rest or self._positional)

    def near(self, name: str) -> str:
        """Return the attribute that a name was probably meant to be, or an empty string."""
        check_type("name", name, str)
        if self._near is None:
            self._near = NearNames(p.name for p in self.parameters if p.keyword != self.rest)
        return self._near.find(name)

    def json_schema(self) -> dict[str, Any]:
        """Return the schema of the attributes as JSON Schema (draft 2020-12)."""
        schema = self._model.model_json_schema(by_alias=True)
        schema["title"] = self.name
        for field in schema.get("properties", {}).values():
            field.pop("title", None)
        return {**schema, "additionalProperties": self.open_ended}


def _remove_default(schema: Any) -> CoreSchema:
    bare: CoreSchema = schema["schema"] if schema["type"] == "default" else schema
    return bare


def _restore_schema(
    name: str,
    parameters: tuple[Parameter, ...],
    description: str,
    open_ended: bool,
    rest: str,
    checks: Checks | None,
    encloses: Encloses | None,
) -> Schema:
    return Schema(
        name,
        parameters,
        description=description,
        open_ended=open_ended,
        rest=rest,
        checks=checks,
        encloses=encloses,
    )

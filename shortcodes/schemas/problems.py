"""Problems: how a shortcode does not fit its schema, as diagnostics.

A diagnostic is repeated for each shortcode that does not fit, so none may be as long as its schema.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Protocol, get_args, get_origin

from pydantic import WithJsonSchema

from shortcodes.common.suggestions import LISTED, NearNames, list_names
from shortcodes.diagnostics import Diagnostic, Edit, Fix, Severity
from shortcodes.errors import ShortcodeError
from shortcodes.nodes import Attribute, Shortcode, Span
from shortcodes.schemas.parameter import Parameter
from shortcodes.schemas.wanted import describe_wanted, find_flag

_PLAIN = re.compile(r"[\w.#%+-]++")
"""A value that can replace another one, whatever the quotes."""
_SHOWN = 60
_LONGEST = 500
"""The most letters of a sentence that comes from a schema."""


class BadValueError(ShortcodeError, ValueError):
    """Raised by a type of an attribute whose bad values have a diagnostic of their own."""

    def __init__(self, code: str, wanted: str) -> None:
        super().__init__(f"not {wanted}")
        self.code = code  # of the diagnostic
        self.wanted = wanted  # a description of a good value


class AttributeSpans:
    """The spans of the attributes of a shortcode."""

    def __init__(self, shortcode: Shortcode) -> None:
        self.tag = shortcode.name
        self.whole = shortcode.open_span
        self.attributes = shortcode.attribute_nodes
        self._named: dict[str, Attribute] = {}
        for attribute in self.attributes:
            if attribute.name is not None:
                self._named[attribute.name.lower()] = attribute

    def find(self, name: str) -> Attribute | None:
        """Return the last attribute with a name, in any case: it wins if there are several."""
        return self._named.get(name.lower())

    def find_span(self, name: str) -> Span:
        """Return the span of an attribute, or of the whole opening tag if it is missing."""
        attribute = self.find(name)
        return attribute.span if attribute else self.whole


class ParameterIndex:
    """The parameters of a schema, and the choices of each."""

    def __init__(self, parameters: Sequence[Parameter]) -> None:
        self.names = tuple(parameter.name for parameter in parameters)
        self._parameters = {parameter.name: parameter for parameter in parameters}
        self._choices: dict[str, tuple[list[str], NearNames]] = {}

    def find_description(self, name: str) -> str:
        """Return the description of an attribute, cut to a length that fits into a hint."""
        parameter = self._parameters.get(name)
        return _cut(parameter.description) if parameter else ""

    def list_choices(self, name: str) -> list[str]:
        """Return the choices that the type of an attribute is limited to."""
        return self._index_choices(name)[0]

    def find_choice(self, name: str, value: str) -> str:
        """Return the choice, or true or false, that was probably meant by a value, or an empty
        string.
        """
        parameter = self._parameters.get(name)
        if parameter and parameter.is_flag:
            return find_flag(value)
        return self._index_choices(name)[1].find(value)

    def _index_choices(self, name: str) -> tuple[list[str], NearNames]:
        if name not in self._choices:
            parameter = self._parameters.get(name)
            choices = list_choices(parameter.annotation) if parameter else []
            self._choices[name] = choices, NearNames(filter(_PLAIN.fullmatch, choices))
        return self._choices[name]


class Problem(Protocol):
    """One way in which a shortcode does not fit its schema."""

    @property
    def name(self) -> str:
        """The name of the attribute, as it is written if the schema does not have it."""

    @property
    def fatal(self) -> bool:
        """Whether the shortcode cannot be rendered."""

    def build_diagnostic(self, spans: AttributeSpans, parameters: ParameterIndex) -> Diagnostic:
        """Return the diagnostic."""


@dataclass(frozen=True, slots=True)
class WrongValue:
    """SC601: a value that does not fit. SC602 if the attribute is required."""

    name: str
    value: Any
    reason: Mapping[str, Any]
    """The error of pydantic."""
    fatal: bool
    namesake: str = ""
    """Another attribute with a similar name, which takes the value; an empty string for none."""

    def build_diagnostic(self, spans: AttributeSpans, parameters: ParameterIndex) -> Diagnostic:
        """Return the diagnostic, with the most similar choice, or the attribute that takes it."""
        code, message = self._describe(spans.tag, parameters)
        hint, fix = "", None
        attribute = spans.find(self.name)
        meant = parameters.find_choice(self.name, str(self.value).strip())
        if attribute and meant:
            hint = f"did you mean {meant!r}?"
            fix = Fix(f"write {meant!r}", (Edit(attribute.value_span, meant),), safe=False)
        elif attribute and attribute.name_span and self.namesake:
            hint = f"did you mean {self.namesake}={format_value(self.value)}?"
            edits = (Edit(attribute.name_span, self.namesake),)
            fix = Fix(f"rename it to {self.namesake!r}", edits, safe=False)
        severity: Severity = "error" if self.fatal else "warning"
        return Diagnostic(code, message, spans.find_span(self.name), severity, hint, fix)

    def _describe(self, tag: str, parameters: ParameterIndex) -> tuple[str, str]:
        """Return the code, which the type may determine, and the message."""
        error = self.reason.get("ctx", {}).get("error")
        if isinstance(error, BadValueError):
            return error.code, f"{self.name} is {format_value(self.value)}, not {error.wanted}"
        wanted = describe_wanted(self.reason, parameters.list_choices(self.name))
        place, value = self.name, self.value
        item = self.reason["loc"][-1]
        if isinstance(item, int):
            place, value = f"item {item + 1} of {self.name}", self.reason["input"]
        problem = f"write {_cut(wanted or 'another value')} for {place}, not {format_value(value)}"
        if not wanted and isinstance(error, Exception):
            problem = f"{problem}: {_cut(str(error))}"
        return ("SC602", problem) if self.fatal else ("SC601", f"{problem}; the default is used")


@dataclass(frozen=True, slots=True)
class MissingAttribute:
    """SC602: a required attribute that is missing."""

    name: str
    fatal: ClassVar[bool] = True

    def build_diagnostic(self, spans: AttributeSpans, parameters: ParameterIndex) -> Diagnostic:
        """Return the diagnostic, with the description of the attribute."""
        message = f"add the attribute {format_value(self.name)}, which [{spans.tag}] requires"
        hint = parameters.find_description(self.name)
        return Diagnostic("SC602", message, spans.whole, "error", hint)


@dataclass(frozen=True, slots=True)
class MoreMissingAttributes:
    """SC602: further required attributes that are missing, too many to list them all."""

    name: str
    """The first of them."""
    count: int
    fatal: ClassVar[bool] = True

    def build_diagnostic(self, spans: AttributeSpans, parameters: ParameterIndex) -> Diagnostic:
        """Return the diagnostic, with the number of the attributes."""
        message = f"add {self.count} more attributes, which [{spans.tag}] requires"
        return Diagnostic("SC602", message, spans.whole, "error")


@dataclass(frozen=True, slots=True)
class UnknownAttribute:
    """SC603: an attribute that the schema does not have."""

    name: str
    near: str
    """The attribute that was probably meant, or an empty string."""
    fatal: ClassVar[bool] = False

    def build_diagnostic(self, spans: AttributeSpans, parameters: ParameterIndex) -> Diagnostic:
        """Return the diagnostic, with the most similar attribute, or a list of all."""
        name = format_value(self.name)
        message = f"rename or delete {name}: [{spans.tag}] has no such attribute"
        if not self.near:
            known = parameters.names
            hint = f"known: {list_names(known)}" if 0 < len(known) <= LISTED else ""
            return Diagnostic("SC603", message, spans.find_span(self.name), hint=hint)
        hint, fix = f"did you mean {self.near!r}?", None
        attribute = spans.find(self.name)
        if attribute and attribute.name_span and not spans.find(self.near):
            edits = (Edit(attribute.name_span, self.near),)
            fix = Fix(f"rename it to {self.near!r}", edits, safe=False)
        return Diagnostic("SC603", message, spans.find_span(self.name), "warning", hint, fix)


@dataclass(frozen=True, slots=True)
class UnnamedValues:
    """SC604: values without a name that the schema does not take."""

    name: str
    """The first of the values."""
    count: int
    likely: Sequence[str]
    """The attributes that this value fits."""
    fatal: ClassVar[bool] = False

    def build_diagnostic(self, spans: AttributeSpans, parameters: ParameterIndex) -> Diagnostic:
        """Return the diagnostic, with the attributes that may have been meant."""
        nodes = (node for node in spans.attributes if node.name is None)
        span = next((n.span for n in nodes if n.value == self.name), spans.whole)
        more = f" and {self.count - 1} more values names" if self.count > 1 else " a name"
        message = f"give {format_value(self.name)}{more}: [{spans.tag}] takes none without"
        if self.count == 2 and self.name.lower() in parameters.names:
            message = f'put "=" between {self.name} and its value: [{spans.tag}] takes none without'
            return Diagnostic("SC604", message, span)
        names = list_names(self.likely, " or ")
        hint = f"it may be the value of {names}" if names else ""
        return Diagnostic("SC604", message, span, hint=hint)


def _cut(sentence: str) -> str:
    return sentence if len(sentence) <= _LONGEST else f"{sentence[: _LONGEST - 1]}…"


def format_value(value: object) -> str:
    """Return a value as messages quote it: short, and on one line."""
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def list_choices(annotation: Any) -> list[str]:
    """Return the choices that a type is limited to."""
    if get_origin(annotation) is Literal:
        return [str(choice) for choice in get_args(annotation)]
    if isinstance(annotation, WithJsonSchema):
        return list((annotation.json_schema or {}).get("enum", ()))
    return [choice for part in get_args(annotation) for choice in list_choices(part)]

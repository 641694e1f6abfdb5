"""Problems: how a shortcode does not fit its schema, as diagnostics."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Protocol, get_args, get_origin

from pydantic import WithJsonSchema

from shortcodes.common.suggestions import NearNames
from shortcodes.diagnostics import Diagnostic, Edit, Fix, Severity
from shortcodes.errors import ShortcodeError
from shortcodes.nodes import Attribute, Shortcode, Span
from shortcodes.schemas.parameter import Parameter

_PLAIN = re.compile(r"[\w.#%+-]++")
"""A value that can replace another one, whatever the quotes."""
_SHOWN = 60
_NAMED = 12
"""The most attributes that a hint lists."""


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


class Problem(Protocol):
    """One way in which a shortcode does not fit its schema."""

    @property
    def name(self) -> str:
        """The name of the attribute, as it is written if the schema does not have it."""

    @property
    def fatal(self) -> bool:
        """Whether the shortcode cannot be rendered."""

    def build_diagnostic(
        self, spans: AttributeSpans, parameters: Sequence[Parameter]
    ) -> Diagnostic:
        """Return the diagnostic."""


@dataclass(frozen=True, slots=True)
class WrongValue:
    """SC601: a value that does not fit. SC602 if the attribute is required."""

    name: str
    value: Any
    reason: Mapping[str, Any]
    """The error of pydantic."""
    fatal: bool

    def build_diagnostic(
        self, spans: AttributeSpans, parameters: Sequence[Parameter]
    ) -> Diagnostic:
        """Return the diagnostic, with the most similar choice."""
        code, message = self._describe()
        hint, fix = "", None
        parameter, attribute = _find_parameter(parameters, self.name), spans.find(self.name)
        choices = list_choices(parameter.annotation) if parameter else []
        meant = NearNames(filter(_PLAIN.fullmatch, choices)).find(str(self.value).strip())
        if meant and attribute:
            hint = f"did you mean {meant!r}?"
            fix = Fix(f"write {meant!r}", (Edit(attribute.value_span, meant),), safe=False)
        severity: Severity = "error" if self.fatal else "warning"
        return Diagnostic(code, message, spans.find_span(self.name), severity, hint, fix)

    def _describe(self) -> tuple[str, str]:
        """Return the code, which the type may determine, and the message."""
        error = self.reason.get("ctx", {}).get("error")
        if isinstance(error, BadValueError):
            return error.code, f"{self.name} is {format_value(self.value)}, not {error.wanted}"
        problem = f"{self.name}={format_value(self.value)}: {format_reason(self.reason['msg'])}"
        return ("SC602", problem) if self.fatal else ("SC601", f"{problem}; the default is used")


@dataclass(frozen=True, slots=True)
class MissingAttribute:
    """SC602: a required attribute that is missing."""

    name: str
    fatal: ClassVar[bool] = True

    def build_diagnostic(
        self, spans: AttributeSpans, parameters: Sequence[Parameter]
    ) -> Diagnostic:
        """Return the diagnostic, with the description of the attribute."""
        parameter = _find_parameter(parameters, self.name)
        message = f"the required attribute {self.name!r} is missing"
        hint = parameter.description if parameter else ""
        return Diagnostic("SC602", message, spans.whole, "error", hint)


@dataclass(frozen=True, slots=True)
class UnknownAttribute:
    """SC603: an attribute that the schema does not have."""

    name: str
    near: str
    """The attribute that was probably meant, or an empty string."""
    fatal: ClassVar[bool] = False

    def build_diagnostic(
        self, spans: AttributeSpans, parameters: Sequence[Parameter]
    ) -> Diagnostic:
        """Return the diagnostic, with the most similar attribute, or a list of all."""
        message = f"[{spans.tag}] has no attribute {format_value(self.name)}"
        if not self.near:
            known = [p.name for p in parameters]
            hint = f"known: {', '.join(known)}" if 0 < len(known) <= _NAMED else ""
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

    def build_diagnostic(
        self, spans: AttributeSpans, parameters: Sequence[Parameter]
    ) -> Diagnostic:
        """Return the diagnostic, with the attributes that may have been meant."""
        nodes = (node for node in spans.attributes if node.name is None)
        span = next((n.span for n in nodes if n.value == self.name), spans.whole)
        more = f", nor {self.count - 1} more" if self.count > 1 else ""
        message = f"[{spans.tag}] does not take {format_value(self.name)} without a name{more}"
        hint = f"it may be the value of {' or '.join(self.likely)}" if self.likely else ""
        return Diagnostic("SC604", message, span, hint=hint)


def _find_parameter(parameters: Sequence[Parameter], name: str) -> Parameter | None:
    return next((p for p in parameters if p.name == name), None)


def format_value(value: object) -> str:
    """Return a value as messages quote it: short, and on one line."""
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def format_reason(sentence: str) -> str:
    """Return a message of pydantic in the form of a fact, without its prefix."""
    sentence = sentence.removeprefix("Value error, ")
    return sentence if sentence[1:2].isupper() else f"{sentence[:1].lower()}{sentence[1:]}"


def list_choices(annotation: Any) -> list[str]:
    """Return the choices that a type is limited to."""
    if get_origin(annotation) is Literal:
        return [str(choice) for choice in get_args(annotation)]
    if isinstance(annotation, WithJsonSchema):
        return list((annotation.json_schema or {}).get("enum", ()))
    return [choice for part in get_args(annotation) for choice in list_choices(part)]

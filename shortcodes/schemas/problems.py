"""Problems: in what a shortcode does not fit its schema, as diagnostics with their places."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Protocol, get_args, get_origin

from pydantic import WithJsonSchema

from shortcodes.diagnostics import Diagnostic, Edit, Fix, Severity
from shortcodes.errors import ShortcodeError
from shortcodes.nodes import Attribute, Shortcode, Span
from shortcodes.schemas.parameter import Parameter
from shortcodes.suggestions import NearNames

_PLAIN = re.compile(r"[\w.#%+-]++")
"""A value that may stand where another one stood, whatever its quotes."""
_SHOWN = 60
_NAMED = 12
"""How many attributes a hint names."""


class BadValueError(ShortcodeError, ValueError):
    """Raised by a type of an attribute whose bad values have a diagnostic of their own."""

    def __init__(self, code: str, wanted: str) -> None:
        super().__init__(f"not {wanted}")
        self.code = code  # the diagnostic's
        self.wanted = wanted  # what would have been right


class Places:
    """Where the attributes of a shortcode stand."""

    def __init__(self, shortcode: Shortcode) -> None:
        self.tag = shortcode.name
        self.whole = shortcode.open_span
        self.attributes = shortcode.attribute_nodes
        self._named: dict[str, Attribute] = {}
        for attribute in self.attributes:
            if attribute.name is not None:
                self._named[attribute.name.lower()] = attribute

    def named(self, name: str) -> Attribute | None:
        """Return the attribute of that name, in whatever case; of several the last, which wins."""
        return self._named.get(name.lower())

    def of(self, name: str) -> Span:
        """Return the place of an attribute, or of all where there is none of that name."""
        attribute = self.named(name)
        return attribute.span if attribute else self.whole


class Problem(Protocol):
    """One thing in which a shortcode does not fit."""

    @property
    def name(self) -> str:
        """The attribute, as written where the schema does not have it."""

    @property
    def fatal(self) -> bool:
        """Whether the shortcode cannot be rendered."""

    def at(self, places: Places, parameters: Sequence[Parameter]) -> Diagnostic:
        """Return the diagnostic."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """SC601: a value that does not fit; SC602 where it had to."""

    name: str
    given: Any
    reason: Mapping[str, Any]
    """What pydantic says."""
    fatal: bool

    def at(self, places: Places, parameters: Sequence[Parameter]) -> Diagnostic:
        """Return the diagnostic, with the choice that is near."""
        code, message = self._told()
        hint, fix = "", None
        parameter, attribute = _of_name(parameters, self.name), places.named(self.name)
        choices = choices_of(parameter.annotation) if parameter else []
        meant = NearNames(filter(_PLAIN.fullmatch, choices)).find(str(self.given).strip())
        if meant and attribute:
            hint = f"did you mean {meant!r}?"
            fix = Fix(f"write {meant!r}", (Edit(attribute.value_span, meant),), safe=False)
        severity: Severity = "error" if self.fatal else "warning"
        return Diagnostic(code, message, places.of(self.name), severity, hint, fix)

    def _told(self) -> tuple[str, str]:
        """Return the code, that of the type if it has one, and the message."""
        error = self.reason.get("ctx", {}).get("error")
        if isinstance(error, BadValueError):
            return error.code, f"{self.name} is {shown(self.given)}, not {error.wanted}"
        problem = f"{self.name}={shown(self.given)}: {as_fact(self.reason['msg'])}"
        return ("SC602", problem) if self.fatal else ("SC601", f"{problem}; the default is used")


@dataclass(frozen=True, slots=True)
class Missing:
    """SC602: a required attribute is not there."""

    name: str
    fatal: ClassVar[bool] = True

    def at(self, places: Places, parameters: Sequence[Parameter]) -> Diagnostic:
        """Return the diagnostic, with what the attribute means."""
        parameter = _of_name(parameters, self.name)
        message = f"the required attribute {self.name!r} is missing"
        hint = parameter.description if parameter else ""
        return Diagnostic("SC602", message, places.whole, "error", hint)


@dataclass(frozen=True, slots=True)
class Unknown:
    """SC603: an attribute that the schema does not have."""

    name: str
    near: str
    """The one that it was meant to be; empty where none is near."""
    fatal: ClassVar[bool] = False

    def at(self, places: Places, parameters: Sequence[Parameter]) -> Diagnostic:
        """Return the diagnostic, with the attribute that is near, or those that there are."""
        message = f"[{places.tag}] has no attribute {shown(self.name)}"
        if not self.near:
            known = [p.name for p in parameters]
            hint = f"known: {', '.join(known)}" if 0 < len(known) <= _NAMED else ""
            return Diagnostic("SC603", message, places.of(self.name), hint=hint)
        hint, fix = f"did you mean {self.near!r}?", None
        attribute = places.named(self.name)
        if attribute and attribute.name_span and not places.named(self.near):
            edits = (Edit(attribute.name_span, self.near),)
            fix = Fix(f"rename it to {self.near!r}", edits, safe=False)
        return Diagnostic("SC603", message, places.of(self.name), "warning", hint, fix)


@dataclass(frozen=True, slots=True)
class Unnamed:
    """SC604: values without a name that nothing takes."""

    name: str
    """The first of them."""
    count: int
    likely: Sequence[str]
    """The attributes that it fits."""
    fatal: ClassVar[bool] = False

    def at(self, places: Places, parameters: Sequence[Parameter]) -> Diagnostic:
        """Return the diagnostic, with the attributes that it may stand for."""
        nodes = (node for node in places.attributes if node.name is None)
        span = next((n.span for n in nodes if n.value == self.name), places.whole)
        more = f", nor {self.count - 1} more" if self.count > 1 else ""
        message = f"[{places.tag}] does not take {shown(self.name)} without a name{more}"
        hint = f"it may be the value of {' or '.join(self.likely)}" if self.likely else ""
        return Diagnostic("SC604", message, span, hint=hint)


def _of_name(parameters: Sequence[Parameter], name: str) -> Parameter | None:
    return next((p for p in parameters if p.name == name), None)


def shown(value: object) -> str:
    """Return a value the way a message quotes it: short, and on one line."""
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def as_fact(sentence: str) -> str:
    """Return what pydantic says as the rest of a message."""
    sentence = sentence.removeprefix("Value error, ")
    return sentence if sentence[1:2].isupper() else f"{sentence[:1].lower()}{sentence[1:]}"


def choices_of(annotation: Any) -> list[str]:
    """Return the values that a type is limited to."""
    if get_origin(annotation) is Literal:
        return [str(choice) for choice in get_args(annotation)]
    if isinstance(annotation, WithJsonSchema):
        return list((annotation.json_schema or {}).get("enum", ()))
    return [choice for part in get_args(annotation) for choice in choices_of(part)]

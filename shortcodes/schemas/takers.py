"""Takers: the attributes for which a value may be meant that does not fit where it is."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from shortcodes.schemas.parameter import Parameter

_MOST_TAKERS = 100
"""Of a schema with more attributes, no hint says which one a value without a name may be for."""
_LONGER = 2
"""How many letters a name may have that another one has not."""

Validate = Callable[[Mapping[str, Any]], dict[str, Any]]


def find_takers(
    validate: Validate, parameters: Sequence[Parameter], value: str, given: Container[str]
) -> tuple[str, ...]:
    """Return the missing attributes for which a value without a name may be meant: the required
    ones, or else those that do not accept just any word.
    """
    if len(parameters) > _MOST_TAKERS:
        return ()
    free = [p for p in parameters if not (p.name in given or p.is_flag)]
    fitting = _select_fitting(validate, free, value)
    required = tuple(p.name for p in fitting if p.required)
    any_word = {p.name for p in _select_fitting(validate, fitting, "x")}
    return required or tuple(p.name for p in fitting if p.name not in any_word)


def find_namesake(
    validate: Validate,
    parameters: Sequence[Parameter],
    name: str,
    value: str,
    given: Container[str],
) -> str:
    """Return the missing attribute that takes a value which another one does not, if its name is
    longer or shorter only at its end, as `ids` is than `id`; or else an empty string.
    """
    near = [
        p
        for p in parameters
        if p.name not in given
        and abs(len(p.name) - len(name)) <= _LONGER
        and (p.name.startswith(name) or name.startswith(p.name))
    ]
    fitting = _select_fitting(validate, near, value) if near else []
    return fitting[0].name if fitting else ""


def _select_fitting(
    validate: Validate, parameters: Sequence[Parameter], value: str
) -> list[Parameter]:
    """Return the parameters, each of which accepts a value."""
    try:
        validate({parameter.name: value for parameter in parameters})
    except ValidationError as error:
        errors = error.errors(include_url=False, include_context=False)
        wrong = {reason["loc"][0] for reason in errors}
        return [parameter for parameter in parameters if parameter.name not in wrong]
    return [*parameters]

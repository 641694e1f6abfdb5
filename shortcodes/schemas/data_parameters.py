"""Parameters that get an entry of the data of the page, and never an attribute."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from shortcodes.common.checks import check_type

_Value = TypeVar("_Value")


class _FromData:
    """The mark of an annotation whose value comes from the data."""


_MARK = _FromData()

Data = Annotated[_Value, _MARK]
"""The annotation of a parameter that gets an entry of the data: `user: Data[User]`. No attribute
can fill it. The entry has the name of the parameter, unless a `Name` gives another."""


@dataclass(frozen=True, slots=True)
class Name:
    """The name of an attribute, or of an entry of the data, that no parameter can have:
    `Annotated[str, Name("24h")]`.
    """

    name: str

    def __post_init__(self) -> None:
        check_type("name", self.name, str)


def find_name(annotation: object) -> str | None:
    """Return the name that a `Name` in an annotation gives, if there is one."""
    extras = get_args(annotation)[1:] if get_origin(annotation) is Annotated else ()
    return next((extra.name for extra in extras if isinstance(extra, Name)), None)


@dataclass(frozen=True, slots=True)
class DataParameter:
    """A parameter that gets an entry of the data."""

    keyword: str
    entry: str
    classes: tuple[type, ...] = ()
    """The classes of which the entry must be an instance; empty if it may be anything."""
    default: Any = inspect.Parameter.empty

    def read(self, data: Mapping[str, Any]) -> Any:
        """Return the entry, or the default if there is none.

        Raises `LookupError` if there is neither, and `TypeError` for an entry of another type. The
        messages do not contain the entry.
        """
        if self.entry not in data:
            if self.default is inspect.Parameter.empty:
                raise LookupError(f"the data of the page has no entry {self.entry!r}")
            return self.default
        value = data[self.entry]
        if self.classes and not isinstance(value, self.classes):
            wanted = " or ".join(each.__name__ for each in self.classes)
            raise TypeError(
                f"the entry {self.entry!r} of the data must be {wanted}, not {type(value).__name__}"
            )
        return value


def read_hints(
    name: str, function: Callable[..., Any], local_names: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the annotations of the parameters of a handler. Raises `TypeError` for an unknown one.

    Args:
        name: The tag name, for messages.
        function: The handler: a function, a partial one, or an object that can be called.
        local_names: Names for annotations, from where the function is defined.
    """
    while isinstance(function, partial):
        function = function.func
    target = function if inspect.isroutine(function) else type(function).__call__
    try:
        return get_type_hints(target, localns=dict(local_names or {}), include_extras=True)
    except NameError as error:
        raise TypeError(f"the handler of {name!r} has an unknown annotation: {error}") from error


def read_data_parameters(
    name: str, function: Callable[..., Any], hints: Mapping[str, Any]
) -> dict[str, DataParameter]:
    """Return the parameters of a handler that get entries of the data, by keyword.

    Raises `TypeError` for one that cannot be passed by keyword, and for `Data` inside another
    type, such as `list[Data[int]]`.
    """
    marked = [keyword for keyword in hints if keyword != "return" and _is_marked(hints[keyword])]
    parameters = inspect.signature(function).parameters if marked else {}
    result: dict[str, DataParameter] = {}
    for keyword in marked:
        if keyword not in parameters:
            continue  # filled already, by `functools.partial`
        parameter, annotation = parameters[keyword], hints[keyword]
        if parameter.kind not in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY):
            raise TypeError(
                f"{keyword!r}, a parameter of the handler of {name!r} that is annotated with Data, "
                "cannot be passed by keyword"
            )
        if not _is_marked_as_a_whole(annotation):
            raise TypeError(
                f"{keyword!r}, a parameter of the handler of {name!r}, has Data inside another "
                "type; write Data around the whole type"
            )
        entry = find_name(annotation) or keyword
        classes = _find_classes(annotation)
        result[keyword] = DataParameter(keyword, entry, classes or (), parameter.default)
    return result


def _is_marked(annotation: object) -> bool:
    """Return whether `Data` stands anywhere in an annotation."""
    return annotation is _MARK or any(map(_is_marked, _list_parts(annotation)))


def _list_parts(annotation: object) -> tuple[object, ...]:
    if isinstance(annotation, list | tuple):  # the parameters of a `Callable`
        return tuple(annotation)
    return get_args(annotation)


def _is_marked_as_a_whole(annotation: object) -> bool:
    """Return whether `Data` stands around a type, or around one of those in `X | None`."""
    if _is_union(annotation):
        return any(map(_is_marked_as_a_whole, get_args(annotation)))
    return get_origin(annotation) is Annotated and _MARK in get_args(annotation)[1:]


def _is_union(annotation: object) -> bool:
    return get_origin(annotation) in (Union, UnionType)


def _find_classes(annotation: object) -> tuple[type, ...] | None:
    """Return the classes that a type stands for, or `None` if `isinstance` cannot tell."""
    if _is_union(annotation):
        found = [_find_classes(part) for part in get_args(annotation)]
        known = [classes for classes in found if classes is not None]
        return tuple(each for classes in known for each in classes) if known == found else None
    if get_origin(annotation) is Annotated:
        return _find_classes(get_args(annotation)[0])
    if annotation is None:
        return (type(None),)
    if annotation is float:
        return (float, int)
    kind = get_origin(annotation) or annotation
    try:
        isinstance(None, kind)  # type: ignore[arg-type]
    except TypeError:  # a protocol, for example
        return None
    return (kind,) if isinstance(kind, type) else None

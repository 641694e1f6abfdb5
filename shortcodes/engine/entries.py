"""Entries: the ways to render a shortcode, each brought to the same form."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, runtime_checkable

from shortcodes.call import Call
from shortcodes.plugins import Handler
from shortcodes.schemas.schema import Schema
from shortcodes.schemas.signatures import Signature, signature_of

HandlerResult = str | Awaitable[str]


@runtime_checkable
class Batch(Protocol):
    """Renders all shortcodes of its name in a document at once."""

    def render_many(self, calls: Sequence[Call]) -> Sequence[str | Exception]:
        """Return what stands for each call, in their order; an exception for one that failed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """How the shortcodes of one name are rendered."""

    run: Callable[[Call], HandlerResult] | None
    """Returns safe markup (`markupsafe.Markup`), or a `str` that is escaped; maybe later."""
    batch: Batch | None = None
    """What renders many at once, instead of `run`."""
    schema: Schema | None = None
    is_async: bool = False
    wants_content: bool = True
    """Whether it has use for what a shortcode encloses before it is asked for."""

    @property
    def is_immediate(self) -> bool:
        """Whether it renders a shortcode without waiting for anything else."""
        return self.batch is None and not self.is_async


@dataclass(frozen=True, slots=True)
class _Function:
    """A function whose parameters are the attributes."""

    function: Callable[..., HandlerResult]
    signature: Signature
    leading: tuple[str, ...]
    """The parameters before one that collects values without a name."""

    def __call__(self, call: Call) -> HandlerResult:
        signature = self.signature
        values = signature.schema.read(call)
        if signature.call and not signature.call_first:
            values[signature.call] = call
        if signature.content:
            values["content"] = call.content
        args = [call] if signature.call_first else []
        if signature.rest:
            rest = values.pop(signature.rest)
            args += [values.pop(keyword) for keyword in self.leading]
            args += rest
        return self.function(*args, **values)


@dataclass(frozen=True, slots=True)
class _AttributeFunction:
    """A function that wants nothing but attributes."""

    function: Callable[..., HandlerResult]
    schema: Schema

    def __call__(self, call: Call) -> HandlerResult:
        return self.function(**self.schema.read(call))


@dataclass(frozen=True, slots=True)
class _SchemaFunction:
    """A function that gets the attributes of a declared schema, and nothing else by keyword."""

    function: Callable[..., HandlerResult]
    schema: Schema

    def __call__(self, call: Call) -> HandlerResult:
        return self.function(call, **self.schema.read(call))


@dataclass(frozen=True, slots=True)
class _Constant:
    """The same for every shortcode."""

    made: str

    def __call__(self, call: Call) -> str:
        return self.made


@dataclass(frozen=True, slots=True)
class _PluginHandler:
    """A plug-in's handler."""

    handler: Handler

    def __call__(self, call: Call) -> str:
        return self.handler.handle(call.shortcode, replace(call.context, content=call.content))


def build_entry(
    name: str,
    what: object,
    schema: Schema | None = None,
    local_names: Mapping[str, Any] | None = None,
) -> Entry:
    """Return the entry for a function, a batch, a plug-in's handler, a constant or an entry.

    A class is made an instance of. A batch or a handler may have a `schema`, by which its
    shortcodes are linted. Raises `TypeError` for anything else.
    """
    if isinstance(what, type):
        what = what()
    if isinstance(what, Entry):
        return what
    if isinstance(what, str):
        return Entry(_Constant(what), schema=schema, wants_content=False)
    own = getattr(what, "schema", None)
    if schema is None and isinstance(own, Schema):
        schema = own
    if isinstance(what, Batch):
        return Entry(None, what, schema, inspect.iscoroutinefunction(what.render_many))
    if isinstance(what, Handler):
        return Entry(_PluginHandler(what), schema=schema)
    if not callable(what):
        kinds = "a function, a str, or an object with render_many or handle"
        raise TypeError(f"what renders {name!r} must be {kinds}, not {type(what).__name__}")
    is_async = inspect.iscoroutinefunction(what) or inspect.iscoroutinefunction(
        getattr(what, "__call__", None)  # noqa: B004 - the method itself is looked at
    )
    if schema is not None:
        return Entry(_SchemaFunction(what, schema), None, schema, is_async)
    signature = signature_of(name, what, local_names)
    if not (signature.call or signature.content or signature.rest):
        run: Callable[[Call], HandlerResult] = _AttributeFunction(what, signature.schema)
        return Entry(run, None, signature.schema, is_async, wants_content=False)
    parameters = list(inspect.signature(what).parameters)
    leading = parameters[: parameters.index(signature.rest)] if signature.rest else []
    if signature.call_first:
        leading = leading[1:]
    run = _Function(what, signature, tuple(leading))
    return Entry(run, None, signature.schema, is_async, signature.content)

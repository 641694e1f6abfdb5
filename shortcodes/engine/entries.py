"""Entries: the various kinds of handlers, converted to one form."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, runtime_checkable

from shortcodes.call import Call
from shortcodes.engine.caching import (
    AsyncCachedHandler,
    Cache,
    CachedHandler,
    MemoryCache,
    is_async_cache,
)
from shortcodes.engine.owners import Owner
from shortcodes.engine.policy import Order
from shortcodes.engine.templates import TemplateHandler
from shortcodes.plugins import Handler
from shortcodes.schemas.data_parameters import (
    DataParameter,
    read_data_parameters,
    read_hints,
)
from shortcodes.schemas.schema import Schema
from shortcodes.schemas.signatures import Signature, read_signature

HandlerResult = str | Awaitable[str]


@runtime_checkable
class Batch(Protocol):
    """Renders all shortcodes with its name in a document at once."""

    def render_many(self, calls: Sequence[Call]) -> Sequence[str | Exception]:
        """Return the markup of each call, in order, or an exception for one that failed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """How the shortcodes with a name are rendered."""

    run: Callable[[Call], HandlerResult] | None
    """Returns safe markup (`markupsafe.Markup`), a `str`, which is escaped, or an awaitable."""
    batch: Batch | None = None
    """Renders many shortcodes at once, instead of `run`."""
    schema: Schema | None = None
    is_async: bool = False
    wants_content: bool = True
    """Whether it needs the enclosed content without asking for it."""
    order: Order | None = None
    """Whether the shortcodes that it encloses are rendered first, or only when it asks; `None` if
    the policy says so."""
    owner: Owner | None = None
    """Who registered it, if anybody did under a name."""

    @property
    def reads_parameters(self) -> bool:
        """Whether its schema is the parameters of a function, and cannot be another one."""
        return isinstance(
            self.run,
            _Function | _AttributeFunction | _SchemaFunction | CachedHandler | AsyncCachedHandler,
        )

    def with_schema(self, schema: Schema) -> Entry:
        """Return the entry with another schema, unless that is the parameters of a function."""
        if self.reads_parameters:
            return self
        run = self.run.with_schema(schema) if isinstance(self.run, TemplateHandler) else self.run
        return replace(self, run=run, schema=schema)

    @property
    def is_gate(self) -> bool:
        """Whether what it encloses may appear only if it says so."""
        return self.order == "outer"

    @property
    def is_immediate(self) -> bool:
        """Whether it can render a shortcode without waiting for anything."""
        return self.batch is None and not self.is_async


@dataclass(frozen=True, slots=True)
class _Function:
    """A function whose parameters are the attributes."""

    function: Callable[..., HandlerResult]
    signature: Signature
    leading: tuple[str, ...]
    """The parameters before the one that collects the remaining positional attributes."""

    def __call__(self, call: Call) -> HandlerResult:
        signature = self.signature
        values = signature.schema.read(call)
        if signature.call and not signature.call_first:
            values[signature.call] = call
        if signature.content:
            values["content"] = call.content
        if signature.data:
            values |= _read_data(signature.data, call)
        args = [call] if signature.call_first else []
        if signature.rest:
            rest = values.pop(signature.rest)
            args += [values.pop(keyword) for keyword in self.leading]
            args += rest
        return self.function(*args, **values)


@dataclass(frozen=True, slots=True)
class _AttributeFunction:
    """A function that receives nothing but attributes."""

    function: Callable[..., HandlerResult]
    schema: Schema

    def __call__(self, call: Call) -> HandlerResult:
        return self.function(**self.schema.read(call))


@dataclass(frozen=True, slots=True)
class _SchemaFunction:
    """A function that receives the call and, by keyword, the attributes of a declared schema."""

    function: Callable[..., HandlerResult]
    schema: Schema
    data: tuple[DataParameter, ...]
    """The parameters that get entries of the data."""

    def __call__(self, call: Call) -> HandlerResult:
        values = self.schema.read(call)
        if self.data:
            values |= _read_data(self.data, call)
        return self.function(call, **values)


@dataclass(frozen=True, slots=True)
class _Constant:
    """The same text for every shortcode."""

    text: str

    def __call__(self, call: Call) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class _PluginHandler:
    """The handler of a plug-in."""

    handler: Handler

    def __call__(self, call: Call) -> str:
        return self.handler.handle(
            call.shortcode, replace(call.context, content=call.content, data=call.data)
        )


def _read_data(parameters: Sequence[DataParameter], call: Call) -> dict[str, Any]:
    """Return the entries of the data that some parameters get, by keyword."""
    data = call.data
    return {parameter.keyword: parameter.read(data) for parameter in parameters}


def cache_entry(name: str, entry: Entry, what: object, cache: float | Cache) -> Entry:
    """Return an entry that keeps what a function returns.

    Raises `TypeError` for another kind of handler, and `ValueError` for a gate.
    """
    if entry.run is None or not isinstance(entry.run, _Function | _AttributeFunction):
        raise TypeError(f"what renders {name!r} must be a function without a schema, to be cached")
    if entry.is_gate:
        raise ValueError(f"{name!r} cannot be cached: a gate decides before its content is known")
    kept = cache if isinstance(cache, Cache) else MemoryCache(cache)
    is_async = entry.is_async or is_async_cache(kept)
    kind = AsyncCachedHandler if is_async else CachedHandler
    owner = f"{getattr(what, '__module__', '')}.{getattr(what, '__qualname__', type(what))}"
    signature = entry.run.signature if isinstance(entry.run, _Function) else None
    entries = tuple(parameter.entry for parameter in signature.data) if signature else ()
    reads_content = bool(signature and (signature.call or signature.content))
    run = kind(entry.run, kept, owner, entry.schema, reads_content, entries)
    return replace(entry, run=run, is_async=is_async, wants_content=reads_content)


def build_entry(
    name: str,
    what: object,
    schema: Schema | None = None,
    local_names: Mapping[str, Any] | None = None,
) -> Entry:
    """Return the entry for something that renders shortcodes.

    Args:
        name: The tag name, for messages.
        what: A function, a batch, the handler of a plug-in, a text or an entry. A class is
            instantiated. A batch or a handler may have its own `schema`.
        schema: The attributes, if they are declared elsewhere.
        local_names: Names for annotations, from where the function is defined.

    Raises:
        TypeError: `what` cannot render shortcodes.
    """
    if isinstance(what, type):
        what = what()
    if isinstance(what, Entry):
        return what
    if isinstance(what, str):
        return Entry(_Constant(what), schema=schema, wants_content=False)
    declared = getattr(what, "schema", None)
    if schema is None and isinstance(declared, Schema):
        schema = declared
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
        data = read_data_parameters(name, what, read_hints(name, what, local_names))
        declared_too = [each.keyword for each in schema.parameters if each.keyword in data]
        if declared_too:
            raise TypeError(
                f"{declared_too[0]!r} is an attribute of {name!r}, so it cannot be annotated with "
                "Data"
            )
        run_declared = _SchemaFunction(what, schema, tuple(data.values()))
        return Entry(run_declared, None, schema, is_async)
    signature = read_signature(name, what, local_names)
    if not (signature.call or signature.content or signature.rest or signature.data):
        run: Callable[[Call], HandlerResult] = _AttributeFunction(what, signature.schema)
        return Entry(run, None, signature.schema, is_async, wants_content=False)
    parameters = list(inspect.signature(what).parameters)
    leading = parameters[: parameters.index(signature.rest)] if signature.rest else []
    if signature.call_first:
        leading = leading[1:]
    run = _Function(what, signature, tuple(leading))
    return Entry(run, None, signature.schema, is_async, signature.content)

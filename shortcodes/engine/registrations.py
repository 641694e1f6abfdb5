"""What is registered in an engine: handlers, schemas and listeners to events."""

from __future__ import annotations

import dataclasses
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from inspect import iscoroutinefunction
from types import NoneType
from typing import Any, Literal, Self, TypeVar, get_args, overload

from jinja2 import Environment

from shortcodes.common.checks import (
    check_mapping,
    check_names,
    check_one_of,
    check_path,
    check_type,
    shorten,
)
from shortcodes.engine.caching import Cache, check_cache
from shortcodes.engine.entries import Entry, build_entry, cache_entry
from shortcodes.engine.environments import read_additions
from shortcodes.engine.owners import (
    Override,
    Owner,
    describe_library,
    describe_owner,
    describe_plugin,
)
from shortcodes.engine.policy import Order, Policy, check_order
from shortcodes.engine.templates import TemplateHandler, Templates, is_name
from shortcodes.plugins import Library
from shortcodes.registry import load_handlers, register_libraries
from shortcodes.schemas.declared import parse_declarations
from shortcodes.schemas.schema import Schema

Event = Literal["before_document", "after_document", "before_shortcode", "after_shortcode", "error"]

HandlerType = TypeVar("HandlerType")
_Listener = TypeVar("_Listener", bound=Callable[..., Any])


class Registrations:
    """The handlers, schemas and listeners of an engine, and its policy."""

    def __init__(
        self,
        *,
        templates: str | os.PathLike[str] | None = None,
        schemas: Mapping[str, Any] | None = None,
        installed: bool = False,
        replace: bool = False,
        globals: Mapping[str, Any] | None = None,  # noqa: A002 - as in Jinja2
        filters: Mapping[str, Callable[..., Any]] | None = None,
        tests: Mapping[str, Callable[..., Any]] | None = None,
        environment: Environment | None = None,
        **policy: Any,
    ) -> None:
        check_type("installed", installed, bool)
        check_type("replace", replace, bool)
        if templates is not None:
            check_path("templates", templates)
        self.policy = Policy(**policy)
        self._entries: dict[str, Entry] = {}
        self._schemas: dict[str, Schema] = {}
        self._events: dict[str, tuple[Callable[..., Any], ...]] = {}
        self._default: Entry | None = None
        self._overrides: dict[str, Override] = {}
        self._library: Owner | None = None
        self._additions = read_additions(globals, filters, tests, environment)
        if installed:
            for tag, handler in load_handlers().items():
                owner = describe_plugin(handler)
                self._entries[tag] = dataclasses.replace(build_entry(tag, handler), owner=owner)
            register_libraries(self)
        if schemas is not None:
            self.declare(schemas, replace=replace)
        if templates is not None:
            self.add_templates(templates, replace=replace)

    # --- registering --------------------------------------------------------------------------

    def register(
        self,
        name: str,
        what: object,
        *,
        aliases: Iterable[str] = (),
        schema: Schema | None = None,
        order: Order | None = None,
        cache: float | Cache | None = None,
        replace: bool = False,
        _locals: Mapping[str, Any] | None = None,
    ) -> None:
        """Register a handler. Its names then always count as shortcodes.

        Args:
            name: The tag name.
            what: A function, whose parameters are the attributes; a class or object with
                `render_many(calls)`; the handler of a plug-in; or a `str`, which replaces every
                shortcode with the name.
            aliases: Further tag names.
            schema: The attributes, if the handler does not declare them.
            order: "outer" makes the handler a gate: what it encloses is rendered only when it asks
                for its content, and does not appear if it fails, whatever the policy says. With
                "inner", what it encloses is rendered before it. By default the policy decides.
            cache: Seconds for which to keep, in memory, what a function returns, or an object with
                `get` and `set` that keeps it.
            replace: Whether to replace handlers that have these names.

        Raises:
            ValueError: A name has a handler already, or cannot be a tag name, or an argument has a
                wrong value.
            TypeError: `what` cannot render, or an argument has the wrong type.
        """
        names = _check_tag_names(name, aliases)
        check_type("schema", schema, Schema, NoneType)
        check_order(order)
        check_cache(cache)
        check_type("replace", replace, bool)
        owner = _find_owner(what, self._library)
        registered = [other for other in names if other in self._entries]
        if registered and not replace:
            raise ValueError(self._describe_clash(registered[0], owner))
        schema = schema or self._schemas.get(name)
        entry = build_entry(name, what, schema, _locals)
        if order is not None:
            entry = dataclasses.replace(entry, order=order)
        if cache is not None:
            entry = cache_entry(name, entry, what, cache)
        for other in registered:
            self._note_override(other, owner)
        self._entries.update(dict.fromkeys(names, dataclasses.replace(entry, owner=owner)))

    def shortcode(
        self,
        name: str,
        *,
        aliases: Iterable[str] = (),
        order: Order | None = None,
        cache: float | Cache | None = None,
        replace: bool = False,
    ) -> Callable[[HandlerType], HandlerType]:
        """Register the decorated function or class. See `register`."""
        frame = sys._getframe(1)
        check_order(order)
        check_cache(cache)
        check_type("replace", replace, bool)
        _, *aliases = _check_tag_names(name, aliases)

        def decorate(what: HandlerType) -> HandlerType:
            self.register(
                name,
                what,
                aliases=aliases,
                order=order,
                cache=cache,
                replace=replace,
                _locals=dict(frame.f_locals),
            )
            return what

        return decorate

    def default(self, what: HandlerType) -> HandlerType:
        """Register a handler for shortcodes that have none. May be used as a decorator."""
        self._default = build_entry("*", what)
        return what

    def add_library(
        self,
        library: Library,
        settings: Mapping[str, Any] | None = None,
        *,
        replace: bool = False,
    ) -> None:
        """Register the handlers of a library, with its settings, as the library's own.

        With `replace`, they replace handlers that have their names. Raises what the library raises.
        """
        check_type("library", library, Library)
        if settings is not None:
            check_mapping("settings", settings, object)
        check_type("replace", replace, bool)
        self._library = describe_library(library)
        try:
            library.register(self, replace=replace, **(settings or {}))
        finally:
            self._library = None

    def add_templates(self, folder: str | os.PathLike[str], *, replace: bool = False) -> None:
        """Register the templates in a folder under the names of their files.

        A template is read when it is first used, and so is the CSS in a file with its name.

        Args:
            folder: The folder.
            replace: Whether to replace handlers that have these names, such as built-in ones.

        Raises:
            FileNotFoundError: There is no such folder.
            ValueError: A name has a handler already. Then no template is registered.
            TypeError: An argument has the wrong type.
        """
        check_path("folder", folder)
        check_type("replace", replace, bool)
        templates = Templates(folder, self._additions)
        names = templates.list_names()
        for name in names:
            if name in self._entries and not replace:
                raise ValueError(self._describe_clash(name, templates.describe_owner(name)))
        for name in names:
            schema, owner = self._schemas.get(name), templates.describe_owner(name)
            entry = Entry(TemplateHandler(templates, name, schema), schema=schema, owner=owner)
            self.register(name, entry, replace=replace)

    def declare(self, schemas: Mapping[str, Any], *, replace: bool = False) -> None:
        """Declare the attributes of tags, in the form of a TOML table or a JSON object.

        For example `{"button": {"attributes": {"url": {"type": "url", "required": true}}}}`.
        Templates and functions that are registered later under these names receive the values.

        Args:
            schemas: A table for each tag.
            replace: Whether to replace schemas that are declared already or belong to handlers.

        Functions that are registered already keep their parameters; a declaration with their names
        is for handlers that replace them.

        Raises:
            ValueError: There is a mistake in a declaration, or a name has a schema already. Then
                nothing is declared.
            TypeError: `schemas` is not a mapping of names, or `replace` not a `bool`.
        """
        check_mapping("schemas", schemas, object)
        check_type("replace", replace, bool)
        declared = parse_declarations(schemas)
        for name in () if replace else declared:
            entry = self._entries.get(name)
            if name in self._schemas:
                raise ValueError(_describe_second_schema(name, "which was declared"))
            if entry and entry.schema and not entry.reads_parameters:
                raise ValueError(_describe_second_schema(name, f"of {entry.owner}"))
        self._schemas.update(declared)
        changed = {
            id(entry): entry.with_schema(schema)
            for name, schema in declared.items()
            if (entry := self._entries.get(name)) is not None
        }
        if changed:  # under all names of an entry
            for name, entry in self._entries.items():
                self._entries[name] = changed.get(id(entry), entry)

    @overload
    def on(self, event: Event) -> Callable[[_Listener], _Listener]: ...

    @overload
    def on(self, event: Event, function: _Listener) -> _Listener: ...

    def on(self, event: Event, function: Callable[..., Any] | None = None) -> Any:
        """Call a function at an event. May be used as a decorator.

        Args:
            event: "before_document", whose functions receive the document; "after_document", which
                receives the HTML; "before_shortcode", which receives a call; "after_shortcode",
                which receives the call and its markup; or "error", which receives the call of a
                shortcode that failed, and the exception.
            function: A function. A `str` that it returns before a shortcode replaces the shortcode,
                whose handler is not run. Whatever but `None` it returns after a shortcode or a
                document replaces the markup. What it returns for an error is ignored.

        Raises:
            ValueError: There is no such event.
            TypeError: `function` is not a function, or an asynchronous one.
        """
        check_one_of("event", event, get_args(Event))

        def add(listener: Callable[..., Any]) -> Callable[..., Any]:
            if not callable(listener):
                raise TypeError(
                    f"the listener of {event!r} must be a function, not {type(listener).__name__}"
                )
            if iscoroutinefunction(listener):
                raise TypeError(f"the listener of {event!r} must not be asynchronous")
            self._events[event] = (*self._events.get(event, ()), listener)
            return listener

        return add if function is None else add(function)

    # --- looking up -----------------------------------------------------------------------------

    @property
    def names(self) -> list[str]:
        """The names that have a handler, sorted."""
        return sorted(self._entries)

    @property
    def schemas(self) -> dict[str, Schema]:
        """The schemas of the tags that have one, by name."""
        of_handlers = {name: e.schema for name, e in self._entries.items() if e.schema is not None}
        return {**self._schemas, **of_handlers}

    @property
    def overrides(self) -> dict[str, Override]:
        """Who renders the tags whose handler replaced another owner's, and whose, by name."""
        return dict(self._overrides)

    def entry(self, name: str) -> Entry | None:
        """Return the entry that renders the shortcodes with a name, or `None`."""
        return self._entries.get(name, self._default)

    def listeners(self, event: Event) -> tuple[Callable[..., Any], ...]:
        """Return the functions that are called at an event, in order."""
        return self._events.get(event, ())

    def copy(self) -> Self:
        """Return an engine with the same handlers that can be changed independently of this one."""
        copy = type(self).__new__(type(self))
        copy.__dict__.update(self.__dict__)
        copy._entries, copy._schemas = dict(self._entries), dict(self._schemas)
        copy._events, copy._overrides = dict(self._events), dict(self._overrides)
        return copy

    def _note_override(self, name: str, owner: Owner) -> None:
        """Note who replaces the handler of a name, unless that was the same owner's."""
        replaced = self._entries[name].owner
        if replaced is not None and replaced != owner:
            self._overrides[name] = Override(owner, replaced)

    def _describe_clash(self, name: str, owner: Owner) -> str:
        """Return the message for a name that a second owner registers."""
        return (
            f"{name!r} is registered already, by {self._entries[name].owner}: pass replace=True to "
            f"put {owner} in its place"
        )


def _describe_second_schema(name: str, origin: str) -> str:
    """Return the message for a name that is declared, though it has a schema."""
    return (
        f"{name!r} has a schema already, {origin}: pass replace=True to put this declaration in "
        "its place"
    )


def _find_owner(what: object, library: Owner | None) -> Owner:
    """Return the owner of something that is registered, maybe by a library."""
    known = what.owner if isinstance(what, Entry) else None
    return library or known or describe_owner(what)


def _check_tag_names(name: str, aliases: Iterable[str]) -> list[str]:
    """Return a name and its aliases. Raises `ValueError` for one that cannot be a tag name."""
    check_type("the name of a shortcode", name, str)
    names = [name, *check_names("aliases", aliases)]
    for name in names:
        if not is_name(name):
            raise ValueError(f"{shorten(name)} cannot be the name of a shortcode")
    return names

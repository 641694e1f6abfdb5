"""The engine: handlers for shortcodes, and the rules by which they render.

Engines share nothing with each other. An engine may be used in many threads once it is built. It is
cheap to copy, and can be pickled if its handlers can.
"""

from __future__ import annotations

import dataclasses
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from inspect import iscoroutinefunction
from types import NoneType
from typing import Any, Literal, Self, TypeVar, Unpack, get_args, overload

from markupsafe import Markup

from shortcodes.common.checks import (
    check_mapping,
    check_names,
    check_one_of,
    check_path,
    check_type,
    shorten,
)
from shortcodes.diagnostics import Diagnostic
from shortcodes.dialects import ParseOptions
from shortcodes.engine.caching import Cache, check_cache
from shortcodes.engine.entries import Entry, build_entry, cache_entry
from shortcodes.engine.policy import Order, Policy, check_order
from shortcodes.engine.strict import refuse_problems
from shortcodes.engine.templates import TemplateHandler, Templates, is_name
from shortcodes.nodes import Document
from shortcodes.parser import parse
from shortcodes.plugins import Context, Format, check_format
from shortcodes.registry import get_renderer, load_handlers, register_libraries
from shortcodes.schemas.declared import parse_declarations
from shortcodes.schemas.schema import Schema

Event = Literal["before_document", "after_document", "before_shortcode", "after_shortcode", "error"]

HandlerType = TypeVar("HandlerType")
_Listener = TypeVar("_Listener", bound=Callable[..., Any])


class Engine:
    """Renders shortcodes with the functions, templates and other handlers registered in it.

    Args:
        templates: A folder with a Jinja2 template for each tag.
        schemas: The attributes of tags, as for `Engine.declare`.
        installed: Whether to register all handlers that are built in or installed.
        **policy: The fields of `Policy`.

    Raises:
        TypeError: An argument has the wrong type.
        ValueError: An argument has a wrong value.
        FileNotFoundError: There is no such folder.
    """

    def __init__(
        self,
        *,
        templates: str | os.PathLike[str] | None = None,
        schemas: Mapping[str, Any] | None = None,
        installed: bool = False,
        **policy: Any,
    ) -> None:
        check_type("installed", installed, bool)
        if templates is not None:
            check_path("templates", templates)
        self.policy = Policy(**policy)
        self._entries: dict[str, Entry] = {}
        self._schemas: dict[str, Schema] = {}
        self._events: dict[str, tuple[Callable[..., Any], ...]] = {}
        self._default: Entry | None = None
        if installed:
            for tag, handler in load_handlers().items():
                self._entries[tag] = build_entry(tag, handler)
            register_libraries(self)
        if schemas is not None:
            self.declare(schemas)
        if templates is not None:
            self.add_templates(templates)

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
        registered = [other for other in names if other in self._entries]
        if registered and not replace:
            raise ValueError(f"{registered[0]!r} is registered already")
        schema = schema or self._schemas.get(name)
        entry = build_entry(name, what, schema, _locals)
        if order is not None:
            entry = dataclasses.replace(entry, order=order)
        if cache is not None:
            entry = cache_entry(name, entry, what, cache)
        self._entries.update(dict.fromkeys(names, entry))

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

    def add_templates(self, folder: str | os.PathLike[str]) -> None:
        """Register the templates in a folder under the names of their files.

        A template is read when it is first used. Raises `FileNotFoundError` if there is no such
        folder, `ValueError` for a name that has a handler already, and `TypeError` if `folder` is
        not a path.
        """
        check_path("folder", folder)
        templates = Templates(folder)
        for name in templates.list_names():
            schema = self._schemas.get(name)
            self.register(name, Entry(TemplateHandler(templates, name, schema), schema=schema))

    def declare(self, schemas: Mapping[str, Any]) -> None:
        """Declare the attributes of tags, in the form of a TOML table or a JSON object.

        For example `{"button": {"attributes": {"url": {"type": "url", "required": true}}}}`.
        Templates and functions that are registered later under these names receive the values.
        Raises `ValueError`, which names the key, for a mistake in a declaration, and `TypeError` if
        `schemas` is not a mapping of names.
        """
        check_mapping("schemas", schemas, object)
        self._schemas.update(parse_declarations(schemas))

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
        copy._events = dict(self._events)
        return copy

    # --- rendering ------------------------------------------------------------------------------

    def parse(self, text: str, **options: Unpack[ParseOptions]) -> Document:
        """Parse a text in which the registered names are shortcodes. See `shortcodes.parse`."""
        options["known"] = [*self._entries, *check_names("known", options.get("known", ()))]
        return parse(text, **options)

    def render(
        self,
        text: str,
        *,
        format: Format = "text",  # noqa: A002 - as in `Context`
        diagnostics: list[Diagnostic] | None = None,
        stylesheets: dict[str, str] | None = None,
        data: Mapping[str, Any] | None = None,
        options: Mapping[str, Any] | None = None,
        strict: bool = False,
        **parsing: Unpack[ParseOptions],
    ) -> Markup:
        """Render a text as an HTML fragment.

        Asynchronous handlers run in a new event loop. If one is already running, await `arender`
        instead.

        Args:
            text: The text.
            format: What it is written in: "text" is escaped and becomes paragraphs, "markdown" is
                converted, "html" passes unchanged.
            diagnostics: A list to which problems are added.
            stylesheets: A mapping to which the CSS of handlers is added, by name. CSS that it
                contains already is not printed again.
            data: What handlers and templates may know of the page and the request, by name, such
                as the user: `Call.data`, and `Data` in annotations. No text can change it.
            options: The options of the `html` renderer, such as `unknown` and `styles`.
            strict: Whether to raise `StrictError`, which lists them, if there are problems.
            **parsing: The options of `shortcodes.parse`.

        Returns:
            The HTML, as safe markup.

        Raises:
            TypeError: An argument has the wrong type, or an option is unknown.
            ValueError: An argument has a wrong value.
            StrictError: `strict` is true, and there are errors or warnings.
            Exception: A handler raised it, and the policy says `on_error="raise"`.
        """
        check_type("strict", strict, bool)
        document, context, known = self._prepare(
            text, format, diagnostics, stylesheets, data, options, parsing
        )
        html = get_renderer("html").render(document, context)
        if strict:
            refuse_problems(document, context.diagnostics[known:])
        return Markup(html)  # noqa: S704 - rendered

    async def arender(
        self,
        text: str,
        *,
        format: Format = "text",  # noqa: A002
        diagnostics: list[Diagnostic] | None = None,
        stylesheets: dict[str, str] | None = None,
        data: Mapping[str, Any] | None = None,
        options: Mapping[str, Any] | None = None,
        strict: bool = False,
        **parsing: Unpack[ParseOptions],
    ) -> Markup:
        """Return the same as `render`; asynchronous handlers of a level run at the same time."""
        check_type("strict", strict, bool)
        document, context, known = self._prepare(
            text, format, diagnostics, stylesheets, data, options, parsing
        )
        html = await get_renderer("html").arender(document, context)  # type: ignore[attr-defined]
        if strict:
            refuse_problems(document, context.diagnostics[known:])
        return Markup(html)  # noqa: S704 - rendered

    def _prepare(
        self,
        text: str,
        format: Format,  # noqa: A002
        diagnostics: list[Diagnostic] | None,
        stylesheets: dict[str, str] | None,
        data: Mapping[str, Any] | None,
        options: Mapping[str, Any] | None,
        parsing: ParseOptions,
    ) -> tuple[Document, Context, int]:
        """Return the document, its context, and how many diagnostics there are already."""
        check_format(format)
        check_type("diagnostics", diagnostics, list, NoneType)
        check_type("stylesheets", stylesheets, dict, NoneType)
        for name, mapping in (("data", data), ("options", options)):
            if mapping is not None:
                check_mapping(name, mapping, object)
        if format == "markdown":
            parsing.setdefault("markdown", True)
        problems: list[Diagnostic] = [] if diagnostics is None else diagnostics
        styles: dict[str, str] = {} if stylesheets is None else stylesheets
        context = Context(
            format,
            dict(options or {}),
            diagnostics=problems,
            stylesheets=styles,
            engine=self,
            data=dict(data or {}),
        )
        known = len(problems)
        document = self.parse(text, **parsing)
        context.report_split(document)
        return document, context, known


def _check_tag_names(name: str, aliases: Iterable[str]) -> list[str]:
    """Return a name and its aliases. Raises `ValueError` for one that cannot be a tag name."""
    check_type("the name of a shortcode", name, str)
    names = [name, *check_names("aliases", aliases)]
    for name in names:
        if not is_name(name):
            raise ValueError(f"{shorten(name)} cannot be the name of a shortcode")
    return names


def default_engine() -> Engine:
    """Return a new engine with all handlers that are built in or installed."""
    return _build_installed().copy()


@cache
def _build_installed() -> Engine:
    return Engine(installed=True)

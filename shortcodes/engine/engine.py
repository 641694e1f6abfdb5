"""The engine: what renders which shortcode, and by which rules.

It holds its handlers itself; nothing is shared between engines. Once built it may be used from
many threads; it is cheap to copy, and can be pickled where its handlers can.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from inspect import iscoroutinefunction
from pathlib import Path
from types import NoneType
from typing import Any, Literal, Self, TypeVar, Unpack, get_args, overload

from markupsafe import Markup

from shortcodes.checks import (
    check_mapping,
    check_names,
    check_one_of,
    check_path,
    check_type,
    shown,
)
from shortcodes.diagnostics import Diagnostic
from shortcodes.dialects import ParseOptions
from shortcodes.engine.entries import Entry, build_entry
from shortcodes.engine.policy import Policy
from shortcodes.engine.templates import TemplateHandler, Templates, is_name
from shortcodes.nodes import Document
from shortcodes.parser import parse
from shortcodes.plugins import Context, Format, check_format
from shortcodes.registry import get_renderer, load_handlers, register_libraries
from shortcodes.schemas.declared import declared
from shortcodes.schemas.schema import Schema

Event = Literal["before_document", "after_document", "before_shortcode", "after_shortcode"]

What = TypeVar("What")
_Listener = TypeVar("_Listener", bound=Callable[..., Any])


class Engine:
    """Renders shortcodes by functions, templates and other handlers that are registered here.

    `templates` is a folder with a Jinja2 file for each tag, `schemas` what declares their
    attributes (see `Engine.declare`). With `installed`, the handlers that come with the library
    and those of installed packages are there too. The rest are the fields of `Policy`.

    Raises `TypeError` for an argument of a wrong type, `ValueError` for a wrong value, and
    `FileNotFoundError` without the folder.
    """

    def __init__(
        self,
        *,
        templates: str | Path | None = None,
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

    # --- what renders -------------------------------------------------------------------------

    def register(
        self,
        name: str,
        what: object,
        *,
        aliases: Iterable[str] = (),
        schema: Schema | None = None,
        replace: bool = False,
        _locals: Mapping[str, Any] | None = None,
    ) -> None:
        """Let something render the shortcodes of a name.

        It is a function, whose parameters are the attributes; a class or object with
        `render_many(calls)`; a plug-in's handler; or a `str`, the same for each. Its names always
        count as shortcodes. Raises `ValueError` for a name that is taken, unless `replace` is true,
        and for one that no shortcode can have; `TypeError` for what cannot render, and for an
        argument of a wrong type.
        """
        names = _check_tag_names(name, aliases)
        check_type("schema", schema, Schema, NoneType)
        check_type("replace", replace, bool)
        taken = [other for other in names if other in self._entries]
        if taken and not replace:
            raise ValueError(f"{taken[0]!r} is registered already")
        schema = schema or self._schemas.get(name)
        entry = build_entry(name, what, schema, _locals)
        self._entries.update(dict.fromkeys(names, entry))

    def shortcode(
        self, name: str, *, aliases: Iterable[str] = (), replace: bool = False
    ) -> Callable[[What], What]:
        """Register the function or class that is decorated. See `register`."""
        frame = sys._getframe(1)
        check_type("replace", replace, bool)
        _, *aliases = _check_tag_names(name, aliases)

        def decorate(what: What) -> What:
            self.register(
                name, what, aliases=aliases, replace=replace, _locals=dict(frame.f_locals)
            )
            return what

        return decorate

    def default(self, what: What) -> What:
        """Let something render the shortcodes that have no handler: a decorator, or called."""
        self._default = build_entry("*", what)
        return what

    def add_templates(self, folder: str | Path) -> None:
        """Let the templates of a folder render the tags that they are named after.

        A template is read when it is first used. Raises `FileNotFoundError` without the folder,
        `ValueError` for a name that is taken, and `TypeError` for what is no path.
        """
        check_path("folder", folder)
        templates = Templates(folder)
        for name in templates.list_names():
            schema = self._schemas.get(name)
            self.register(name, Entry(TemplateHandler(templates, name, schema), schema=schema))

    def declare(self, schemas: Mapping[str, Any]) -> None:
        """Declare the attributes of tags, as a table of TOML or an object of JSON has them.

        `{"button": {"attributes": {"url": {"type": "url", "required": true}}}}`; the templates and
        functions registered behind that under these names get the values. Raises `ValueError`, with
        the place, for what a table may not hold, and `TypeError` for what is no mapping of names.
        """
        check_mapping("schemas", schemas, object)
        self._schemas.update((name, declared(name, table)) for name, table in schemas.items())

    @overload
    def on(self, event: Event) -> Callable[[_Listener], _Listener]: ...

    @overload
    def on(self, event: Event, function: _Listener) -> _Listener: ...

    def on(self, event: Event, function: Callable[..., Any] | None = None) -> Any:
        """Call a function at an event: a decorator, or called with it.

        "before_document" gets the document and "after_document" its HTML; "before_shortcode" gets
        a call, and a `str` that it returns stands for the shortcode, whose handler is not run;
        "after_shortcode" gets the call and its markup. What an "after" function returns, unless it
        is `None`, takes the place of what it got. Raises `ValueError` for an unknown event, and
        `TypeError` for what is no function, or an asynchronous one, which nobody would await.
        """
        check_one_of("event", event, get_args(Event))

        def add(one: Callable[..., Any]) -> Callable[..., Any]:
            if not callable(one):
                raise TypeError(
                    f"what hears {event!r} must be a function, not {type(one).__name__}"
                )
            if iscoroutinefunction(one):
                raise TypeError(f"what hears {event!r} must not be asynchronous")
            self._events[event] = (*self._events.get(event, ()), one)
            return one

        return add if function is None else add(function)

    # --- what is known of it --------------------------------------------------------------------

    @property
    def names(self) -> list[str]:
        """The names that have a handler, sorted."""
        return sorted(self._entries)

    @property
    def schemas(self) -> dict[str, Schema]:
        """The schemas of the tags that have one, by name."""
        found = {name: e.schema for name, e in self._entries.items() if e.schema is not None}
        return {**self._schemas, **found}

    def entry(self, name: str) -> Entry | None:
        """Return what renders the shortcodes of a name, if anything does."""
        return self._entries.get(name, self._default)

    def listeners(self, event: Event) -> tuple[Callable[..., Any], ...]:
        """Return the functions that are called at an event, in order."""
        return self._events.get(event, ())

    def copy(self) -> Self:
        """Return another engine with the same handlers, which changes apart from this one."""
        made = type(self).__new__(type(self))
        made.__dict__.update(self.__dict__)
        made._entries, made._schemas = dict(self._entries), dict(self._schemas)
        made._events = dict(self._events)
        return made

    # --- rendering ------------------------------------------------------------------------------

    def parse(self, text: str, **options: Unpack[ParseOptions]) -> Document:
        """Read a text in which the registered names are shortcodes. See `shortcodes.parse`."""
        options["known"] = [*self._entries, *check_names("known", options.get("known", ()))]
        return parse(text, **options)

    def render(
        self,
        text: str,
        *,
        format: Format = "text",  # noqa: A002 - the name that the context has for it
        diagnostics: list[Diagnostic] | None = None,
        stylesheets: dict[str, str] | None = None,
        options: Mapping[str, Any] | None = None,
        **parsing: Unpack[ParseOptions],
    ) -> Markup:
        """Return a text as an HTML fragment, with what its shortcodes stand for in their place.

        `format` says what the text is written in: "text" is escaped and becomes paragraphs,
        "markdown" is converted, "html" passes as it is. `diagnostics` is filled with what went
        wrong, and `stylesheets` with the CSS of handlers by name; what it holds already is not
        printed again. `options` are the `html` renderer's own, such as `unknown` and `styles`.
        Asynchronous handlers run in an event loop of their own; where one is running already,
        await `arender`.

        Raises `TypeError` for an argument of a wrong type or an unknown option, `ValueError` for a
        wrong value, and what a handler raised only with `on_error="raise"`.
        """
        document, context = self._prepare(text, format, diagnostics, stylesheets, options, parsing)
        return Markup(get_renderer("html").render(document, context))  # noqa: S704 - rendered

    async def arender(
        self,
        text: str,
        *,
        format: Format = "text",  # noqa: A002
        diagnostics: list[Diagnostic] | None = None,
        stylesheets: dict[str, str] | None = None,
        options: Mapping[str, Any] | None = None,
        **parsing: Unpack[ParseOptions],
    ) -> Markup:
        """Return the same as `render`; the asynchronous handlers of a level run together."""
        document, context = self._prepare(text, format, diagnostics, stylesheets, options, parsing)
        made = await get_renderer("html").arender(document, context)  # type: ignore[attr-defined]
        return Markup(made)  # noqa: S704 - rendered

    def _prepare(
        self,
        text: str,
        format: Format,  # noqa: A002
        diagnostics: list[Diagnostic] | None,
        stylesheets: dict[str, str] | None,
        options: Mapping[str, Any] | None,
        parsing: ParseOptions,
    ) -> tuple[Document, Context]:
        check_format(format)
        check_type("diagnostics", diagnostics, list, NoneType)
        check_type("stylesheets", stylesheets, dict, NoneType)
        if options is not None:
            check_mapping("options", options, object)
        if format == "markdown":
            parsing.setdefault("markdown", True)
        found: list[Diagnostic] = [] if diagnostics is None else diagnostics
        styles: dict[str, str] = {} if stylesheets is None else stylesheets
        context = Context(
            format, dict(options or {}), diagnostics=found, stylesheets=styles, engine=self
        )
        document = self.parse(text, **parsing)
        context.report_split(document)
        return document, context


def _check_tag_names(name: str, aliases: Iterable[str]) -> list[str]:
    """Return all names of a shortcode. Raises `ValueError` for one that no shortcode can have."""
    check_type("the name of a shortcode", name, str)
    names = [name, *check_names("aliases", aliases)]
    for one in names:
        if not is_name(one):
            raise ValueError(f"{shown(one)} is no name for a shortcode")
    return names


def default_engine() -> Engine:
    """Return an engine with every handler that is built in or installed; copy it to add others."""
    return _build_installed().copy()


@cache
def _build_installed() -> Engine:
    return Engine(installed=True)

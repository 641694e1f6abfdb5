"""The engine: handlers for shortcodes, and the rules by which they render.

Engines share nothing with each other. An engine may be used in many threads once it is built. It is
cheap to copy, and can be pickled if its handlers can.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import NoneType
from typing import Any, Unpack

from markupsafe import Markup

from shortcodes.common.checks import check_mapping, check_names, check_type
from shortcodes.diagnostics import Diagnostic
from shortcodes.dialects import ParseOptions
from shortcodes.engine.registrations import Registrations
from shortcodes.engine.strict import refuse_problems
from shortcodes.nodes import Document
from shortcodes.parser import parse
from shortcodes.plugins import Context, Format, check_format
from shortcodes.registry import get_renderer


class Engine(Registrations):
    """Renders shortcodes with the functions, templates and other handlers registered in it.

    Args:
        templates: A folder with a Jinja2 template for each tag.
        schemas: The attributes of tags, as for `Engine.declare`.
        installed: Whether to register all handlers that are built in or installed.
        replace: Whether `templates` and `schemas` replace those that are built in or installed.
        globals: Names that all templates may use, such as `url_for`. An attribute with such a name
            is not a variable of a template.
        filters: Further filters of templates, by name.
        tests: Further tests of templates, by name.
        environment: The Jinja2 environment of the site, whose globals, filters, tests, extensions
            and syntax templates have too. They are read from their folder only, escape what they
            print, and are sandboxed, whatever it says.
        **policy: The fields of `Policy`.

    Raises:
        TypeError: An argument has the wrong type.
        ValueError: An argument has a wrong value.
        FileNotFoundError: There is no such folder.
    """

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


def default_engine() -> Engine:
    """Return a new engine with all handlers that are built in or installed."""
    return _build_installed().copy()


@cache
def _build_installed() -> Engine:
    return Engine(installed=True)

"""Helpers for the tests of handlers.

>>> from shortcodes.testing import render_shortcode
>>> render_shortcode("[hello name=Ada]", handler=lambda name: f"Hello, {name}!").markup
Markup('Hello, Ada!')
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import NoneType
from typing import Any

from markupsafe import Markup

from shortcodes.common.checks import check_mapping, check_type, shorten
from shortcodes.diagnostics import Diagnostic
from shortcodes.engine import Engine, Schema
from shortcodes.nodes import Shortcode
from shortcodes.parser import parse
from shortcodes.plugins import Format

__all__ = ["RenderedShortcode", "render_shortcode"]


@dataclass(frozen=True, slots=True)
class RenderedShortcode:
    """The result of rendering one shortcode."""

    markup: Markup
    """The HTML that replaces the shortcode, without style sheets."""
    diagnostics: list[Diagnostic]
    """What the engine and the handler reported, in order."""
    stylesheets: dict[str, str]
    """The CSS that the handler asked for, by name."""


def render_shortcode(
    text: str,
    *,
    handler: object,
    schema: Schema | None = None,
    format: Format = "html",  # noqa: A002 - the name that the context has for it
    data: Mapping[str, Any] | None = None,
    options: Mapping[str, Any] | None = None,
    **policy: Any,
) -> RenderedShortcode:
    """Render one shortcode with one handler, which need not be installed.

    The engine that renders it knows no other handler, so shortcodes of other names in the enclosed
    content stay as they are. A handler that raises is reported as a diagnostic, and the shortcode
    stays in the markup, as on a page; with `on_error="raise"` the exception reaches the test.

    Args:
        text: The source of the shortcode, with its content and closing tag if it has them.
        handler: Anything that `Engine.register` takes: a function, a class or an object.
        schema: The declared attributes, for a handler that does not declare them itself.
        format: The format of the text: "html", "text" or "markdown".
        data: The data of the page and the request; see `Engine.render`.
        options: The options of the `html` renderer, which the handler finds in `Context.options`.
        **policy: The fields of `Policy`, such as `on_error` and `order`.

    Raises:
        TypeError: An argument has the wrong type.
        ValueError: The text is not exactly one shortcode, the handler has `tags` that do not
            include its name, or an option has a wrong value.
    """
    check_type("text", text, str)
    check_type("schema", schema, Schema, NoneType)
    check_type("options", options, Mapping, NoneType)
    if options is not None:
        check_mapping("options", options, object)
    name = _read_name(text)
    tags = getattr(handler, "tags", (name,))
    if name not in tags:
        raise ValueError(f"the handler renders {', '.join(map(repr, tags))}, not {name!r}")
    engine = Engine(**policy)
    engine.register(name, handler, schema=schema)
    diagnostics: list[Diagnostic] = []
    stylesheets: dict[str, str] = {}
    markup = engine.render(
        text,
        format=format,
        diagnostics=diagnostics,
        stylesheets=stylesheets,
        data=data,
        options={"styles": "none", **(options or {})},
        tags=[name],
    )
    return RenderedShortcode(markup, diagnostics, stylesheets)


def _read_name(text: str) -> str:
    """Return the tag name of a text that is one shortcode. Raises `ValueError` for another text."""
    nodes = parse(text, tags="any").children
    if len(nodes) != 1 or not isinstance(nodes[0], Shortcode):
        raise ValueError(f"the text must be one shortcode, not {shorten(text)}")
    return nodes[0].name

"""Helpers for the tests of handlers.

>>> from shortcodes.testing import render_one
>>> rendered = render_one(lambda name: f"Hello, {name}!", "[hello name=Ada]")
>>> rendered.markup
Markup('Hello, Ada!')
>>> rendered.calls[0].attributes["name"]
'Ada'
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import NoneType
from typing import Any

from markupsafe import Markup

from shortcodes.call import Call
from shortcodes.common.checks import check_mapping, check_type, shorten
from shortcodes.diagnostics import Diagnostic
from shortcodes.engine import Engine, Schema
from shortcodes.engine.caching import Cache
from shortcodes.engine.policy import Order
from shortcodes.nodes import Shortcode
from shortcodes.parser import parse
from shortcodes.plugins import Format

__all__ = ["RenderedShortcode", "render_one", "render_shortcode"]


@dataclass(frozen=True, slots=True)
class RenderedShortcode:
    """The result of rendering one shortcode."""

    markup: Markup
    """The HTML that replaces the shortcode, without style sheets."""
    diagnostics: list[Diagnostic]
    """What the engine and the handler reported, in order."""
    stylesheets: dict[str, str]
    """The CSS that the handler asked for, by name."""
    calls: list[Call] = field(default_factory=list, compare=False)
    """The shortcode and those that it encloses, in the order of the text, as far as there is a
    handler for them and they were to be rendered. What a gate hides is not among them."""


def render_one(
    handler: object,
    text: str,
    *,
    data: Mapping[str, Any] | None = None,
    others: Mapping[str, object] | None = None,
    schema: Schema | None = None,
    order: Order | None = None,
    cache: float | Cache | None = None,
    format: Format = "html",  # noqa: A002 - the name that the context has for it
    options: Mapping[str, Any] | None = None,
    **policy: Any,
) -> RenderedShortcode:
    """Render one shortcode with one handler, which need not be installed or registered.

    The engine that renders it knows no handlers but those that are given, so shortcodes of other
    names in the enclosed content stay as they are. A handler that raises is reported as a
    diagnostic, and the shortcode stays in the markup, as on a page; with `on_error="raise"` the
    exception reaches the test.

    Args:
        handler: Anything that `Engine.register` takes: a function, a class, an object, or what
            `Engine.entry` returns for a name.
        text: The source of the shortcode, with its content and closing tag if it has them.
        data: The data of the page and the request; see `Engine.render`.
        others: The handlers of shortcodes in the enclosed content, by name.
        schema: The declared attributes, for a handler that does not declare them itself.
        order: The order of the handler; "outer" makes it a gate. See `Engine.register`.
        cache: Where what the handler returns is kept. See `Engine.register`.
        format: The format of the text: "html", "text" or "markdown".
        options: The options of the `html` renderer, which the handler finds in `Context.options`.
        **policy: The fields of `Policy`, such as `on_error`.

    Raises:
        TypeError: An argument has the wrong type.
        ValueError: The text is not exactly one shortcode, the handler has `tags` that do not
            include its name, or an option has a wrong value.
    """
    check_type("text", text, str)
    check_type("schema", schema, Schema, NoneType)
    for argument, mapping in (("others", others), ("options", options)):
        if mapping is not None:
            check_mapping(argument, mapping, object)
    name = _read_name(text)
    tags = getattr(handler, "tags", (name,))
    if name not in tags:
        raise ValueError(f"the handler renders {', '.join(map(repr, tags))}, not {name!r}")
    engine = Engine(**policy)
    engine.register(name, handler, schema=schema, order=order, cache=cache)
    for other, what in (others or {}).items():
        engine.register(other, what)
    calls: list[Call] = []
    engine.on("before_shortcode", calls.append)
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
    calls.sort(key=lambda call: call.index)
    return RenderedShortcode(markup, diagnostics, stylesheets, calls)


def render_shortcode(text: str, *, handler: object, **arguments: Any) -> RenderedShortcode:
    """Return what `render_one` returns for a handler and a text, with all its other arguments."""
    return render_one(handler, text, **arguments)


def _read_name(text: str) -> str:
    """Return the tag name of a text that is one shortcode. Raises `ValueError` for another text."""
    nodes = parse(text, tags="any").children
    if len(nodes) != 1 or not isinstance(nodes[0], Shortcode):
        raise ValueError(f"the text must be one shortcode, not {shorten(text)}")
    return nodes[0].name

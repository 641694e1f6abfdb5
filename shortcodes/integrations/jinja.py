"""Jinja2: the filter `{{ text|shortcodes }}`, the block `{% shortcodes %}`, and the filter
`{{ stylesheets|shortcode_styles }}` for the head of a page.
"""

from __future__ import annotations

from collections.abc import Awaitable, Iterable, Mapping
from types import NoneType
from typing import Any

from jinja2 import Environment, nodes, pass_context
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context
from markupsafe import Markup

from shortcodes.common.checks import check_names, check_type
from shortcodes.engine import Engine, default_engine
from shortcodes.integrations import template_values
from shortcodes.plugins import Format
from shortcodes_html import write_styles

NAME = "shortcodes"
STYLES_NAME = "shortcode_styles"


class ShortcodesExtension(Extension):
    """Adds the filter and the block to an environment.

    They render with `environment.shortcodes_engine` or, if it is `None`, with an engine that has
    all handlers that are built in or installed. `environment.shortcodes_data` has the names of the
    template variables that handlers find in `Call.data`.
    """

    tags = {NAME}  # noqa: RUF012 - as Jinja2 declares it

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        environment.extend(shortcodes_engine=None, shortcodes_data=())  # keeps those there are
        environment.filters[NAME] = shortcodes
        environment.filters[STYLES_NAME] = write_styles

    def parse(self, parser: Parser) -> nodes.Node:
        """Parse a block, such as `{% shortcodes "markdown", unknown="strip" %}`.

        It becomes the filter applied to its content, which is HTML by default.
        """
        line = next(parser.stream).lineno
        args: list[nodes.Expr] = []
        options: list[nodes.Keyword] = []
        while parser.stream.current.type != "block_end":
            if args or options:
                parser.stream.expect("comma")
            if parser.stream.look().type == "assign":
                name = parser.stream.expect("name").value
                parser.stream.skip()
                options.append(nodes.Keyword(name, parser.parse_expression(), lineno=line))
            else:
                args.append(parser.parse_expression())
        body = parser.parse_statements(("name:endshortcodes",), drop_needle=True)
        args = args or [nodes.Const("html")]
        filter_node = nodes.Filter(None, NAME, args, options, None, None, lineno=line)
        return nodes.FilterBlock(body, filter_node, lineno=line)


def install(
    environment: Environment, engine: Engine | None = None, *, data: Iterable[str] = ()
) -> None:
    """Add the filter and the block to an environment, rendering with an engine.

    `data` has the names of the template variables that handlers find in `Call.data`; in templates
    without one of them, it is missing there too. Raises `TypeError` for an argument of a wrong
    type.
    """
    check_type("engine", engine, Engine, NoneType)
    names = tuple(check_names("data", data))
    environment.add_extension(ShortcodesExtension)
    environment.shortcodes_engine = engine  # type: ignore[attr-defined]
    environment.shortcodes_data = names  # type: ignore[attr-defined]


@pass_context  # keeps Jinja2 from rendering a constant when it compiles the template
def shortcodes(
    context: Context,
    value: object,
    format: Format | None = None,  # noqa: A002 - as in `Context`
    stylesheets: dict[str, str] | None = None,
    data: Mapping[str, Any] | None = None,
    **options: Any,
) -> Markup | Awaitable[Markup]:
    """Render the shortcodes of a value.

    Without a format, `Markup` is HTML and a plain `str` is text. `options` are those of the `html`
    renderer, such as `unknown`. The CSS of handlers is added to `stylesheets`. Handlers find `data`
    in `Call.data`, and the template variables that the site has named in `install`. An environment
    with `enable_async` awaits handlers.
    """
    environment = context.environment
    text, text_format, options = template_values.read_value(value, format, options)
    engine: Engine = getattr(environment, "shortcodes_engine", None) or default_engine()
    render = engine.arender if environment.is_async else engine.render
    names: tuple[str, ...] = getattr(environment, "shortcodes_data", ())
    data = template_values.select_data(context, names, data)
    return render(text, format=text_format, stylesheets=stylesheets, data=data, options=options)

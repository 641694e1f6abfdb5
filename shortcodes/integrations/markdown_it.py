"""markdown-it-py: a plug-in that renders shortcodes in Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from types import NoneType
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from shortcodes.common.checks import check_type
from shortcodes.engine import Engine, default_engine
from shortcodes_html.hosted_markdown import HostedMarkdown

DATA_KEY = "shortcodes_data"
"""Where the environment of a conversion has the data of the page and the request, if any."""
KEY = "shortcodes"
"""Where the environment of a conversion keeps its `HostedMarkdown`, with the diagnostics and
the style sheets."""

_INNER = object()


def shortcodes_plugin(
    md: MarkdownIt, engine: Engine | None = None, *, unknown: str = "keep", styles: str = "once"
) -> None:
    """Render shortcodes in Markdown: `MarkdownIt().use(shortcodes_plugin, engine)`.

    By default the engine has all handlers that are built in or installed. `unknown` says what
    happens to shortcodes without a handler: "keep", "strip" or "mark". `styles` says where the CSS
    of handlers goes: "once", before the first output that needs it; "inline"; or "none". Tokens
    contain a placeholder for each shortcode; its output is only in the HTML. Handlers find
    `env["shortcodes_data"]` in `Call.data`.
    """
    check_type("engine", engine, Engine, NoneType)
    engine = engine or default_engine()
    render_tokens = md.renderer.render

    def convert(text: str) -> str:
        return str(md.render(text, {KEY: _INNER}))

    def take_out(state: StateCore) -> None:
        if state.env.get(KEY) is not _INNER:
            data = state.env.get(DATA_KEY)
            hosted = HostedMarkdown(state.src, engine, convert, unknown, styles, data)
            state.env[KEY] = hosted
            state.src = hosted.draft

    def render(tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> Any:
        html = render_tokens(tokens, options, env)
        hosted = env.get(KEY)
        return hosted.finish(html) if isinstance(hosted, HostedMarkdown) else html

    md.core.ruler.before("normalize", KEY, take_out)
    md.renderer.render = render  # type: ignore[method-assign]

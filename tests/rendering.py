"""Rendering with an engine, together with what it reports."""

from __future__ import annotations

import asyncio
from typing import Any

from shortcodes import Diagnostic, Engine


def render(
    engine: Engine,
    text: str,
    format: Any = "html",  # noqa: A002 - the name that the engine has for it
    **options: Any,
) -> tuple[str, list[Diagnostic]]:
    """Return the HTML of a text and the diagnostics."""
    diagnostics: list[Diagnostic] = []
    html = engine.render(text, format=format, diagnostics=diagnostics, **options)
    return html, diagnostics


def render_asynchronously(
    engine: Engine,
    text: str,
    format: Any = "html",  # noqa: A002
    **options: Any,
) -> tuple[str, list[Diagnostic]]:
    """Return the same as `render`, awaited in an event loop of its own."""
    diagnostics: list[Diagnostic] = []
    rendering = engine.arender(text, format=format, diagnostics=diagnostics, **options)
    return asyncio.run(rendering), diagnostics

"""Reads WordPress-style shortcodes, clean or damaged: strips them, turns them into data, renders
them, and says what is wrong with them.

    >>> import shortcodes
    >>> [sc.attributes["region"] for sc in shortcodes.parse("[card region=”EG”]").shortcodes()]
    ['EG']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shortcodes.api import apply, extract, fix, lint, render, strip
from shortcodes.diagnostics import Diagnostic
from shortcodes.errors import MissingExtra, ShortcodeError, UnknownDialect, UnknownRenderer
from shortcodes.nodes import Attribute, Document, Escape, Position, Shortcode, Text
from shortcodes.parser import parse
from shortcodes.plugins import Context, Handler, Renderer

if TYPE_CHECKING:
    from shortcodes.engine import Call, Engine, Name

__version__ = "0.1.0"

__all__ = [
    "Attribute",
    "Call",
    "Context",
    "Diagnostic",
    "Document",
    "Engine",
    "Escape",
    "Handler",
    "MissingExtra",
    "Name",
    "Position",
    "Renderer",
    "Shortcode",
    "ShortcodeError",
    "Text",
    "UnknownDialect",
    "UnknownRenderer",
    "apply",
    "extract",
    "fix",
    "lint",
    "parse",
    "render",
    "strip",
]

_OF_THE_ENGINE = ("Call", "Engine", "Name")


def __getattr__(name: str) -> Any:
    """Import the engine, which needs more libraries, when it is first asked for."""
    if name in _OF_THE_ENGINE:
        from shortcodes import engine

        return getattr(engine, name)
    raise AttributeError(f"module 'shortcodes' has no attribute {name!r}")

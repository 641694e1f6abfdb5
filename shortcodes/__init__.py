"""Reads WordPress-style shortcodes, clean or damaged: removes them, extracts them as data, renders
them, and finds and fixes what is wrong with them.

    >>> import shortcodes
    >>> [sc.attributes["region"] for sc in shortcodes.parse("[card region=”EG”]").shortcodes()]
    ['EG']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shortcodes.api import apply, extract, fix, lint, render, strip
from shortcodes.common.lazy import lazy_attributes
from shortcodes.diagnostics import Diagnostic
from shortcodes.errors import (
    MissingExtra,
    ShortcodeError,
    StrictError,
    UnknownDialect,
    UnknownRenderer,
    UnknownRule,
)
from shortcodes.nodes import Attribute, Document, Escape, Position, Shortcode, Text
from shortcodes.parser import parse
from shortcodes.plugins import Context, Handler, Renderer

if TYPE_CHECKING:
    from shortcodes.engine import Call, Data, Engine, Name, Url

__version__ = "0.1.0"

__all__ = [
    "Attribute",
    "Call",
    "Context",
    "Data",
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
    "StrictError",
    "Text",
    "UnknownDialect",
    "UnknownRenderer",
    "UnknownRule",
    "Url",
    "apply",
    "extract",
    "fix",
    "lint",
    "parse",
    "render",
    "strip",
]

__getattr__ = lazy_attributes(
    __name__, dict.fromkeys(("Call", "Data", "Engine", "Name", "Url"), "engine")
)
"""The engine needs more libraries than the rest."""

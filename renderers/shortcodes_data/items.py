"""From nodes to dicts: one walk over the flat list of shortcodes, with a stack for the nesting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shortcodes.nodes import Document, Escape, Shortcode
from shortcodes.plugins import Context

MAX_DEPTH = 100
"""Levels that are listed. Every level repeats the content of those inside it, so that without a
limit the output would grow with depth times size; JSON readers give up not far beyond either."""


def items(document: Document, context: Context, tag: str | None) -> Iterator[dict[str, Any]]:
    """Give the top-level items of a document, or every item named `tag`, in document order."""
    ready: list[dict[str, Any]] = []
    open_items: list[tuple[int, dict[str, Any]]] = []
    level: list[int] = []
    reported = False
    escaped = 0
    for shortcode in document.items():
        start, end = shortcode.span
        if isinstance(shortcode, Escape) or start < escaped:
            # What an escape holds is shown, not meant.
            escaped = max(escaped, end)
            continue
        while level and level[-1] <= start:
            level.pop()
        while open_items and open_items[-1][0] <= start:
            open_items.pop()
        if not level:
            # Nothing that is ready can gain another child.
            yield from ready
            ready = []
        if len(level) >= MAX_DEPTH:
            if not reported:
                reported = True
                message = f"shortcodes more than {MAX_DEPTH} levels deep are not listed"
                context.report("SC401", message, shortcode.span)
            continue
        level.append(end)
        listed = tag in (None, shortcode.name)
        if not listed and not open_items:
            continue
        item = _item(document, shortcode)
        if open_items and (tag is None or not listed):
            open_items[-1][1]["children"].append(item)
        else:
            ready.append(item)
        open_items.append((end, item))
    yield from ready


def _item(document: Document, shortcode: Shortcode) -> dict[str, Any]:
    start, end = shortcode.span
    line, column = document.position(start)
    return {
        "name": shortcode.name,
        "attributes": dict(shortcode.attributes),
        "positional": list(shortcode.positional),
        "content": shortcode.content,
        "start": start,
        "end": end,
        "line": line,
        "column": column,
        "source": shortcode.source,
        "children": [],
    }

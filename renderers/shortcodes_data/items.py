"""From nodes to dicts: one walk over the flat list of shortcodes, with a stack for the nesting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shortcodes.nodes import Document, Escape, Shortcode, Span
from shortcodes.plugins import Context

MAX_DEPTH = 20
"""Levels that are listed. Every level repeats the content of those inside it, so that without a
limit the output would grow with depth times size; no article nests as deep."""


def items(document: Document, context: Context, tag: str | None) -> Iterator[dict[str, Any]]:
    """Give the top-level items of a document, or every item named `tag`, in document order."""
    ready: list[dict[str, Any]] = []
    open_items: list[tuple[int, dict[str, Any]]] = []
    level: list[int] = []
    reported = False
    escaped = 0
    for shortcode in document.items():
        if isinstance(shortcode, Escape):
            escaped = max(escaped, shortcode.span[1])
            continue
        opening, closing = shortcode.open_span, shortcode.close_span
        start, end = opening[0], closing[1] if closing else opening[1]
        if start < escaped:
            # What an escape holds is shown, not meant.
            continue
        while level and level[-1] <= start:
            level.pop()
        while open_items and open_items[-1][0] <= start:
            open_items.pop()
        if ready and not level:
            # Nothing that is ready can gain another child.
            yield from ready
            ready = []
        if len(level) >= MAX_DEPTH:
            if not reported:
                reported = True
                message = f"shortcodes more than {MAX_DEPTH} levels deep are not listed"
                context.report("SC401", message, (start, end))
            continue
        level.append(end)
        listed = tag in (None, shortcode.name)
        if not listed and not open_items:
            continue
        item = _item(document, shortcode, opening, closing)
        if open_items and (tag is None or not listed):
            open_items[-1][1]["children"].append(item)
        else:
            ready.append(item)
        open_items.append((end, item))
    yield from ready


def _item(
    document: Document, shortcode: Shortcode, opening: Span, closing: Span | None
) -> dict[str, Any]:
    # The spans are handed over: each is made when it is asked for, and there may be many items.
    source = document.source
    start, end = opening[0], closing[1] if closing else opening[1]
    line, column = document.position(start)
    return {
        "name": shortcode.name,
        "attributes": dict(shortcode.attributes),
        "positional": list(shortcode.positional),
        "content": source[opening[1] : closing[0]] if closing else None,
        "start": start,
        "end": end,
        "line": line,
        "column": column,
        "source": source[start:end],
        "children": [],
    }

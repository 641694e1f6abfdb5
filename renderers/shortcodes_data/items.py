"""From rows to dicts: one walk over the flat list of shortcodes, with a stack for the nesting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shortcodes.nodes import Document
from shortcodes.plugins import Context

MAX_DEPTH = 20
"""Levels that are listed. Every level repeats the content of those inside it, so that without a
limit the output would grow with depth times size; no article nests as deep."""


def items(document: Document, context: Context, tag: str | None) -> Iterator[dict[str, Any]]:
    """Give the top-level items of a document, or every item named `tag`, in document order."""
    found = document.items()
    if not found:
        return
    ready: list[dict[str, Any]] = []
    open_items: list[tuple[int, dict[str, Any]]] = []
    level: list[int] = []
    reported = False
    escaped = 0
    source, values, line_starts = document.source, document.values, [*document.line_starts]
    line_starts.append(len(source) + 1)
    line = 0
    for index, (name, start, open_end, close_start, end, subtree_end, escape) in enumerate(
        found.rows(), 1
    ):
        if escape:
            escaped = max(escaped, end)
            continue
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
                message = f"shortcodes nested more than {MAX_DEPTH} levels deep are not listed"
                context.report("SC401", message, (start, end))
            continue
        if subtree_end > index:
            level.append(end)
        listed = tag in (None, name)
        if not listed and not open_items:
            continue
        while line_starts[line] <= start:
            line += 1
        attributes, positional = values(name, start, open_end)
        item = {
            "name": name,
            "attributes": attributes,
            "positional": [*positional],
            "content": source[open_end:close_start] if close_start else None,
            "start": start,
            "end": end,
            "line": line,
            "column": start - line_starts[line - 1] + 1,
            "source": source[start:end],
            "children": [],
        }
        if open_items and (tag is None or not listed):
            open_items[-1][1]["children"].append(item)
        elif level:
            ready.append(item)
        else:
            yield item
        if subtree_end > index:
            open_items.append((end, item))
    yield from ready

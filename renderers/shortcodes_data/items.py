"""Turns rows into dicts in one pass over the flat list of shortcodes, with a stack for nesting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shortcodes.nodes import Document
from shortcodes.plugins import Context

MAX_DEPTH = 20
"""Levels that are listed. Every level repeats the content of those inside it, so that without a
limit the output would grow with depth times size; no article nests as deeply."""


def list_items(
    document: Document, context: Context, tag: str | None, *, with_evidence: bool = False
) -> Iterator[dict[str, Any]]:
    """Yield the top-level items of a document in order, or every item with the tag name `tag`."""
    rows = document.items()
    if not rows:
        return
    evidence = _describe_evidence(document) if with_evidence else {}
    ready: list[dict[str, Any]] = []
    open_items: list[tuple[int, dict[str, Any]]] = []
    open_ends: list[int] = []
    depth_was_reported = False
    escape_end = 0
    source, read_values, line_starts = document.source, document.values, [*document.line_starts]
    line_starts.append(len(source) + 1)
    line = 0
    for next_index, (name, start, open_end, close_start, end, subtree_end, is_escape) in enumerate(
        rows.rows(), 1
    ):
        if is_escape:
            escape_end = max(escape_end, end)
            continue
        if start < escape_end:
            # The content of an escape is text.
            continue
        while open_ends and open_ends[-1] <= start:
            open_ends.pop()
        while open_items and open_items[-1][0] <= start:
            open_items.pop()
        if ready and not open_ends:
            # No ready item can gain another child.
            yield from ready
            ready = []
        if len(open_ends) >= MAX_DEPTH:
            if not depth_was_reported:
                depth_was_reported = True
                message = f"shortcodes nested more than {MAX_DEPTH} levels deep are not listed"
                context.report("SC401", message, (start, end))
            continue
        if subtree_end > next_index:
            open_ends.append(end)
        is_named = tag in (None, name)
        if not is_named and not open_items:
            continue
        while line_starts[line] <= start:
            line += 1
        attributes, positional = read_values(name, start, open_end)
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
        if with_evidence:
            item["evidence"] = evidence[name]
        if open_items and (tag is None or not is_named):
            open_items[-1][1]["children"].append(item)
        elif open_ends:
            ready.append(item)
        else:
            yield item
        if subtree_end > next_index:
            open_items.append((end, item))
    yield from ready


def _describe_evidence(document: Document) -> dict[str, dict[str, Any]]:
    """Return why each name counts, by name: the reason, and the position of the tag that shows it.

    Without a position the name itself is the reason.
    """
    described = {}
    for name, (reason, offset) in document.find_evidence().items():
        line, column = (None, None) if offset is None else document.position(offset)
        described[name] = {"reason": reason, "line": line, "column": column}
    return described

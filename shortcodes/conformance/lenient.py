"""Answers the vectors of the lenient dialect: what `parse` reads in a text."""

from __future__ import annotations

from typing import Any

from shortcodes.nodes import Document, Escape, Shortcode
from shortcodes.parser import parse


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Return what the engine reads in the request's text, ready for JSON."""
    document = parse(request["text"], **request.get("options", {}))
    return {
        "items": items(document),
        "diagnostics": [[found.code, *found.span] for found in document.diagnostics],
    }


def items(document: Document) -> list[dict[str, Any]]:
    """Return the document's shortcodes and escapes in order, nested ones included."""
    return [
        _escape(item) if isinstance(item, Escape) else _shortcode(item) for item in document.items()
    ]


def _escape(escape: Escape) -> dict[str, Any]:
    return {"escape": escape.name, "span": list(escape.span), "text": escape.text}


def _shortcode(shortcode: Shortcode) -> dict[str, Any]:
    return {
        "shortcode": shortcode.name,
        "kind": shortcode.kind,
        "open": list(shortcode.open_span),
        "close": _list(shortcode.close_span),
        "attributes": [
            {
                "name": attribute.name,
                "value": attribute.value,
                "raw": attribute.raw,
                "quotes": _list(attribute.quotes),
                "span": list(attribute.span),
                "name_span": _list(attribute.name_span),
                "value_span": list(attribute.value_span),
            }
            for attribute in shortcode.attribute_nodes
        ],
    }


def _list(found: tuple[Any, ...] | None) -> list[Any] | None:
    return None if found is None else list(found)

"""Answers to the test vectors of the lenient dialect: what `parse` reads in a text."""

from __future__ import annotations

from typing import Any

from shortcodes.nodes import Document, Escape, Shortcode
from shortcodes.parser import parse


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Return what `parse` reads in the text of a request."""
    document = parse(request["text"], **request.get("options", {}))
    return {
        "items": list_items(document),
        "diagnostics": [[one.code, *one.span] for one in document.diagnostics],
    }


def list_items(document: Document) -> list[dict[str, Any]]:
    """Return the shortcodes and escaped shortcodes of a document in order, nested ones included."""
    return [
        _describe_escape(item) if isinstance(item, Escape) else _describe_shortcode(item)
        for item in document.items()
    ]


def _describe_escape(escape: Escape) -> dict[str, Any]:
    return {"escape": escape.name, "span": list(escape.span), "text": escape.text}


def _describe_shortcode(shortcode: Shortcode) -> dict[str, Any]:
    return {
        "shortcode": shortcode.name,
        "kind": shortcode.kind,
        "open": list(shortcode.open_span),
        "close": _make_list(shortcode.close_span),
        "attributes": [
            {
                "name": attribute.name,
                "value": attribute.value,
                "raw": attribute.raw,
                "quotes": _make_list(attribute.quotes),
                "span": list(attribute.span),
                "name_span": _make_list(attribute.name_span),
                "value_span": list(attribute.value_span),
            }
            for attribute in shortcode.attribute_nodes
        ],
    }


def _make_list(values: tuple[Any, ...] | None) -> list[Any] | None:
    return None if values is None else list(values)

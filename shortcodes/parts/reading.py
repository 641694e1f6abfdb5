"""Reading a text with its parts, each alone, as one document."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from shortcodes.diagnostics import Diagnostic
from shortcodes.dialects import DIALECTS, list_code_finders, read
from shortcodes.nodes import Composition, Document, Position
from shortcodes.parts.cdata import Part
from shortcodes.parts.composite import CompositeReader
from shortcodes.parts.splitting import split


def read_in_parts(text: str, *, has_begun: bool = False, **options: Any) -> Document:
    """Read a text by the options of `dialects.read`, and return the tree over it.

    `has_begun` says that front matter is before the text.
    """
    parts = split(
        text,
        dialect=options.get("dialect", DIALECTS[0]),
        markdown=bool(options.get("markdown")),
        has_begun=has_begun,
    )
    if parts is None:
        return read(text, **options)
    documents = [
        (part.start, _read_part(text[part.start : part.end], part, options))
        for part in parts.parts
        if part.kind == "body" or "[" in text[part.start : part.end]
    ]
    document = Document(
        text,
        options.get("dialect", DIALECTS[0]),
        CompositeReader(documents),
        partial(read_in_parts, has_begun=has_begun, **options),
        _list_diagnostics,
        list_code_finders(options.get("markdown")),
        escapes=any(part.escapes_brackets for _, part in documents),
        composition=Composition(documents, parts.front_matter_end, parts.is_html),
    )
    for offset, part in documents:
        part.place(partial(_find_position, document, offset))
        if parts.front_matter_end:
            part.front_matter = text[:offset]
    return document


def find_body(document: Document) -> Document:
    """Return the document of the text behind front matter; without any, the document itself."""
    composition = document.composition
    if composition is None or not composition.front_matter_end:
        return document
    return composition.parts[0][1]


def _find_position(document: Document, shift: int, offset: int) -> Position:
    return document.position(offset + shift)


def _list_diagnostics(document: Document) -> Iterator[Diagnostic]:
    parts = document.composition.parts if document.composition else ()
    return (d.shift(offset) for offset, part in parts for d in part.diagnostics)


def _read_part(text: str, part: Part, options: dict[str, Any]) -> Document:
    if part.kind == "rest":
        return read(text, **options)
    return read_in_parts(text, has_begun=part.kind == "body", **options)

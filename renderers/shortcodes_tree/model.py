"""The tree as plain data, which every form writes and reads, and the checks on reading it.

The pieces are one flat list, each with its depth. Readers of JSON and YAML recurse over nested
data, and fail or crash at some depth; a list has no such limit, and can be read and compared line
by line.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any

from shortcodes.dialects import DIALECTS
from shortcodes.nodes import Attribute, Document, Shortcode
from shortcodes_tree.options import DEFAULTS, complete_options, parse_with
from shortcodes_tree.pieces import Piece, split_pieces

FORMAT = "shortcodes-tree"
VERSION = 1

Model = dict[str, Any]
"""The data that `tree.schema.json` describes."""


def build_model(document: Document, options: Mapping[str, Any]) -> Model:
    """Return a document as data, with the options that it was parsed with.

    Raises `ValueError` if the text, parsed with these options, is another document.
    """
    model = {
        "format": FORMAT,
        "version": VERSION,
        "options": complete_options(options, "the tree"),
        "pieces": [_build_piece(document.source, piece) for piece in split_pieces(document)],
    }
    try:
        read_model(model)
    except ValueError as error:
        message = f"the document was parsed with other options than these: {error}"
        raise ValueError(message) from None
    return model


def read_model(model: Any) -> tuple[Document, dict[str, Any]]:
    """Return the document that data describes, and the options that it was parsed with.

    Raises `ValueError`, with the place in the data, if the data has another structure, or if the
    text of the pieces is not what the rest of the data says.
    """
    _require(isinstance(model, dict), "", "an object")
    _compare(sorted(map(str, model)), ["format", "options", "pieces", "version"], "the keys")
    _compare(model["format"], FORMAT, "format")
    _compare(model["version"], VERSION, "version")
    options = _read_options(model["options"])
    pieces = model["pieces"]
    _require(isinstance(pieces, list), "pieces", "an array")
    for index, piece in enumerate(pieces):
        _require(isinstance(piece, dict), f"pieces[{index}]", "an object")
        _require(isinstance(piece.get("source"), str), f"pieces[{index}].source", "a string")
    document = parse_with("".join(piece["source"] for piece in pieces), options)
    reread = (_build_piece(document.source, piece) for piece in split_pieces(document))
    for index, (piece, expected) in enumerate(zip_longest(pieces, reread)):
        if piece != expected or _has_wrong_type(piece):
            _compare_pieces(piece, expected, f"pieces[{index}]")
    return document, options


def _build_piece(source: str, piece: Piece) -> Model:
    data: Model = {
        "type": piece.type,
        "depth": piece.depth,
        "source": source[piece.start : piece.end],
    }
    if piece.item:
        data["name"] = piece.item.name
    if piece.type == "open" and isinstance(piece.item, Shortcode):
        data["kind"] = piece.item.kind
        data["attributes"] = [_build_attribute(a) for a in piece.item.attribute_nodes]
    return data


def _build_attribute(attribute: Attribute) -> Model:
    return {
        "name": attribute.name,
        "value": attribute.value,
        "raw": attribute.raw,
        "quotes": list(attribute.quotes) if attribute.quotes else None,
    }


def _read_options(options: Any) -> dict[str, Any]:
    """Return recorded options. Raises `ValueError` for a missing one and for a wrong type."""
    _require(isinstance(options, dict), "options", "an object")
    _compare(sorted(map(str, options)), sorted(DEFAULTS), "the keys of options")
    for name, default in DEFAULTS.items():
        if isinstance(default, bool):
            _require(isinstance(options[name], bool), f"options.{name}", "true or false")
    markdown = options["markdown"]
    _require(
        markdown is None or isinstance(markdown, bool), "options.markdown", "true, false or null"
    )
    dialect = options["dialect"]
    _require(isinstance(dialect, str) and dialect in DIALECTS, "options.dialect", "a dialect")
    tags, known = options["tags"], options["known"]
    _require(
        tags is None or tags == "any" or _are_names(tags),
        "options.tags",
        'null, "any" or an array of strings',
    )
    _require(_are_names(known), "options.known", "an array of strings")
    return dict(options)


def _are_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def _has_wrong_type(piece: Any) -> bool:
    """Return whether a piece only equals the expected one, as true and 1.0 equal 1."""
    return type(piece["depth"]) is not int


def _compare_pieces(piece: Any, expected: Any, place: str) -> None:
    """Raise `ValueError` for the first difference between two pieces."""
    if piece is None or expected is None:
        raise ValueError(f"{place}: the text ends {'after' if piece is None else 'before'} it")
    for key in [*expected, *piece]:
        _require(key in piece, place, f"an object with {key!r}")
        _require(key in expected, place, f"an object without {key!r}")
        if key == "attributes" and isinstance(piece[key], list):
            pairs = zip_longest(piece[key], expected[key])
            for index, (attribute, expected_attribute) in enumerate(pairs):
                _compare(attribute, expected_attribute, f"{place}.attributes[{index}]")
        _compare(piece[key], expected[key], f"{place}.{key}")


def _compare(value: Any, expected: Any, place: str) -> None:
    if value != expected or type(value) is not type(expected):
        raise ValueError(f"{place}: {_shorten(value)} instead of {_shorten(expected)}")


def _require(holds: bool, place: str, requirement: str) -> None:
    if not holds:
        raise ValueError(f"{place or 'the tree'} must be {requirement}")


def _shorten(value: Any) -> str:
    """Return a value for a message, in a limited length."""
    if value is None:
        return "nothing"
    if isinstance(value, list | dict):
        value = [*value][:8]
    text = ascii(value[:80] if isinstance(value, str) else value)
    return text if len(text) <= 200 else f"{text[:200]}…"

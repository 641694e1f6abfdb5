"""The tree as plain data, which every form writes and reads, and the way back with its proof.

The pieces stand in one flat list, each with its depth. Readers of JSON and YAML recurse over what
is nested, and give up at some depth or crash; a list has no such limit, and can be read and
compared line by line.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any

from shortcodes.dialects import DIALECTS
from shortcodes.nodes import Attribute, Document, Shortcode
from shortcodes_tree.options import DEFAULTS, parse_options, read_again
from shortcodes_tree.pieces import Piece, pieces

FORMAT = "shortcodes-tree"
VERSION = 1

Model = dict[str, Any]
"""What `tree.schema.json` describes."""


def model_of(document: Document, options: Mapping[str, Any]) -> Model:
    """Return the data that a document is; `options` are those that it was parsed with.

    Raises `ValueError` where the text, parsed with these options, is another document.
    """
    model = {
        "format": FORMAT,
        "version": VERSION,
        "options": parse_options(options, "the tree"),
        "pieces": [_piece(document.source, piece) for piece in pieces(document)],
    }
    try:
        document_of(model)
    except ValueError as error:
        message = f"these are not the options that the document was parsed with: {error}"
        raise ValueError(message) from None
    return model


def document_of(model: Any) -> tuple[Document, dict[str, Any]]:
    """Return the document that data stands for, and the options that it was parsed with.

    Raises `ValueError`, with the place in the data, where it is no such data, or where its text is
    not what the rest of it says.
    """
    _require(isinstance(model, dict), "", "an object")
    _compare(sorted(map(str, model)), ["format", "options", "pieces", "version"], "the keys")
    _compare(model["format"], FORMAT, "format")
    _compare(model["version"], VERSION, "version")
    options = _options(model["options"])
    found = model["pieces"]
    _require(isinstance(found, list), "pieces", "an array")
    for place, piece in enumerate(found):
        _require(isinstance(piece, dict), f"pieces[{place}]", "an object")
        _require(isinstance(piece.get("source"), str), f"pieces[{place}].source", "a string")
    document = read_again("".join(piece["source"] for piece in found), options)
    read = (_piece(document.source, piece) for piece in pieces(document))
    for place, (given, expected) in enumerate(zip_longest(found, read)):
        if given != expected or _mistyped(given):
            _compare_pieces(given, expected, f"pieces[{place}]")
    return document, options


def _piece(source: str, piece: Piece) -> Model:
    """Return one piece as data."""
    data: Model = {
        "type": piece.type,
        "depth": piece.depth,
        "source": source[piece.start : piece.end],
    }
    if piece.item:
        data["name"] = piece.item.name
    if piece.type == "open" and isinstance(piece.item, Shortcode):
        data["kind"] = piece.item.kind
        data["attributes"] = [_attribute(a) for a in piece.item.attribute_nodes]
    return data


def _attribute(attribute: Attribute) -> Model:
    return {
        "name": attribute.name,
        "value": attribute.value,
        "raw": attribute.raw,
        "quotes": list(attribute.quotes) if attribute.quotes else None,
    }


def _options(given: Any) -> dict[str, Any]:
    """Return recorded options, of which none may be missing or of another type."""
    _require(isinstance(given, dict), "options", "an object")
    _compare(sorted(map(str, given)), sorted(DEFAULTS), "the keys of options")
    for name, default in DEFAULTS.items():
        if isinstance(default, bool):
            _require(isinstance(given[name], bool), f"options.{name}", "true or false")
    dialect = given["dialect"]
    _require(isinstance(dialect, str) and dialect in DIALECTS, "options.dialect", "a dialect")
    tags, known = given["tags"], given["known"]
    _require(
        tags is None or tags == "any" or _are_names(tags),
        "options.tags",
        'null, "any" or an array of strings',
    )
    _require(_are_names(known), "options.known", "an array of strings")
    return dict(given)


def _are_names(given: Any) -> bool:
    return isinstance(given, list) and all(isinstance(name, str) for name in given)


def _mistyped(piece: Any) -> bool:
    """Whether a piece only equals what it should be, as true and 1.0 equal 1."""
    return type(piece["depth"]) is not int


def _compare_pieces(given: Any, expected: Any, place: str) -> None:
    """Raise for the first difference of two pieces."""
    if given is None or expected is None:
        raise ValueError(f"{place}: the text ends {'after' if given is None else 'before'} it")
    for key in [*expected, *given]:
        _require(key in given, place, f"an object with {key!r}")
        _require(key in expected, place, f"an object without {key!r}")
        if key == "attributes" and isinstance(given[key], list):
            pairs = zip_longest(given[key], expected[key])
            for number, (one, other) in enumerate(pairs):
                _compare(one, other, f"{place}.attributes[{number}]")
        _compare(given[key], expected[key], f"{place}.{key}")


def _compare(given: Any, expected: Any, place: str) -> None:
    if given != expected or type(given) is not type(expected):
        raise ValueError(f"{place}: {_shown(given)} stands where {_shown(expected)} should")


def _require(holds: bool, place: str, what: str) -> None:
    if not holds:
        raise ValueError(f"{place or 'the tree'}: it must be {what}")


def _shown(value: Any) -> str:
    """Return a value as a message shows it: whatever it is, not at length."""
    if value is None:
        return "nothing"
    if isinstance(value, list | dict):
        value = [*value][:8]
    shown = ascii(value[:80] if isinstance(value, str) else value)
    return shown if len(shown) <= 200 else f"{shown[:200]}…"

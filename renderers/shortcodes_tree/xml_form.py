"""The tree as XML: an element for each piece, with its source as text.

It is read by expat, without a document type and therefore without entities, and no element that
the tree does not have is kept. The text is decoded already: what it says of its encoding counts
for nothing.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from shortcodes_tree.model import Model

_ROOT, _OPTIONS, _ATTRIBUTE = "shortcodes-tree", "options", "attribute"
_PIECES = frozenset({"text", "open", "close", "escape"})
_INSIDE = {
    None: {_ROOT},
    _ROOT: {_OPTIONS, *_PIECES},
    _OPTIONS: {"tags", "known"},
    "tags": {"name"},
    "known": {"name"},
    "open": {_ATTRIBUTE},
}
"""What may stand in each element."""

_ENCODING = "utf-8"
_NUMBER = re.compile(r"\d{1,9}")
_TRUTH = {"true": True, "false": False}


def write(model: Model) -> str:
    """Return data as XML."""
    root = ElementTree.Element(_ROOT, version=str(model["version"]))
    root.text = "\n"
    builder = ElementTree.SubElement
    options = builder(root, _OPTIONS)
    options.tail = "\n"
    for key, value in model["options"].items():
        if isinstance(value, list):
            listed = builder(options, key)
            for name in value:
                builder(listed, "name").text = name
        elif value is not None:
            options.set(key, value if isinstance(value, str) else str(value).lower())
    for piece in model["pieces"]:
        element = builder(root, piece["type"], depth=str(piece["depth"]))
        element.text, element.tail = piece["source"], "\n"
        for key in ("name", "kind"):
            if key in piece:
                element.set(key, piece[key])
        for attribute in piece.get("attributes", ()):
            given = {key: attribute[key] for key in ("name", "value", "raw")}
            if attribute["quotes"]:
                given["opening"], given["closing"] = attribute["quotes"]
            given = {key: value for key, value in given.items() if value is not None}
            builder(element, _ATTRIBUTE, given)
    # A reader would make a line feed of a carriage return that stands as it is.
    return ElementTree.tostring(root, encoding="unicode").replace("\r", "&#13;") + "\n"


def read(text: str) -> Any:
    """Return the data of an XML text. Raises `ValueError` where it is none."""
    return _Reader(text).model


class _Reader:
    """Makes data of what expat reports, element by element."""

    def __init__(self, text: str) -> None:
        self.model: Model = {"format": _ROOT}
        self._open: list[tuple[str, Any]] = []
        self._text: list[str] = []
        # Without a name, expat would read the bytes made here as the text says that it is encoded.
        parser = self._parser = expat.ParserCreate(_ENCODING)
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._document_type
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        try:
            parser.Parse(text.encode(_ENCODING), True)
        except expat.ExpatError as error:
            raise ValueError(str(error)) from None

    def _document_type(self, *_: Any) -> None:
        raise self._wrong("a document type is not read")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        outer, data = self._open[-1] if self._open else (None, None)
        if name not in _INSIDE.get(outer, ()):
            raise self._wrong(f"there is no element {name!r} here")
        self._open.append((name, self._begun(name, attributes, data)))
        if name in _PIECES or name == "name":
            self._text = []

    def _begun(self, name: str, attributes: dict[str, str], outer: Any) -> Any:
        """Return what the element is in the data, put to its place there."""
        if name == _ROOT:
            self._put(self.model, {**attributes, "pieces": []})
            self.model["version"] = self._number(attributes.get("version", ""))
            return self.model
        if name == _OPTIONS:
            options: Model = {key: _TRUTH.get(v, v) for key, v in attributes.items()}
            self._put(outer, {name: options})
            return options
        if name in ("tags", "known"):
            self._put(outer, {name: []})
            return outer[name]
        if name == "name":
            return outer
        if name == _ATTRIBUTE:
            quotes = [attributes.pop(key, None) for key in ("opening", "closing")]
            item: Model = {"quotes": None if quotes == [None, None] else quotes}
            self._put(item, attributes)
            item.setdefault("name", None)
            outer["attributes"].append(item)
            return item
        piece: Model = {"type": name, "source": ""}
        if name == "open":
            piece["attributes"] = []
        self._put(piece, attributes)
        piece["depth"] = self._number(attributes.get("depth", ""))
        self.model["pieces"].append(piece)
        return piece

    def _put(self, data: Model, more: Model) -> None:
        for key in more:
            if key in data:
                raise self._wrong(f"{key} is given twice")
        data.update(more)

    def _end(self, name: str) -> None:
        _, data = self._open.pop()
        if name == "name":
            data.append("".join(self._text))
        elif name in _PIECES:
            data["source"] = "".join(self._text)
        elif name == _OPTIONS:
            data.setdefault("tags", None)

    def _characters(self, text: str) -> None:
        if self._open[-1][0] in _PIECES or self._open[-1][0] == "name":
            self._text.append(text)
        elif text.strip():
            raise self._wrong("there is no text here")

    def _number(self, text: str) -> int:
        if not _NUMBER.fullmatch(text):
            raise self._wrong(f"{text!r} is no number")
        return int(text)

    def _wrong(self, what: str) -> ValueError:
        place = f"line {self._parser.CurrentLineNumber}, column {self._parser.CurrentColumnNumber}"
        return ValueError(f"{what}: {place}")

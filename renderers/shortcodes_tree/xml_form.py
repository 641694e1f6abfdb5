"""The tree as XML: an element for each piece, with its source as text.

Expat reads it. A document type, and therefore entities, and elements that the tree does not have
are refused. The text is decoded already, so the encoding that it declares is ignored.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from shortcodes_tree.model import Model

_ROOT, _OPTIONS, _ATTRIBUTE = "shortcodes-tree", "options", "attribute"
_PIECES = frozenset({"text", "open", "close", "escape"})
_CHILDREN = {
    None: {_ROOT},
    _ROOT: {_OPTIONS, *_PIECES},
    _OPTIONS: {"tags", "known"},
    "tags": {"name"},
    "known": {"name"},
    "open": {_ATTRIBUTE},
}
"""The elements that each element may contain."""

_ENCODING = "utf-8"
_NUMBER = re.compile(r"\d{1,9}")
_BOOLEANS = {"true": True, "false": False}


def write(model: Model) -> str:
    """Return data as XML."""
    root = ElementTree.Element(_ROOT, version=str(model["version"]))
    root.text = "\n"
    add = ElementTree.SubElement
    options = add(root, _OPTIONS)
    options.tail = "\n"
    for key, value in model["options"].items():
        if isinstance(value, list):
            names = add(options, key)
            for name in value:
                add(names, "name").text = name
        elif value is not None:
            options.set(key, value if isinstance(value, str) else str(value).lower())
    for piece in model["pieces"]:
        element = add(root, piece["type"], depth=str(piece["depth"]))
        element.text, element.tail = piece["source"], "\n"
        for key in ("name", "kind"):
            if key in piece:
                element.set(key, piece[key])
        for attribute in piece.get("attributes", ()):
            values = {key: attribute[key] for key in ("name", "value", "raw")}
            if attribute["quotes"]:
                values["opening"], values["closing"] = attribute["quotes"]
            add(element, _ATTRIBUTE, {k: v for k, v in values.items() if v is not None})
    # A reader would make a line feed of an unescaped carriage return.
    return ElementTree.tostring(root, encoding="unicode").replace("\r", "&#13;") + "\n"


def read(text: str) -> Any:
    """Return the data of an XML text. Raises `ValueError` if it is not XML, or not a tree."""
    return _ModelReader(text).model


class _ModelReader:
    """Builds data from what expat reports, element by element."""

    def __init__(self, text: str) -> None:
        self.model: Model = {"format": _ROOT}
        self._open: list[tuple[str, Any]] = []
        self._text: list[str] = []
        # Without a given encoding, expat would decode the bytes made here by the declared one.
        parser = self._parser = expat.ParserCreate(_ENCODING)
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_document_type
        parser.StartElementHandler = self._start_element
        parser.EndElementHandler = self._end_element
        parser.CharacterDataHandler = self._add_text
        try:
            parser.Parse(text.encode(_ENCODING), True)
        except expat.ExpatError as error:
            raise ValueError(str(error)) from None

    def _refuse_document_type(self, *_: Any) -> None:
        raise self._build_error("a document type is not allowed")

    def _start_element(self, name: str, attributes: dict[str, str]) -> None:
        parent, data = self._open[-1] if self._open else (None, None)
        if name not in _CHILDREN.get(parent, ()):
            raise self._build_error(f"the element {name!r} is not allowed here")
        self._open.append((name, self._add_element(name, attributes, data)))
        if name in _PIECES or name == "name":
            self._text = []

    def _add_element(self, name: str, attributes: dict[str, str], parent: Any) -> Any:
        """Add the data of an element to that of its parent, and return it."""
        if name == _ROOT:
            self._update(self.model, {**attributes, "pieces": []})
            self.model["version"] = self._read_number(attributes.get("version", ""))
            return self.model
        if name == _OPTIONS:
            options: Model = {key: _BOOLEANS.get(v, v) for key, v in attributes.items()}
            self._update(parent, {name: options})
            return options
        if name in ("tags", "known"):
            self._update(parent, {name: []})
            return parent[name]
        if name == "name":
            return parent
        if name == _ATTRIBUTE:
            quotes = [attributes.pop(key, None) for key in ("opening", "closing")]
            item: Model = {"quotes": None if quotes == [None, None] else quotes}
            self._update(item, attributes)
            item.setdefault("name", None)
            parent["attributes"].append(item)
            return item
        piece: Model = {"type": name, "source": ""}
        if name == "open":
            piece["attributes"] = []
        self._update(piece, attributes)
        piece["depth"] = self._read_number(attributes.get("depth", ""))
        self.model["pieces"].append(piece)
        return piece

    def _update(self, data: Model, more: Model) -> None:
        for key in more:
            if key in data:
                raise self._build_error(f"{key} occurs twice")
        data.update(more)

    def _end_element(self, name: str) -> None:
        _, data = self._open.pop()
        if name == "name":
            data.append("".join(self._text))
        elif name in _PIECES:
            data["source"] = "".join(self._text)
        elif name == _OPTIONS:
            for option in ("tags", "markdown"):
                data.setdefault(option, None)

    def _add_text(self, text: str) -> None:
        if self._open[-1][0] in _PIECES or self._open[-1][0] == "name":
            self._text.append(text)
        elif text.strip():
            raise self._build_error("text is not allowed here")

    def _read_number(self, text: str) -> int:
        if not _NUMBER.fullmatch(text):
            raise self._build_error(f"{text!r} is not a number")
        return int(text)

    def _build_error(self, message: str) -> ValueError:
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber
        return ValueError(f"{message}: line {line}, column {column}")

"""The tree as YAML, by PyYAML, without tags and anchors."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from shortcodes.errors import MissingExtra
from shortcodes_tree.model import Model

if TYPE_CHECKING:
    import yaml

_WIDTH = 1 << 30
"""Columns; no line is broken."""

_PART = 1000
"""How many pieces the library gets at a time."""

_MAX_DEPTH = 8
"""Levels; the tree has six."""

_COLLECTIONS: dict[str, type[Any]] = {"MappingStartEvent": dict, "SequenceStartEvent": list}
_NUMBER = re.compile(r"[0-9]{1,9}")  # ASCII digits, as in YAML
_CONSTANTS = {"null": None, "~": None, "": None, "true": True, "false": False}
"""The values of words without quotes that are not strings."""


def write(model: Model) -> str:
    """Return data as YAML.

    The library needs many times the memory of its output, so it gets a part of the pieces at a
    time; they are the last key, and the items of a list may follow one another.
    """
    pieces = model["pieces"]
    if not pieces:
        return _dump(model)
    parts = [_dump({**model, "pieces": None}).removesuffix(" null\n"), "\n"]
    parts += (_dump(pieces[start : start + _PART]) for start in range(0, len(pieces), _PART))
    return "".join(parts)


def _dump(data: Any) -> str:
    text: str = _import_yaml().dump(
        data, Dumper=_build_dumper(), allow_unicode=True, sort_keys=False, width=_WIDTH
    )
    return text


def read(text: str) -> Any:
    """Return the data of a YAML text. Raises `ValueError` if it is not YAML, or not plain data."""
    library = _import_yaml()
    loader = getattr(library, "CSafeLoader", library.SafeLoader)
    reader = _EventReader()
    try:
        for event in library.parse(text, Loader=loader):
            reader.take(event)
    except library.YAMLError as error:
        raise ValueError(" ".join(str(error).split())) from None
    return reader.documents[0] if reader.documents else None


class _EventReader:
    """Builds data from events as they come, so that a small text cannot become large data."""

    def __init__(self) -> None:
        self.documents: list[Any] = []
        self._open: list[Any] = [self.documents]
        self._keys: list[str | None] = [None]

    def take(self, event: Any) -> None:
        """Take the next event. Raises `ValueError` for anything that a tree does not contain."""
        kind = type(event).__name__
        line = event.start_mark.line + 1
        if kind == "AliasEvent" or getattr(event, "anchor", None):
            raise ValueError(f"line {line}: a tree has no anchors and aliases")
        if getattr(event, "tag", None):
            raise ValueError(f"line {line}: a tree has no tags")
        if kind == "DocumentStartEvent" and self.documents:
            raise ValueError(f"line {line}: a tree is a single document")
        if kind == "ScalarEvent":
            self._add_scalar(event, line)
        elif kind in _COLLECTIONS:
            self._add(collection := _COLLECTIONS[kind](), line)
            self._open.append(collection)
            self._keys.append(None)
            if len(self._open) > _MAX_DEPTH:
                raise ValueError(f"line {line}: it is nested too deeply for a tree")
        elif kind in ("SequenceEndEvent", "MappingEndEvent"):
            self._open.pop()
            self._keys.pop()

    def _add_scalar(self, event: Any, line: int) -> None:
        """Add a scalar; in a mapping, every other one is a key."""
        value: str = event.value
        if isinstance(self._open[-1], dict) and self._keys[-1] is None:
            if value in self._open[-1]:
                raise ValueError(f"line {line}: {value!r} occurs twice")
            self._keys[-1] = value
        elif not event.implicit[0]:
            self._add(value, line)  # it is in quotes
        elif _NUMBER.fullmatch(value):
            self._add(int(value), line)
        else:
            self._add(_CONSTANTS.get(value, value), line)

    def _add(self, value: Any, line: int) -> None:
        collection, key = self._open[-1], self._keys[-1]
        if isinstance(collection, list):
            collection.append(value)
        elif key is None:
            raise ValueError(f"line {line}: a key must be a single word")
        else:
            collection[key] = value
            self._keys[-1] = None


@cache
def _build_dumper() -> type[yaml.SafeDumper]:
    """Return a dumper that writes strings with unusual characters in double quotes."""
    library = _import_yaml()
    base: type[yaml.SafeDumper] = getattr(library, "CSafeDumper", library.SafeDumper)

    class Dumper(base):  # type: ignore[valid-type, misc]
        def ignore_aliases(self, data: Any) -> bool:
            return True

    def represent_string(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        style = None if value.isprintable() else '"'
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)

    Dumper.add_representer(str, represent_string)
    return Dumper


def _import_yaml() -> Any:
    try:
        import yaml
    except ImportError:
        message = "YAML needs the extra yaml: pip install 'shortcode-engine[yaml]'"
        raise MissingExtra(message) from None
    return yaml

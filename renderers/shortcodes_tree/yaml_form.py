"""The tree as YAML, by PyYAML: no tags, no anchors."""

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

_MAX_DEPTH = 8
"""Levels; the tree has six."""

_COLLECTIONS: dict[str, type[Any]] = {"MappingStartEvent": dict, "SequenceStartEvent": list}
_NUMBER = re.compile(r"[0-9]{1,9}")  # those of YAML, not those of other scripts
_WORDS = {"null": None, "~": None, "": None, "true": True, "false": False}
"""What stands for something else where it is not in quotes."""


def write(model: Model) -> str:
    """Return data as YAML."""
    written: str = _yaml().dump(
        model, Dumper=_dumper(), allow_unicode=True, sort_keys=False, width=_WIDTH
    )
    return written


def read(text: str) -> Any:
    """Return the data of a YAML text. Raises `ValueError` where it is none, or not a plain one."""
    library = _yaml()
    loader = getattr(library, "CSafeLoader", library.SafeLoader)
    built = _Built()
    try:
        for event in library.parse(text, Loader=loader):
            built.take(event)
    except library.YAMLError as error:
        raise ValueError(" ".join(str(error).split())) from None
    return built.documents[0] if built.documents else None


class _Built:
    """Makes data of events as they come, so that nothing small can stand for something large."""

    def __init__(self) -> None:
        self.documents: list[Any] = []
        self._open: list[Any] = [self.documents]
        self._keys: list[str | None] = [None]

    def take(self, event: Any) -> None:
        """Take the next event. Raises `ValueError` for what a tree does not hold."""
        kind = type(event).__name__
        line = event.start_mark.line + 1
        if kind == "AliasEvent" or getattr(event, "anchor", None):
            raise ValueError(f"line {line}: the tree has no anchors and aliases")
        if getattr(event, "tag", None):
            raise ValueError(f"line {line}: the tree has no tags")
        if kind == "DocumentStartEvent" and self.documents:
            raise ValueError(f"line {line}: the tree is one document")
        if kind == "ScalarEvent":
            self._scalar(event, line)
        elif kind in _COLLECTIONS:
            self._put(collection := _COLLECTIONS[kind](), line)
            self._open.append(collection)
            self._keys.append(None)
            if len(self._open) > _MAX_DEPTH:
                raise ValueError(f"line {line}: the tree is not that deep")
        elif kind in ("SequenceEndEvent", "MappingEndEvent"):
            self._open.pop()
            self._keys.pop()

    def _scalar(self, event: Any, line: int) -> None:
        """Put a scalar to its place; in a mapping every other one is a key."""
        value: str = event.value
        if isinstance(self._open[-1], dict) and self._keys[-1] is None:
            if value in self._open[-1]:
                raise ValueError(f"line {line}: {value!r} is given twice")
            self._keys[-1] = value
        elif not event.implicit[0]:
            self._put(value, line)  # it stands in quotes
        elif _NUMBER.fullmatch(value):
            self._put(int(value), line)
        else:
            self._put(_WORDS.get(value, value), line)

    def _put(self, value: Any, line: int) -> None:
        inner, key = self._open[-1], self._keys[-1]
        if isinstance(inner, list):
            inner.append(value)
        elif key is None:
            raise ValueError(f"line {line}: a key must be a word")
        else:
            inner[key] = value
            self._keys[-1] = None


@cache
def _dumper() -> type[yaml.SafeDumper]:
    """Return a dumper that writes strings with anything unusual in double quotes."""
    library = _yaml()
    base: type[yaml.SafeDumper] = getattr(library, "CSafeDumper", library.SafeDumper)

    class Dumper(base):  # type: ignore[valid-type, misc]
        def ignore_aliases(self, data: Any) -> bool:
            return True

    def string(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        style = None if value.isprintable() else '"'
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)

    Dumper.add_representer(str, string)
    return Dumper


def _yaml() -> Any:
    try:
        import yaml
    except ImportError:
        message = "YAML needs the extra yaml: pip install 'shortcode-engine[yaml]'"
        raise MissingExtra(message) from None
    return yaml

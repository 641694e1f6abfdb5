"""Inference: proposals of schemas that the shortcodes of some documents fit.

A proposal always accepts the documents that it was made from: a type is proposed only if every
value in them fits it, as the engine reads it. The time is linear in the documents, and the memory
grows with the names in them, not with their values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from shortcodes.catalogue import plugins_of
from shortcodes.common.checks import check_type
from shortcodes.nodes import Document, Shortcode
from shortcodes.schemas.coercion import make_coercible
from shortcodes.schemas.declared import TYPES

_LOOKS: Mapping[str, re.Pattern[str]] = {
    "boolean": re.compile(r"(?ai)true|false|yes|no|on|off|[10]"),
    "integer": re.compile(r"[+-]?(?:0|[1-9][0-9]{0,17})"),
    "number": re.compile(r"[+-]?(?:0|[1-9][0-9]{0,17})?(?:\.[0-9]{1,17})?"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "url": re.compile(r"(?:(?:https?|mailto|tel):|/|#).*+", re.DOTALL),
    "integers": re.compile(r"[0-9]{1,18}(?: *+, *+[0-9]{1,18}|(?!).)*+"),
}
"""What the values of a type look like, the narrowest type first. The types accept more, but `007`
is proposed as text, and `about` not as a URL."""
_CONCLUSIVE: Mapping[str, re.Pattern[str]] = {
    "boolean": re.compile(r"(?ai)[a-z]++"),
    "url": re.compile(r"[^#].*+", re.DOTALL),
    "integers": re.compile(r"[^,]*+,.*+", re.DOTALL),
}
"""What at least one value must look like: `1` alone is neither a list nor a boolean, and `#fff` is
not a URL.
"""

_CHOICES = 8
_LONGEST_CHOICE = 40
_REPEATED = 3
"""The most choices, the longest choice in code points, and how often each must occur on average. An
attribute is not required if fewer shortcodes than that have it."""
_COUNTED = 100
_MOST_POSITIONAL = 3
"""If one shortcode has more values without a name, they are all proposed as one list."""


@dataclass(slots=True)
class ValueStatistics:
    """What is known about the values of one attribute."""

    times: int = 0
    """How many shortcodes have the attribute."""
    blank: int = 0
    """How many values are empty or white space."""
    fitting: dict[str, bool] = field(default_factory=lambda: dict.fromkeys(_LOOKS, False))
    """The types that all values fit so far, and whether one of the values is conclusive."""
    choices: set[str] | None = field(default_factory=set)
    """The different values, as long as they are few, short and without white space around them."""
    different: set[int] = field(default_factory=set)
    """The hashes of up to a hundred different values."""

    def add(self, value: str) -> None:
        """Count a value."""
        if len(self.different) < _COUNTED:
            self.different.add(hash(value))
        bare = value.strip()
        if not bare:
            self.blank += 1
            return
        for name in list(self.fitting):
            if not _LOOKS[name].fullmatch(bare) or not _fits(name, value):
                del self.fitting[name]
            elif name not in _CONCLUSIVE or _CONCLUSIVE[name].fullmatch(bare):
                self.fitting[name] = True
        if self.choices is not None:
            self.choices.add(value)
            if len(self.choices) > _CHOICES or len(value) > _LONGEST_CHOICE or value != bare:
                self.choices = None

    @property
    def kind(self) -> str:
        """The narrowest type that all values fit, one of them conclusively."""
        conclusive = (name for name, is_conclusive in self.fitting.items() if is_conclusive)
        return next(conclusive, "string")

    def build_table(self, shortcodes: int) -> dict[str, Any]:
        """Return the declaration of the attribute, given how many shortcodes could have it."""
        result: dict[str, Any] = {}
        kind, choices = self.kind, self.choices or set()
        if kind == "string" and 2 <= len(choices) <= (self.times - self.blank) / _REPEATED:
            result["choices"] = sorted(choices)
        elif kind != "string":
            result["type"] = kind
        if _REPEATED <= shortcodes == self.times and not (self.blank and result):
            result["required"] = True
        return result


@dataclass(slots=True)
class TagStatistics:
    """What is known about the shortcodes with one name."""

    times: int = 0
    attributes: dict[str, ValueStatistics] = field(default_factory=dict)
    positional: list[ValueStatistics] = field(default_factory=list)
    """The values without a name, by index."""
    longest: int = 0
    """The most values without a name in one shortcode."""
    bare: set[str] = field(default_factory=set)
    """Up to a hundred different values without a name: one may be the name of a flag."""

    def add(self, shortcode: Shortcode) -> None:
        """Count a shortcode."""
        self.times += 1
        named, positional = shortcode.values
        present = set()
        for name, value in named.items():
            self.attributes.setdefault(name.lower(), ValueStatistics()).add(value)
            present.add(name.lower())
        for name in present:
            self.attributes[name].times += 1
        self.longest = max(self.longest, len(positional))
        self.bare.update(positional[: _COUNTED - len(self.bare)])
        for index, value in enumerate(positional[:_MOST_POSITIONAL]):
            if index == len(self.positional):
                self.positional.append(ValueStatistics())
            self.positional[index].add(value)
            self.positional[index].times += 1

    def build_tables(self) -> tuple[dict[str, dict[str, Any]], str, dict[str, ValueStatistics]]:
        """Return the declarations of the attributes by name, the name of the list of values without
        a name, if there is one, and the statistics of each attribute.
        """
        statistics = dict(self.attributes)
        tables = {name: values.build_table(self.times) for name, values in statistics.items()}
        if self.longest > _MOST_POSITIONAL:
            return tables, _find_free_name("values", tables), statistics
        flags = {name for name, table in tables.items() if table.get("type") == "boolean"}
        # A flag among the values moves the others to other indexes: each may then be anything.
        is_moved = flags and (flags & self.bare or len(self.bare) == _COUNTED)
        for values in self.positional:
            name = _find_free_name("value", tables)
            statistics[name] = values
            tables[name] = {} if is_moved else values.build_table(self.times)
            tables[name]["positional"] = True
        return tables, "", statistics


class Inference:
    """Collects shortcodes, and proposes schemas for them."""

    def __init__(self) -> None:
        self.documents = 0
        self._tags: dict[str, TagStatistics] = {}

    def add(self, document: Document) -> None:
        """Count the shortcodes of a document."""
        self.documents += 1
        for shortcode in document.shortcodes():
            self._tags.setdefault(shortcode.name, TagStatistics()).add(shortcode)

    def schemas(self) -> dict[str, dict[str, Any]]:
        """Return the proposal in the form that `Engine.declare` takes, by name."""
        result: dict[str, dict[str, Any]] = {}
        for name, tag in sorted(self._tags.items()):
            attributes, rest, _ = tag.build_tables()
            result[name] = {"rest": rest} if rest else {}
            if attributes:
                result[name]["attributes"] = attributes
        return result

    def toml(self) -> Iterator[str]:
        """Yield the lines of the proposal in TOML, with the counts as comments."""
        for name, tag in sorted(self._tags.items()):
            attributes, rest, statistics = tag.build_tables()
            origin = "".join(f", from {plugin.name}" for plugin in plugins_of(name))
            yield ""
            yield f"[{_format_key(name)}]  # {_format_count(tag.times, 'time')}{origin}"
            if rest:
                yield f"rest = {_format_value(rest)}  # up to {tag.longest} values without a name"
            if attributes:
                yield ""
                yield f"[{_format_key(name)}.attributes]"
            for attribute, table in attributes.items():
                different = len(statistics[attribute].different)
                values = _format_count(different, "value")
                if different == _COUNTED:
                    values = f"{_COUNTED} values or more"
                times = _format_count(statistics[attribute].times, "time")
                yield f"{_format_key(attribute)} = {_format_value(table)}  # {times}, {values}"


def infer(documents: Iterable[Document]) -> dict[str, dict[str, Any]]:
    """Return a proposal of schemas, by name, in the form that `Engine.declare` takes.

    Every shortcode of the documents fits it. A type is proposed if all values of an attribute have
    it, choices if a few values recur, and "required" if every shortcode with the name has the
    attribute.
    """
    check_type("documents", documents, Iterable)
    inference = Inference()
    for document in documents:
        check_type("each of documents", document, Document)
        inference.add(document)
    return inference.schemas()


def _fits(name: str, value: str) -> bool:
    try:
        _build_reader(name)(value)
    except ValidationError:
        return False
    return True


@cache
def _build_reader(name: str) -> Callable[[str], Any]:
    return TypeAdapter(make_coercible(TYPES[name])).validate_python


def _find_free_name(name: str, taken: Mapping[str, Any]) -> str:
    """Return the name, followed by a number if it is taken."""
    numbered = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    return next(candidate for candidate in (name, *numbered) if candidate not in taken)


def _format_count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _format_key(name: str) -> str:
    import tomlkit  # needed only for proposals

    return tomlkit.key(name).as_string()


def _format_value(value: str | Sequence[Any] | Mapping[str, Any]) -> str:
    import tomlkit

    if isinstance(value, Mapping):
        table = tomlkit.inline_table()
        table.update(value)
        return table.as_string()
    return tomlkit.item(value).as_string()

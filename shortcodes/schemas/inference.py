"""Inference: schemas that the shortcodes of some documents fit, as a proposal to read through.

Whatever is proposed takes the documents that it was made of: a type is proposed only where every
value that was seen fits it, as the engine reads it. Time is linear in the documents, and what is
kept grows with the names in them, not with their values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from shortcodes.catalogue import plugins_of
from shortcodes.checks import check_type
from shortcodes.nodes import Document, Shortcode
from shortcodes.schemas.coercion import coercible
from shortcodes.schemas.declared import TYPES

_LOOKS: Mapping[str, re.Pattern[str]] = {
    "boolean": re.compile(r"(?i)true|false|yes|no|on|off|[10]"),
    "integer": re.compile(r"[+-]?(?:0|[1-9][0-9]{0,17})"),
    "number": re.compile(r"[+-]?(?:0|[1-9][0-9]{0,17})?(?:\.[0-9]{1,17})?"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "url": re.compile(r"(?:(?:https?|mailto|tel):|/|#).*+", re.DOTALL),
    "integers": re.compile(r"[0-9]{1,18}(?: *+, *+[0-9]{1,18}|(?!).)*+"),
}
"""What a value of a type looks like, the narrowest type first. It is less than the type takes, so
that `007` stays text, and `about` no address."""
_TELLING: Mapping[str, re.Pattern[str]] = {
    "boolean": re.compile(r"(?i)[a-z]++"),
    "url": re.compile(r"[^#].*+", re.DOTALL),
    "integers": re.compile(r"[^,]*+,.*+", re.DOTALL),
}
"""What one value at least has to look like: `1` alone is no list and no boolean, and `#fff` no
address.
"""

_CHOICES = 8
_LONGEST_CHOICE = 40
_REPEATED = 3
"""At most so many choices, none longer in code points, each seen so often on average. What fewer
shortcodes have is not required."""
_COUNTED = 100
_BY_PLACE = 3
"""With more values without a name in one shortcode, all of them are proposed as one list."""


@dataclass(slots=True)
class Seen:
    """The values of one attribute."""

    times: int = 0
    """In how many shortcodes it was."""
    blank: int = 0
    """How many of its values were empty or white space."""
    fitting: dict[str, bool] = field(default_factory=lambda: dict.fromkeys(_LOOKS, False))
    """The types that all values fit so far, and whether one of them was telling."""
    choices: set[str] | None = field(default_factory=set)
    """The different values, while they are few, short and without white space around them."""
    different: set[int] = field(default_factory=set)
    """Hashes of the different values, up to a hundred."""

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
            elif name not in _TELLING or _TELLING[name].fullmatch(bare):
                self.fitting[name] = True
        if self.choices is not None:
            self.choices.add(value)
            if len(self.choices) > _CHOICES or len(value) > _LONGEST_CHOICE or value != bare:
                self.choices = None

    @property
    def kind(self) -> str:
        """The narrowest type that all values fit and one tells."""
        return next((name for name, telling in self.fitting.items() if telling), "string")

    def table(self, shortcodes: int) -> dict[str, Any]:
        """Return the declaration of the attribute, where so many shortcodes could have had it."""
        made: dict[str, Any] = {}
        kind, choices = self.kind, self.choices or set()
        if kind == "string" and 2 <= len(choices) <= (self.times - self.blank) / _REPEATED:
            made["choices"] = sorted(choices)
        elif kind != "string":
            made["type"] = kind
        if _REPEATED <= shortcodes == self.times and not (self.blank and made):
            made["required"] = True
        return made


@dataclass(slots=True)
class SeenTag:
    """The shortcodes of one name."""

    times: int = 0
    attributes: dict[str, Seen] = field(default_factory=dict)
    places: list[Seen] = field(default_factory=list)
    """The values without a name, by their place."""
    longest: int = 0
    """The most values without a name in one shortcode."""
    bare: set[str] = field(default_factory=set)
    """Different values without a name, up to a hundred: one may be a flag's name."""

    def add(self, shortcode: Shortcode) -> None:
        """Count a shortcode."""
        self.times += 1
        named, positional = shortcode.values
        present = set()
        for name, value in named.items():
            seen = self.attributes.setdefault(name.lower(), Seen())
            seen.add(value)
            present.add(name.lower())
        for name in present:
            self.attributes[name].times += 1
        self.longest = max(self.longest, len(positional))
        self.bare.update(positional[: _COUNTED - len(self.bare)])
        for place, value in enumerate(positional[:_BY_PLACE]):
            if place == len(self.places):
                self.places.append(Seen())
            self.places[place].add(value)
            self.places[place].times += 1

    def tables(self) -> tuple[dict[str, dict[str, Any]], str, dict[str, Seen]]:
        """Return the declarations of the attributes by name, the name of the list of values without
        a name if there is one, and what was seen of each.
        """
        seen = dict(self.attributes)
        tables = {name: one.table(self.times) for name, one in seen.items()}
        if self.longest > _BY_PLACE:
            return tables, _free("values", tables), seen
        flags = {name for name, table in tables.items() if table.get("type") == "boolean"}
        # A flag among them moves the others to other places: then any of them may be anything.
        moved = flags and (flags & self.bare or len(self.bare) == _COUNTED)
        for one in self.places:
            name = _free("value", tables)
            seen[name] = one
            tables[name] = {} if moved else one.table(self.times)
            tables[name]["positional"] = True
        return tables, "", seen


class Inference:
    """Gathers shortcodes, and proposes schemas for them."""

    def __init__(self) -> None:
        self.documents = 0
        self._tags: dict[str, SeenTag] = {}

    def add(self, document: Document) -> None:
        """Count the shortcodes of a document."""
        self.documents += 1
        for shortcode in document.shortcodes():
            self._tags.setdefault(shortcode.name, SeenTag()).add(shortcode)

    def schemas(self) -> dict[str, dict[str, Any]]:
        """Return the proposal in the form that `Engine.declare` takes, by name."""
        made: dict[str, dict[str, Any]] = {}
        for name, tag in sorted(self._tags.items()):
            attributes, rest, _ = tag.tables()
            made[name] = {"rest": rest} if rest else {}
            if attributes:
                made[name]["attributes"] = attributes
        return made

    def toml(self) -> Iterator[str]:
        """Give the lines of the proposal in TOML, with what was seen as comments."""
        for name, tag in sorted(self._tags.items()):
            attributes, rest, seen = tag.tables()
            origin = "".join(f", from {plugin.name}" for plugin in plugins_of(name))
            yield ""
            yield f"[{_key(name)}]  # {_count(tag.times, 'time')}{origin}"
            if rest:
                yield f"rest = {_value(rest)}  # up to {tag.longest} values without a name"
            if attributes:
                yield ""
                yield f"[{_key(name)}.attributes]"
            for attribute, table in attributes.items():
                one = seen[attribute]
                values = _count(len(one.different), "value")
                if len(one.different) == _COUNTED:
                    values = f"{_COUNTED} values or more"
                yield (
                    f"{_key(attribute)} = {_value(table)}  # {_count(one.times, 'time')}, {values}"
                )


def infer(documents: Iterable[Document]) -> dict[str, dict[str, Any]]:
    """Return a proposal of schemas, by name, in the form that `Engine.declare` takes.

    Every shortcode of the documents fits it. A type is that of all values of an attribute; few
    values that come again and again are choices; what every shortcode of a name has is required.
    """
    check_type("documents", documents, Iterable)
    inference = Inference()
    for document in documents:
        check_type("each of documents", document, Document)
        inference.add(document)
    return inference.schemas()


def _fits(name: str, value: str) -> bool:
    try:
        _reader(name)(value)
    except ValidationError:
        return False
    return True


@cache
def _reader(name: str) -> Callable[[str], Any]:
    return TypeAdapter(coercible(TYPES[name])).validate_python


def _free(name: str, taken: Mapping[str, Any]) -> str:
    """Return the name, with a number behind it where it is taken."""
    numbered = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (name, *numbered) if one not in taken)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _key(name: str) -> str:
    import tomlkit  # which only a proposal needs

    return tomlkit.key(name).as_string()


def _value(value: str | Sequence[Any] | Mapping[str, Any]) -> str:
    import tomlkit

    if isinstance(value, Mapping):
        table = tomlkit.inline_table()
        table.update(value)
        return table.as_string()
    return tomlkit.item(value).as_string()

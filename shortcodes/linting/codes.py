"""Every code that is reported anywhere: those of the library, and those that packages declare.

A code says which class stands for it, and that its class has a name: the code "SC201" is
`ForeignQuotes`, named `foreign-quotes`. Classes are imported when they are first needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from importlib import import_module
from typing import Any

from shortcodes import registry
from shortcodes.linting.code import Code, hyphenated
from shortcodes.plugins import Library

_GROUPS = {
    "SC0": "suppressions",
    "SC1": "structure",
    "SC2": "quotes",
    "SC3": "attributes",
    "SC4": "rendering",
    "SC6": "schemas",
    "SC90": "portability",
    "SC91": "HTML",
    "SC92": "typography",
    "SC93": "safety",
    "SC94": "names",
}

_RULES = {
    "SC001": "unknown-suppression",
    "SC002": "unused-suppression",
    "SC101": "unterminated-tag",
    "SC102": "stray-closing-tag",
    "SC103": "crossing-closing-tag",
    "SC104": "self-nesting",
    "SC105": "swallowing-tag",
    "SC106": "inexact-closing-tag",
    "SC107": "unclosed-shortcode",
    "SC108": "runaway-tag",
    "SC109": "split-by-html",
    "SC201": "foreign-quotes",
    "SC202": "unclosed-quote",
    "SC203": "uncarried-value",
    "SC204": "nested-quotes",
    "SC205": "separated-attributes",
    "SC206": "swallowed-attribute",
    "SC301": "duplicate-attribute",
    "SC302": "attributes-without-space",
    "SC303": "upper-case-attribute",
    "SC404": "shortcode-in-html-tag",
    "SC601": "unfit-value",
    "SC602": "missing-attribute",
    "SC603": "unknown-attribute",
    "SC604": "unnamed-value",
    "SC901": "read-otherwise",
    "SC902": "runs-in-code",
    "SC903": "backslash-in-value",
    "SC911": "html-in-opening-tag",
    "SC912": "bracket-in-value",
    "SC913": "angle-in-value",
    "SC921": "typography-in-value",
    "SC931": "script-in-value",
    "SC932": "script-url",
    "SC941": "unknown-name",
    "SC942": "deprecated-name",
    "SC943": "shadowed-name",
}

_AT_RUN_TIME = {
    "SC401": "deep-shortcodes",
    "SC402": "handler-failed",
    "SC403": "too-deep",
    "SC405": "too-large",
    "SC406": "too-slow",
    "SC407": "failing-inside",
    "SC408": "styles-not-inlined",
}

SEEN_BY_PARSER = ("SC101", "SC102", "SC103", "SC109", "SC201", "SC202", "SC301")
"""The rules of `Document.diagnostics`: what the grammar's conformance vectors know of."""


class Codes(Mapping[str, str]):
    """The names of codes, in order; packages are asked when more than a code of ours is wanted."""

    def __init__(
        self,
        own: Mapping[str, str],
        place: Callable[[str], str],
        declared: Callable[[Library], Mapping[str, str]],
    ) -> None:
        """Take our codes by name, what makes a place of a name, and what packages declare."""
        self._own = own
        self._place = place
        self._declared = declared

    @cached_property
    def _places(self) -> Mapping[str, str]:
        """The place of the class of every code, "module:Class"."""
        places = {code: self._place(name) for code, name in self._own.items()}
        for library in registry.list_libraries():
            for code, place in self._declared(library).items():
                if library.is_built_in or _is_usable(library, code, place):
                    places[code] = place
        return dict(sorted(places.items(), key=lambda item: (item[0][:2] != "SC", item[0])))

    def load(self, code: str) -> Any:
        """Return an instance of the class that stands for a code."""
        if code in self._own:
            return _load(self._place(self._own[code]))()
        return _load(self._places[code])()

    def __getitem__(self, code: str) -> str:
        if code in self._own:
            return self._own[code]
        return hyphenated(self._places[code].partition(":")[2])

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def _class_name(name: str) -> str:
    return name.title().replace("-", "")


NAMES = Codes(
    _RULES,
    lambda name: f"shortcodes.linting.rules.{name.replace('-', '_')}:{_class_name(name)}",
    lambda library: library.rules,
)
"""The name of every rule by its code."""

AT_RUN_TIME = Codes(
    _AT_RUN_TIME,
    lambda name: f"shortcodes.linting.at_run_time:{_class_name(name)}",
    lambda library: library.codes,
)
"""The names of what only rendering and converting can find, by code."""


def group_of(code: str) -> str:
    """Return what a code is about: "quotes". Raises `KeyError` for what is no code."""
    for beginning in (code[:4], code[:3]):
        if beginning in _GROUPS:
            return _GROUPS[beginning]
    for library in registry.list_libraries():
        for beginning, group in library.groups.items():
            if code.startswith(beginning):
                return group
    if code in NAMES or code in AT_RUN_TIME:
        return "others"
    raise KeyError(code)


def beginnings() -> list[str]:
    """Return the beginnings of codes that stand for a group."""
    return [*_GROUPS, *(start for library in registry.list_libraries() for start in library.groups)]


def begins(selector: str, code: str) -> bool:
    """Return whether a selector is a code or the beginning of one: "SC2", of which "SC201" is."""
    letters = selector.rstrip("0123456789")
    return code.startswith(selector) and letters == code.rstrip("0123456789") and bool(letters)


def _is_usable(library: Library, code: str, place: str) -> bool:
    """Return whether an installed package brings a class for a code; if not, say so once."""
    try:
        found = _load(place)
    except Exception as error:  # whatever a plug-in raises, the others work
        registry.warn_of_library(library, f"{code}: {type(error).__name__}: {error}")
        return False
    if not (isinstance(found, type) and issubclass(found, Code)):
        registry.warn_of_library(library, f"{code}: {place} is no Code")
        return False
    return True


def _load(place: str) -> Any:
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)

"""The list of all codes: those of this library, and those that installed packages declare.

Each code belongs to a class, and the name of the class gives the code its name: "SC201" belongs to
`ForeignQuotes` and is named `foreign-quotes`. Classes are imported when they are first needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from importlib import import_module
from typing import Any

from shortcodes import registry
from shortcodes.linting.code import Code, hyphenate
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

_RULE_CODES = {
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
    "SC110": "unread-tag",
    "SC111": "unslashed-closing-tag",
    "SC201": "foreign-quotes",
    "SC202": "unclosed-quote",
    "SC203": "uncarried-value",
    "SC204": "nested-quotes",
    "SC205": "separated-attributes",
    "SC206": "swallowed-attribute",
    "SC207": "unquoted-value",
    "SC301": "duplicate-attribute",
    "SC302": "attributes-without-space",
    "SC303": "upper-case-attribute",
    "SC304": "missing-equals-sign",
    "SC404": "shortcode-in-html-tag",
    "SC601": "unfit-value",
    "SC602": "missing-attribute",
    "SC603": "unknown-attribute",
    "SC604": "unnamed-value",
    "SC605": "needless-content",
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

_RUNTIME_CODES = {
    "SC401": "deep-shortcodes",
    "SC402": "handler-failed",
    "SC403": "too-deep",
    "SC405": "too-large",
    "SC406": "too-slow",
    "SC407": "failing-inside",
    "SC408": "styles-not-inlined",
}

PARSER_CODES = ("SC101", "SC102", "SC103", "SC109", "SC201", "SC202", "SC301")
"""The codes of `Document.diagnostics`, which the conformance vectors of the grammar contain too."""


class Codes(Mapping[str, str]):
    """The names of codes, in order of the codes.

    Installed packages are consulted only when the answer is not a built-in code.
    """

    def __init__(
        self,
        built_in: Mapping[str, str],
        build_path: Callable[[str], str],
        declared: Callable[[Library], Mapping[str, str]],
    ) -> None:
        """Prepare the mapping.

        Args:
            built_in: The names of the built-in codes, by code.
            build_path: Returns the path of the class for such a name, as "module:Class".
            declared: Returns the paths that a package declares, by code.
        """
        self._built_in = built_in
        self._build_path = build_path
        self._declared = declared

    @cached_property
    def _paths(self) -> Mapping[str, str]:
        """The path of the class of every code, as "module:Class"."""
        paths = {code: self._build_path(name) for code, name in self._built_in.items()}
        for library in registry.list_libraries():
            for code, path in self._declared(library).items():
                if library.is_built_in or _is_usable(library, code, path):
                    paths[code] = path
        return dict(sorted(paths.items(), key=lambda item: (item[0][:2] != "SC", item[0])))

    def load(self, code: str) -> Any:
        """Return an instance of the class of a code."""
        if code in self._built_in:
            return _load(self._build_path(self._built_in[code]))()
        return _load(self._paths[code])()

    def __getitem__(self, code: str) -> str:
        if code in self._built_in:
            return self._built_in[code]
        return hyphenate(self._paths[code].partition(":")[2])

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def _format_class_name(name: str) -> str:
    return name.title().replace("-", "")


RULE_NAMES = Codes(
    _RULE_CODES,
    lambda name: f"shortcodes.linting.rules.{name.replace('-', '_')}:{_format_class_name(name)}",
    lambda library: library.rules,
)
"""The name of every rule by its code."""

RUNTIME_NAMES = Codes(
    _RUNTIME_CODES,
    lambda name: f"shortcodes.linting.runtime_codes:{_format_class_name(name)}",
    lambda library: library.codes,
)
"""The name of every code that only rendering and converting report, by code."""


def find_group(code: str) -> str:
    """Return the group of a code, such as "quotes". Raises `KeyError` for an unknown code."""
    for prefix in (code[:4], code[:3]):
        if prefix in _GROUPS:
            return _GROUPS[prefix]
    for library in registry.list_libraries():
        for prefix, group in library.groups.items():
            if code.startswith(prefix):
                return group
    if code in RULE_NAMES or code in RUNTIME_NAMES:
        return "others"
    raise KeyError(code)


def list_prefixes() -> list[str]:
    """Return the beginnings of codes that select a group, such as "SC2"."""
    return [*_GROUPS, *(start for library in registry.list_libraries() for start in library.groups)]


def is_selected(selector: str, code: str) -> bool:
    """Return whether a selector is a code or the prefix of one: "SC2" selects "SC201"."""
    letters = selector.rstrip("0123456789")
    return code.startswith(selector) and letters == code.rstrip("0123456789") and bool(letters)


def _is_usable(library: Library, code: str, path: str) -> bool:
    """Return whether an installed package provides a class for a code; if not, report that once."""
    try:
        cls = _load(path)
    except Exception as error:  # no plug-in may break the others
        registry.warn_of_library(library, f"{code}: {type(error).__name__}: {error}")
        return False
    if not (isinstance(cls, type) and issubclass(cls, Code)):
        registry.warn_of_library(library, f"{code}: {path} is not a subclass of Code")
        return False
    return True


def _load(path: str) -> Any:
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)

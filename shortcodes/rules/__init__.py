"""The rules: one file each, in a table by code; a rule is imported when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from importlib import import_module

from shortcodes.errors import ShortcodeError
from shortcodes.rules.rule import Rule
from shortcodes.rules.subject import Subject

__all__ = ["GROUPS", "RULES", "SEEN_BY_PARSER", "Rule", "Subject", "group_of", "select"]

GROUPS: Mapping[str, str] = {
    "SC0": "suppressions",
    "SC1": "structure",
    "SC2": "quotes",
    "SC3": "attributes",
    "SC4": "rendering",
    "SC5": "the card",
    "SC6": "schemas",
    "SC7": "WordPress's own tags",
    "SC8": "other forms of the tree",
    "SC90": "portability",
    "SC91": "HTML",
    "SC92": "typography",
    "SC93": "safety",
    "SC94": "names",
}
"""What the beginnings of codes stand for."""

NAMES: Mapping[str, str] = {
    "SC001": "unknown-suppression",
    "SC002": "unused-suppression",
    "SC101": "unterminated-tag",
    "SC102": "stray-closing-tag",
    "SC103": "crossing-closing-tag",
    "SC201": "foreign-quotes",
    "SC202": "unclosed-quote",
    "SC301": "duplicate-attribute",
}
"""The name of every rule by its code, in order. `foreign-quotes` is the class `ForeignQuotes` in
`foreign_quotes.py`."""

SEEN_BY_PARSER = ("SC101", "SC102", "SC103", "SC201", "SC202", "SC301")
"""The rules of `Document.diagnostics`: what the grammar's conformance vectors know of."""


class _Rules(Mapping[str, Rule]):
    """Every rule by its code, in order of codes."""

    def __getitem__(self, code: str) -> Rule:
        return _rule(NAMES[code])

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)


RULES: Mapping[str, Rule] = _Rules()


@cache
def _rule(name: str) -> Rule:
    module = import_module(f"shortcodes.rules.{name.replace('-', '_')}")
    made: Rule = getattr(module, name.title().replace("-", ""))()
    return made


def group_of(code: str) -> str:
    """Return what a code is about: "quotes". Raises `KeyError` for what is no code."""
    return GROUPS.get(code[:4]) or GROUPS[code[:3]]


def select(select: Iterable[str] | None = None, ignore: Iterable[str] = ()) -> list[Rule]:
    """Return the rules that are selected and not ignored, in order of codes; `None` selects all.

    Each is a code, the beginning of one ("SC2"), the name of a rule, or "ALL". Raises
    `ShortcodeError` for what is none of these.
    """
    chosen = set(NAMES) if select is None else _codes(select, "select")
    chosen -= _codes(ignore, "ignore")
    return [RULES[code] for code in NAMES if code in chosen]


def _codes(given: Iterable[str], what: str) -> set[str]:
    if isinstance(given, str):
        raise TypeError(f"{what} must be a collection of codes, not the str {given!r}")
    return {code for selector in given for code in _matching(selector)}


def _matching(selector: str) -> list[str]:
    found = [
        code
        for code, name in NAMES.items()
        if selector in ("ALL", name) or (selector.startswith("SC") and code.startswith(selector))
    ]
    if not found:
        known = [*NAMES, *NAMES.values(), *GROUPS, "ALL"]
        close = get_close_matches(selector, known, 1)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        raise ShortcodeError(f"no rule is called {selector!r}{hint}")
    return found

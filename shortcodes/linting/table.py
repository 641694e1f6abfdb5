"""The tables of rules and codes, and which rules are selected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar, cast

from shortcodes.checks import check_names
from shortcodes.errors import UnknownRule
from shortcodes.linting.code import Code
from shortcodes.linting.codes import AT_RUN_TIME, NAMES, Codes, beginnings, begins
from shortcodes.linting.rule import Rule
from shortcodes.suggestions import suggest

_Kind = TypeVar("_Kind", bound=Code)


class _Table(Mapping[str, _Kind]):
    """What codes stand for, in order of codes; made when it is first asked for."""

    def __init__(self, *tables: Codes) -> None:
        self._tables = tables
        self._made: dict[str, _Kind] = {}

    def __getitem__(self, code: str) -> _Kind:
        if code not in self._made:
            table = next((table for table in self._tables if code in table), self._tables[0])
            self._made[code] = cast(_Kind, table.load(code))
        return self._made[code]

    def __iter__(self) -> Iterator[str]:
        codes = (code for table in self._tables for code in table)
        return iter(sorted(codes, key=lambda code: (code[:2] != "SC", code)))

    def __len__(self) -> int:
        return sum(map(len, self._tables))


RULES: Mapping[str, Rule] = _Table[Rule](NAMES)
CODES: Mapping[str, Code] = _Table[Code](NAMES, AT_RUN_TIME)
"""Every code that is reported anywhere: those of the rules, and those of run time."""


def select(select: Iterable[str] | None = None, ignore: Iterable[str] = ()) -> list[Rule]:
    """Return the rules that are selected and not ignored, in order of codes; `None` selects all.

    Each is a code, the beginning of one ("SC2"), the name of a rule, or "ALL". Raises
    `ShortcodeError` for what is none of these, and `TypeError` for what is no collection of them.
    """
    chosen = set(NAMES) if select is None else _codes(select, "select")
    chosen -= _codes(ignore, "ignore")
    return [RULES[code] for code in NAMES if code in chosen]


def _codes(given: Iterable[str], what: str) -> set[str]:
    codes = check_names(what, given, "a collection of codes")
    return {code for selector in codes for code in _matching(selector)}


def _matching(selector: str) -> list[str]:
    found = [
        code for code, name in NAMES.items() if selector in ("ALL", name) or begins(selector, code)
    ]
    if selector in AT_RUN_TIME:
        raise UnknownRule(f"{selector} is reported only at run time: no rule finds it")
    if not found:
        hint = suggest(selector, [*NAMES, *NAMES.values(), *beginnings(), "ALL"])
        raise UnknownRule("; ".join(filter(None, [f"no rule is called {selector!r}", hint])))
    return found

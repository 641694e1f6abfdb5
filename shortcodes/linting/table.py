"""The tables of rules and codes, and the selection of rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar, cast

from shortcodes.common.checks import check_names
from shortcodes.common.suggestions import suggest
from shortcodes.errors import UnknownRule
from shortcodes.linting.code import Code
from shortcodes.linting.codes import RULE_NAMES, RUNTIME_NAMES, Codes, is_selected, list_prefixes
from shortcodes.linting.rule import Rule

_Kind = TypeVar("_Kind", bound=Code)


class _Table(Mapping[str, _Kind]):
    """The instances of codes, in order; each is built when it is first needed."""

    def __init__(self, *tables: Codes) -> None:
        self._tables = tables
        self._instances: dict[str, _Kind] = {}

    def __getitem__(self, code: str) -> _Kind:
        if code not in self._instances:
            table = next((table for table in self._tables if code in table), self._tables[0])
            self._instances[code] = cast(_Kind, table.load(code))
        return self._instances[code]

    def __iter__(self) -> Iterator[str]:
        codes = (code for table in self._tables for code in table)
        return iter(sorted(codes, key=lambda code: (code[:2] != "SC", code)))

    def __len__(self) -> int:
        return sum(map(len, self._tables))


RULES: Mapping[str, Rule] = _Table[Rule](RULE_NAMES)
CODES: Mapping[str, Code] = _Table[Code](RULE_NAMES, RUNTIME_NAMES)
"""Every code: those of the rules, and those that are reported only at run time."""


def select(select: Iterable[str] | None = None, ignore: Iterable[str] = ()) -> list[Rule]:
    """Return the rules that are selected and not ignored, in order of codes; `None` selects all.

    Each selector is a code, the beginning of one ("SC2"), the name of a rule, or "ALL". Raises
    `UnknownRule` for anything else, and `TypeError` if it is not in a collection.
    """
    chosen = set(RULE_NAMES) if select is None else _select_codes(select, "select")
    chosen -= _select_codes(ignore, "ignore")
    return [RULES[code] for code in RULE_NAMES if code in chosen]


def _select_codes(selectors: Iterable[str], option: str) -> set[str]:
    checked = check_names(option, selectors, "a collection of codes")
    return {code for selector in checked for code in _match_selector(selector)}


def _match_selector(selector: str) -> list[str]:
    codes = [
        code
        for code, name in RULE_NAMES.items()
        if selector in ("ALL", name) or is_selected(selector, code)
    ]
    if selector in RUNTIME_NAMES:
        raise UnknownRule(f"{selector} is reported only at run time: no rule finds it")
    if not codes:
        hint = suggest(selector, [*RULE_NAMES, *RULE_NAMES.values(), *list_prefixes(), "ALL"])
        raise UnknownRule("; ".join(filter(None, [f"no rule is called {selector!r}", hint])))
    return codes

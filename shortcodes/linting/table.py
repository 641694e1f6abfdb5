"""The rules: one file each, in a table by code; a rule is imported when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from typing import TypeVar, cast

from shortcodes.checks import check_names
from shortcodes.errors import ShortcodeError
from shortcodes.linting.rule import Code, Rule, YieldingRule
from shortcodes.linting.subject import Subject

__all__ = [
    "CODES",
    "GROUPS",
    "RULES",
    "SEEN_BY_PARSER",
    "Code",
    "Rule",
    "Subject",
    "YieldingRule",
    "group_of",
    "select",
]

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
    "SC501": "card-colour",
    "SC502": "card-side",
    "SC503": "card-date-format",
    "SC504": "card-region",
    "SC505": "card-contrast",
    "SC508": "card-region-name",
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
"""The name of every rule by its code, in order. `foreign-quotes` is the class `ForeignQuotes` in
`foreign_quotes.py`."""

AT_RUN_TIME: Mapping[str, str] = {
    "SC401": "deep-shortcodes",
    "SC402": "handler-failed",
    "SC403": "too-deep",
    "SC405": "too-large",
    "SC406": "too-slow",
    "SC407": "failing-inside",
    "SC408": "styles-not-inlined",
    "SC506": "card-source-failed",
    "SC507": "card-figures-left-out",
    "SC701": "missing-media",
    "SC801": "other-in-markdown",
}
"""The codes of what only rendering and converting can find, in `at_run_time.py`."""

SEEN_BY_PARSER = ("SC101", "SC102", "SC103", "SC109", "SC201", "SC202", "SC301")
"""The rules of `Document.diagnostics`: what the grammar's conformance vectors know of."""


_Kind = TypeVar("_Kind", bound=Code)


class _Table(Mapping[str, _Kind]):
    """What codes stand for, in order of codes; made when it is first asked for."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def __getitem__(self, code: str) -> _Kind:
        return cast(_Kind, _made(self._names[code], code in AT_RUN_TIME))

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


RULES: Mapping[str, Rule] = _Table[Rule](NAMES)
CODES: Mapping[str, Code] = _Table[Code](dict(sorted({**NAMES, **AT_RUN_TIME}.items())))
"""Every code that is reported anywhere: those of the rules, and those of run time."""


@cache
def _made(name: str, at_run_time: bool) -> Code:
    place = "at_run_time" if at_run_time else f"rules.{name.replace('-', '_')}"
    module = f"shortcodes.linting.{place}"
    made: Code = getattr(import_module(module), name.title().replace("-", ""))()
    return made


def group_of(code: str) -> str:
    """Return what a code is about: "quotes". Raises `KeyError` for what is no code."""
    return GROUPS.get(code[:4]) or GROUPS[code[:3]]


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
        code
        for code, name in NAMES.items()
        if selector in ("ALL", name) or (selector.startswith("SC") and code.startswith(selector))
    ]
    if selector in AT_RUN_TIME:
        raise ShortcodeError(f"{selector} is found at run time only: no rule looks for it")
    if not found:
        known = [*NAMES, *NAMES.values(), *GROUPS, "ALL"]
        close = get_close_matches(selector, known, 1)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        raise ShortcodeError(f"no rule is called {selector!r}{hint}")
    return found

"""Linting: a text goes through the rules, and what they find is put in order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Unpack

from shortcodes.api import LintOptions
from shortcodes.diagnostics import Diagnostic
from shortcodes.nodes import Document
from shortcodes.parser import parse
from shortcodes.plugins import Format, check_format
from shortcodes.rules import NAMES, RULES, SEEN_BY_PARSER, Rule, Subject
from shortcodes.rules import select as selected

if TYPE_CHECKING:
    from shortcodes.engine import Engine


def lint(text: str, **options: Unpack[LintOptions]) -> list[Diagnostic]:
    """Return what is wrong with the shortcodes of a text, sorted by place, none twice.

    Raises `ShortcodeError` for a rule that does not exist.
    """
    rules = selected(options.pop("select", None), options.pop("ignore", ()))
    return findings(subject(text, **options), rules)


def subject(text: str, **given: Unpack[LintOptions]) -> Subject:
    """Return a text as rules see it; which rules are selected does not matter."""
    options: dict[str, Any] = {**given}
    for key in ("select", "ignore"):
        options.pop(key, None)
    format_: Format = options.pop("format", "text")
    engine: Engine | None = options.pop("engine", None)
    schemas = {**(engine.schemas if engine else {}), **(options.pop("schemas", None) or {})}
    check_format(format_)
    if format_ == "markdown":
        options.setdefault("markdown", True)
    if engine or schemas:
        names = engine.names if engine else []
        options["known"] = [*names, *schemas, *options.get("known", ())]
    undo = options.pop("undo_typography", False)
    document = parse(text, **options)
    return Subject(document, format=format_, schemas=schemas, options=options, undo_typography=undo)


def findings(subject: Subject, rules: Sequence[Rule]) -> list[Diagnostic]:
    """Return what rules find and no comment suppresses, sorted by place, none twice."""
    first = [rule for rule in rules if not rule.comes_last]
    suppressions = subject.suppressions
    found = suppressions.without(_found(subject, first), {rule.code for rule in rules})
    for rule in rules:
        if rule.comes_last:
            found += rule.check(subject)
    return _sorted(found)


def _found(subject: Subject, rules: Sequence[Rule]) -> list[Diagnostic]:
    """Return what rules find, in any order, none twice."""
    asked = {rule.code: set(rule.check(subject)) for rule in rules}
    for rule in rules:
        if rule.yields_to and asked[rule.code]:
            better = [code for code in NAMES if code.startswith(rule.yields_to)]
            asked[rule.code] = _without(
                asked[rule.code],
                (
                    found.span[0]
                    for code in better
                    for found in asked.get(code) or RULES[code].check(subject)
                ),
            )
    return [diagnostic for group in asked.values() for diagnostic in group]


def _sorted(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    return sorted(found, key=lambda diagnostic: (diagnostic.span, diagnostic.code))


def _without(found: Iterable[Diagnostic], places: Iterable[int]) -> set[Diagnostic]:
    """Return the diagnostics in whose spans none of the places is."""
    starts = sorted(places)
    starts.append(starts[-1] if starts else -1)
    return {
        diagnostic
        for diagnostic in found
        if not diagnostic.span[0]
        <= starts[min(bisect_left(starts, diagnostic.span[0]), len(starts) - 1)]
        < diagnostic.span[1]
    }


def seen_by_parser(document: Document) -> list[Diagnostic]:
    """Return what is wrong as far as the parser alone can tell, sorted by place."""
    return _sorted(_found(Subject(document), [RULES[code] for code in SEEN_BY_PARSER]))

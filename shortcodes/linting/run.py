"""Linting: a text goes through the rules, and what they find is put in order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from types import NoneType
from typing import TYPE_CHECKING, Any, Unpack, cast

from shortcodes.api import LintOptions
from shortcodes.checks import check_mapping, check_names, check_type
from shortcodes.diagnostics import Diagnostic
from shortcodes.linting.table import NAMES, RULES, SEEN_BY_PARSER, Rule, Subject
from shortcodes.linting.table import select as selected
from shortcodes.nodes import Document
from shortcodes.parser import parse
from shortcodes.plugins import Format, check_format

if TYPE_CHECKING:
    from shortcodes.engine import Engine


def lint(text: str, **options: Unpack[LintOptions]) -> list[Diagnostic]:
    """Return what is wrong with the shortcodes of a text, sorted by place, none twice.

    Raises `ShortcodeError` for a rule that does not exist.
    """
    rules = selected(options.pop("select", None), options.pop("ignore", ()))
    return findings(subject(text, **options), rules)


def reusable(options: LintOptions) -> LintOptions:
    """Return options that can be read more than once: lists in place of iterators."""
    return cast(
        LintOptions,
        {
            key: list(value) if isinstance(value, Iterator) else value
            for key, value in options.items()
        },
    )


def subject(text: str, **given: Unpack[LintOptions]) -> Subject:
    """Return a text as rules see it; which rules are selected does not matter."""
    options: dict[str, Any] = {**reusable(given)}
    for key in ("select", "ignore"):
        options.pop(key, None)
    format_: Format = options.pop("format", "text")
    engine: Engine | None = options.pop("engine", None)
    given_schemas = options.pop("schemas", None)
    _check(engine, given_schemas)
    schemas = {**(engine.schemas if engine else {}), **(given_schemas or {})}
    check_format(format_)
    if format_ == "markdown":
        options.setdefault("markdown", True)
    if engine or schemas:
        names = engine.names if engine else []
        options["known"] = [*names, *schemas, *check_names("known", options.get("known", ()))]
    undo = options.pop("undo_typography", False)
    check_type("undo_typography", undo, bool)
    document = parse(text, **options)
    return Subject(document, format=format_, schemas=schemas, options=options, undo_typography=undo)


def _check(engine: object, schemas: object) -> None:
    """Raise `TypeError` for what is no engine and no schemas; the engine is loaded where needed."""
    if engine is not None:
        from shortcodes.engine import Engine

        check_type("engine", engine, Engine, NoneType)
    if schemas is not None:
        from shortcodes.schemas.schema import Schema

        check_type("schemas", schemas, Mapping, NoneType)
        check_mapping("schemas", schemas, Schema)


def findings(subject: Subject, rules: Sequence[Rule]) -> list[Diagnostic]:
    """Return what rules find and no comment suppresses, sorted by place, none twice."""
    last = [rule for rule in rules if rule.comes_last]
    # Whether a suppression is needed, rules that are not selected say too.
    first = [*RULES.values()] if last and subject.suppressions.all else rules
    found = subject.suppressions.without(
        _found(subject, [rule for rule in first if not rule.comes_last])
    )
    codes = {rule.code for rule in rules}
    found = [diagnostic for diagnostic in found if diagnostic.code in codes]
    return _sorted([*found, *(one for rule in last for one in rule.check(subject))])


def _found(subject: Subject, rules: Sequence[Rule]) -> set[Diagnostic]:
    """Return what rules find."""
    asked: dict[str, set[Diagnostic]] = {}
    return {diagnostic for rule in rules for diagnostic in _said(rule, subject, asked)}


def _sorted(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    return sorted(found, key=lambda diagnostic: (diagnostic.span, diagnostic.code))


def _said(rule: Rule, subject: Subject, asked: dict[str, set[Diagnostic]]) -> set[Diagnostic]:
    """Return what a rule finds that none of those says which it yields to."""
    if rule.code not in asked:
        if rule.yields_to:
            asked[rule.code] = set(_beside(rule, subject, asked))
        else:
            asked[rule.code] = set(rule.check(subject))
    return asked[rule.code]


def _beside(
    rule: Rule, subject: Subject, asked: dict[str, set[Diagnostic]]
) -> Iterator[Diagnostic]:
    candidates = list(rule.candidates(subject))
    if not candidates:
        return
    better = [RULES[code] for code in NAMES if code.startswith(rule.yields_to)]
    spans = sorted(found.span for other in better for found in _said(other, subject, asked))
    reached = list(accumulate((end for _, end in spans), max, initial=-1))
    for (start, end), make in candidates:
        if reached[bisect_left(spans, (end,))] <= start:
            yield make()


def seen_by_parser(document: Document) -> list[Diagnostic]:
    """Return what is wrong as far as the parser alone can tell, sorted by place."""
    subject = Subject(document)
    return _sorted({d for code in SEEN_BY_PARSER for d in RULES[code].check(subject)})

"""Linting: a text goes through the rules, and what they find is put in order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from types import NoneType
from typing import Any, Unpack, cast

from shortcodes.checks import check_mapping, check_names, check_type
from shortcodes.diagnostics import Diagnostic
from shortcodes.dialects import ParseOptions, checked_options, read
from shortcodes.linting.codes import NAMES, SEEN_BY_PARSER
from shortcodes.linting.options import LintOptions
from shortcodes.linting.rule import Rule
from shortcodes.linting.subject import Subject
from shortcodes.linting.table import RULES
from shortcodes.linting.table import select as selected
from shortcodes.nodes import Document
from shortcodes.plugins import check_format


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
    check_type("text", text, str)
    options: dict[str, Any] = {**reusable(given)}
    for key in ("select", "ignore"):
        options.pop(key, None)
    format_ = options.pop("format", "text")
    check_format(format_)
    engine, schemas = options.pop("engine", None), _checked(options.pop("schemas", None))
    known = check_names("known", options.get("known", ()))
    if engine is not None:
        known, schemas = [*engine.names, *known], {**engine.schemas, **schemas}
    options["known"] = known = [*known, *schemas]
    if format_ == "markdown":
        options.setdefault("markdown", True)
    checked = checked_options(cast(ParseOptions, options))
    undo = checked.pop("undo_typography", False)
    return Subject(
        read(text, **checked),
        format=format_,
        schemas=schemas,
        known=known,
        options=checked,
        undo_typography=undo,
    )


def _checked(schemas: object) -> Mapping[str, Any]:
    """Return schemas by name. Raises `TypeError` for what is none; they are loaded where needed."""
    if schemas is None:
        return {}
    from shortcodes.schemas.schema import Schema

    check_type("schemas", schemas, Mapping, NoneType)
    check_mapping("schemas", schemas, Schema)
    return cast(Mapping[str, Any], schemas)


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

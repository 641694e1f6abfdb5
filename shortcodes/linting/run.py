"""Linting: the rules are run on a text, and their findings are put in order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from types import NoneType
from typing import Any, Unpack, cast

from shortcodes.common.checks import check_mapping, check_names, check_type
from shortcodes.diagnostics import Diagnostic
from shortcodes.dialects import ParseOptions, check_options, read
from shortcodes.linting.codes import PARSER_CODES, RULE_NAMES
from shortcodes.linting.html_guard import drop_harmful_fixes
from shortcodes.linting.options import LintOptions
from shortcodes.linting.rule import Rule
from shortcodes.linting.subject import Subject
from shortcodes.linting.table import RULES, select
from shortcodes.nodes import Document
from shortcodes.plugins import check_format


def lint(text: str, **options: Unpack[LintOptions]) -> list[Diagnostic]:
    """Return what is wrong with the shortcodes of a text, sorted by span, without duplicates.

    Raises `ShortcodeError` for a rule that does not exist.
    """
    rules = select(options.pop("select", None), options.pop("ignore", ()))
    return run_rules(build_subject(text, **options), rules)


def make_reusable(options: LintOptions) -> LintOptions:
    """Return the options with lists in place of iterators, so that they can be read twice."""
    return cast(
        LintOptions,
        {
            key: list(value) if isinstance(value, Iterator) else value
            for key, value in options.items()
        },
    )


def build_subject(text: str, **options: Unpack[LintOptions]) -> Subject:
    """Read a text and return the subject for the rules, whichever of them are selected."""
    check_type("text", text, str)
    remaining: dict[str, Any] = {**make_reusable(options)}
    for key in ("select", "ignore"):
        remaining.pop(key, None)
    format_ = remaining.pop("format", "text")
    check_format(format_)
    engine, schemas = remaining.pop("engine", None), _check_schemas(remaining.pop("schemas", None))
    known = check_names("known", remaining.get("known", ()))
    if engine is not None:
        known, schemas = [*engine.names, *known], {**engine.schemas, **schemas}
    remaining["known"] = known = [*known, *schemas]
    if format_ == "markdown":
        remaining.setdefault("markdown", True)
    checked = check_options(cast(ParseOptions, remaining))
    undo = checked.pop("undo_typography", False)
    return Subject(
        read(text, **checked),
        format=format_,
        schemas=schemas,
        known=known,
        options=checked,
        undo_typography=undo,
    )


def _check_schemas(schemas: object) -> Mapping[str, Any]:
    """Return the schemas by name. Raises `TypeError` for anything else."""
    if schemas is None:
        return {}
    from shortcodes.schemas.schema import Schema  # loads pydantic

    check_type("schemas", schemas, Mapping, NoneType)
    check_mapping("schemas", schemas, Schema)
    return cast(Mapping[str, Any], schemas)


def run_rules(subject: Subject, rules: Sequence[Rule]) -> list[Diagnostic]:
    """Return what rules find and no comment suppresses, sorted by span, without duplicates."""
    last = [rule for rule in rules if rule.comes_last]
    # Whether a suppression is needed may depend on rules that are not selected.
    needed = [*RULES.values()] if last and subject.suppressions.all else rules
    diagnostics = subject.suppressions.filter(
        _run_all(subject, [rule for rule in needed if not rule.comes_last])
    )
    codes = {rule.code for rule in rules}
    diagnostics = [diagnostic for diagnostic in diagnostics if diagnostic.code in codes]
    diagnostics += (d for rule in last for d in rule.check(subject))
    return drop_harmful_fixes(subject.text, _sort(diagnostics))


def _run_all(subject: Subject, rules: Sequence[Rule]) -> set[Diagnostic]:
    results: dict[str, set[Diagnostic]] = {}
    return {diagnostic for rule in rules for diagnostic in _run_rule(rule, subject, results)}


def _sort(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    return sorted(diagnostics, key=lambda diagnostic: (diagnostic.span, diagnostic.code))


def _run_rule(rule: Rule, subject: Subject, results: dict[str, set[Diagnostic]]) -> set[Diagnostic]:
    """Return what a rule finds, except where a rule that it yields to has a finding."""
    if rule.code not in results:
        if rule.yields_to:
            results[rule.code] = set(_run_yielding_rule(rule, subject, results))
        else:
            results[rule.code] = set(rule.check(subject))
    return results[rule.code]


def _run_yielding_rule(
    rule: Rule, subject: Subject, results: dict[str, set[Diagnostic]]
) -> Iterator[Diagnostic]:
    candidates = list(rule.candidates(subject))
    if not candidates:
        return
    better = [RULES[code] for code in RULE_NAMES if code.startswith(rule.yields_to)]
    spans = sorted(d.span for other in better for d in _run_rule(other, subject, results))
    furthest_ends = list(accumulate((end for _, end in spans), max, initial=-1))
    for (start, end), build in candidates:
        if furthest_ends[bisect_left(spans, (end,))] <= start:
            yield build()


def list_parser_diagnostics(document: Document) -> list[Diagnostic]:
    """Return the diagnostics of a parsed document, sorted by span."""
    subject = Subject(document)
    return _sort({d for code in PARSER_CODES for d in RULES[code].check(subject)})

"""Linting: the rules are run on a text, and their findings are put in order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from copy import copy
from itertools import accumulate
from types import NoneType
from typing import Any, Unpack, cast

from shortcodes.common.checks import check_mapping, check_names, check_one_of, check_type
from shortcodes.detection import OnEvidence, find_suspects
from shortcodes.diagnostics import Diagnostic
from shortcodes.dialects import DIALECTS, ParseOptions, check_options, list_code_finders, read
from shortcodes.html.tokens import FindCode
from shortcodes.linting.codes import PARSER_CODES, RULE_NAMES
from shortcodes.linting.html_guard import drop_harmful_fixes
from shortcodes.linting.options import LintOptions
from shortcodes.linting.profiles import PROFILES
from shortcodes.linting.registered import collect_names
from shortcodes.linting.rule import Rule
from shortcodes.linting.subject import Subject
from shortcodes.linting.table import RULES, select
from shortcodes.nodes import Document, Position
from shortcodes.parts.cdata import Part
from shortcodes.parts.splitting import Parts, split
from shortcodes.plugins import check_format


class Linter:
    """Lints texts with the same options, which are checked only once.

    Raises `ShortcodeError` for a rule that does not exist.
    """

    def __init__(self, **options: Unpack[LintOptions]) -> None:
        profile = options.pop("profile", "wordpress")
        check_one_of("profile", profile, PROFILES)
        self.is_strict = profile == "strict"
        rules = select(options.pop("select", None), options.pop("ignore", ()))
        self.rules = [rule for rule in rules if rule.code not in PROFILES[profile]]
        self._format = options.pop("format", "text")
        check_format(self._format)
        engine = options.pop("engine", None)
        self._schemas = _check_schemas(options.pop("schemas", None))
        known = check_names("known", options.get("known", ()))
        if engine is not None:
            known, self._schemas = [*engine.names, *known], {**engine.schemas, **self._schemas}
        options["known"] = known = [*known, *self._schemas]
        if self._format == "markdown":
            options.setdefault("markdown", True)
        checked = check_options(cast(ParseOptions, options))
        self._undo_typography = checked.pop("undo_typography", False)
        self._options = checked
        tags = checked["tags"]
        self._names = collect_names(
            tuple(known), frozenset(tags) if isinstance(tags, Set) else tags
        )

    @property
    def code_finders(self) -> Sequence[FindCode]:
        """The ways to find code in texts of its format."""
        return list_code_finders(self._options.get("markdown"))

    def select_fixing(self) -> Linter:
        """Return a linter with those of its rules that propose fixes."""
        linter = copy(self)
        linter.rules = [rule for rule in self.rules if rule.fixes]
        return linter

    def split(self, text: str, *, has_begun: bool = False) -> Parts | None:
        """Return the parts of a text, or `None` if it is one text. See `parts.splitting.split`."""
        check_type("text", text, str)
        options = self._options
        return split(
            text,
            dialect=options.get("dialect", DIALECTS[0]),
            markdown=bool(options.get("markdown")),
            has_begun=has_begun,
        )

    def split_part(self, part: Part, text: str) -> Parts | None:
        """Return the parts of the text of a part."""
        return None if part.kind == "rest" else self.split(text, has_begun=part.kind == "body")

    def build_subject(self, text: str, locate: Callable[[int], Position] | None = None) -> Subject:
        """Read a text, which has no parts, and return the subject for the rules.

        `locate` says where the text is in another one, for positions in hints.
        """
        check_type("text", text, str)
        options = self._options
        tags = options["tags"]
        if tags is None or isinstance(tags, OnEvidence):
            # A tag of a listed name may be so damaged that it does not count.
            known = tags.known if tags else frozenset()
            options = {**options, "tags": OnEvidence(known | find_suspects(text))}
        document = read(text, **options)
        if locate:
            document.place(locate)
        return Subject(
            document,
            format=self._format,
            schemas=self._schemas,
            registered_names=self._names,
            options=options,
            undo_typography=self._undo_typography,
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
    return drop_harmful_fixes(subject.document, _sort(diagnostics))


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

"""Linting and fixing a text with its parts, each alone, such as the CDATA sections of an export."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from types import NoneType
from typing import NamedTuple, Unpack

from shortcodes.common.checks import check_type
from shortcodes.common.lines import Lines, Position
from shortcodes.diagnostics import Diagnostic
from shortcodes.html.gains import find_gained
from shortcodes.linting.applying import apply_fixes
from shortcodes.linting.options import LintOptions
from shortcodes.linting.rounds import fix_subject, report_uncarried
from shortcodes.linting.run import Linter, run_rules
from shortcodes.linting.suppression import KEYWORD
from shortcodes.parts.cdata import Part
from shortcodes.parts.splitting import Parts

Locate = Callable[[int], Position]
"""Returns the position of an offset as people see it."""


class Fixed(NamedTuple):
    """A text after its fixes."""

    text: str
    """The fixed text."""
    fixed: tuple[Diagnostic, ...]
    """What was fixed, in order. The spans are those of the text as it was in that round, so those
    of the first round are spans of the original text."""
    left: tuple[Diagnostic, ...]
    """What is still wrong in the text, sorted by span."""


def lint(text: str, **options: Unpack[LintOptions]) -> list[Diagnostic]:
    """Return what is wrong with the shortcodes of a text, sorted by span, without duplicates.

    Raises `ShortcodeError` for a rule that does not exist.
    """
    check_type("text", text, str)
    return lint_with(Linter(**options), text)


def fix(
    text: str,
    *,
    unsafe: bool = False,
    diagnostics: list[Diagnostic] | None = None,
    **options: Unpack[LintOptions],
) -> str:
    """Return a text with the fixes of the selected rules. See `shortcodes.fix`."""
    check_type("diagnostics", diagnostics, list, NoneType)
    check_type("text", text, str)
    check_type("unsafe", unsafe, bool)
    return fix_with(Linter(**options), text, unsafe=unsafe, diagnostics=diagnostics)


def fix_and_lint(text: str, *, unsafe: bool = False, **options: Unpack[LintOptions]) -> Fixed:
    """Return a text with the fixes of the selected rules, what they fixed, and what is left.

    With `unsafe`, fixes that may change what a shortcode means are made too.
    """
    check_type("unsafe", unsafe, bool)
    return fix_and_lint_with(Linter(**options), text, unsafe=unsafe)


def lint_with(linter: Linter, text: str, locate: Locate | None = None) -> list[Diagnostic]:
    """Return what a linter finds in a text.

    Args:
        linter: The linter.
        text: The text.
        locate: Says where the text is in another one, for positions in hints.
    """
    return _raise_severity(linter, _lint(linter, _Whole(text, linter.split(text)), locate))


def _raise_severity(linter: Linter, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the diagnostics, as errors if the linter is strict."""
    if not linter.is_strict:
        return [*diagnostics]
    return [replace(diagnostic, severity="error") for diagnostic in diagnostics]


def fix_with(
    linter: Linter,
    text: str,
    *,
    unsafe: bool = False,
    diagnostics: list[Diagnostic] | None = None,
) -> str:
    """Return a text with the fixes of a linter's rules.

    Values that straight quotes cannot hold are added to `diagnostics`.
    """
    if not _may_have_findings(text):
        return text
    linter = linter.select_fixing()
    result = _fix(linter, _Whole(text, linter.split(text)), unsafe)
    if diagnostics is not None:
        diagnostics += sorted(result.uncarried, key=lambda d: d.span)
    return result.text


def fix_and_lint_with(
    linter: Linter, text: str, *, unsafe: bool = False, locate: Locate | None = None
) -> Fixed:
    """Return a text with the fixes of a linter's rules, what they fixed, and what is left."""
    parts = linter.split(text)
    if parts is None:
        return _fix_subject(linter, text, unsafe, locate)
    result = _fix(linter, _Whole(text, parts), unsafe)
    left = lint_with(linter, result.text, locate)
    return Fixed(result.text, tuple(result.fixed), tuple(left))


@dataclass(frozen=True, slots=True)
class _Whole:
    """A text and its parts, if it has any."""

    text: str
    parts: Parts | None

    def list_parts(self, linter: Linter) -> Iterator[tuple[Part, _Whole]]:
        """Yield the parts in which something may be found, with their own parts."""
        for part in self.parts.parts if self.parts else ():
            text = self.text[part.start : part.end]
            if _may_have_findings(text):
                yield part, _Whole(text, linter.split_part(part, text))


def _may_have_findings(text: str) -> bool:
    return "[" in text or KEYWORD in text


def _lint(linter: Linter, whole: _Whole, locate: Locate | None) -> list[Diagnostic]:
    text, parts = whole.text, whole.parts
    if parts is None:
        return run_rules(linter.build_subject(text, locate), linter.rules)
    find = locate or Lines(text).find_position
    diagnostics: list[Diagnostic] = []
    for part, inner in whole.list_parts(linter):
        found = _lint(linter, inner, _shift_positions(find, part.start))
        _, fixed = apply_fixes(inner.text, found, unsafe=True)
        if not parts.may_replace(part, inner.text, fixed):
            found = _drop_fixes(found)
        diagnostics += (d.shift(part.start) for d in found)
    _, fixed = apply_fixes(text, diagnostics, unsafe=True)
    return _drop_fixes(diagnostics) if _gains_html(linter, whole, fixed) else diagnostics


class _Result(NamedTuple):
    """A text after its fixes, and the diagnostics of what was fixed and of what cannot be."""

    text: str
    fixed: list[Diagnostic]
    uncarried: Iterable[Diagnostic]
    """Made only when it is asked for."""


def _fix(linter: Linter, whole: _Whole, unsafe: bool) -> _Result:
    text, parts = whole.text, whole.parts
    if parts is None:
        subject = linter.build_subject(text)
        done = fix_subject(subject, linter.rules, unsafe=unsafe)
        return _Result(done.text, list(done.fixed), report_uncarried(subject))
    texts: list[str] = []
    fixed: list[Diagnostic] = []
    uncarried: list[Iterable[Diagnostic]] = []
    position = 0
    for part, inner in whole.list_parts(linter):
        result = _fix(linter, inner, unsafe)
        uncarried.append(_shift_all(result.uncarried, part.start))
        if result.text != inner.text and parts.may_replace(part, inner.text, result.text):
            texts += text[position : part.start], result.text
            position = part.end
            fixed += (d.shift(part.start) for d in result.fixed)
    after = "".join([*texts, text[position:]])
    if _gains_html(linter, whole, after):
        after, fixed = text, []
    return _Result(after, fixed, chain.from_iterable(uncarried))


def _shift_all(diagnostics: Iterable[Diagnostic], offset: int) -> Iterator[Diagnostic]:
    return (diagnostic.shift(offset) for diagnostic in diagnostics)


def _fix_subject(linter: Linter, text: str, unsafe: bool, locate: Locate | None) -> Fixed:
    done = fix_subject(linter.build_subject(text, locate), linter.rules, unsafe=unsafe)
    left = tuple(_raise_severity(linter, done.left))
    if locate and done.fixed:  # the fixed text has other positions
        left = tuple(lint_with(linter, done.text, locate))
    return Fixed(done.text, done.fixed, left)


def _gains_html(linter: Linter, whole: _Whole, after: str) -> bool:
    """Return whether a browser that reads the parts as one text would find new HTML in it."""
    return (
        whole.parts is not None
        and whole.parts.is_html
        and find_gained(whole.text, after, linter.code_finders) is not None
    )


def _drop_fixes(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    return [replace(diagnostic, fix=None) for diagnostic in diagnostics]


def _shift_positions(find: Locate, shift: int) -> Locate:
    return lambda offset: find(offset + shift)

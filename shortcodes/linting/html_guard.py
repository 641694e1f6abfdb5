"""Unsafe fixes held against the HTML around them: none of them may make HTML, or change it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from shortcodes.diagnostics import Diagnostic, Edit, Fix
from shortcodes.html.ambiguity import find_ambiguity
from shortcodes.html.edits import find_gained
from shortcodes.html.tokens import Span, readings, tokens
from shortcodes.html.whole import has_whole_tags, whole_tags
from shortcodes.linting.applying import apply_fixes

_BEGINS = re.compile(r"<[/!?]?-*+\Z")
"""What becomes a tag or a comment with what follows it."""
_COMMENT = re.compile(r"\s*+<!--[^<>]*+>\s*+")
_LONGEST = 4
"""How many code points before an edit are looked at for that."""


def drop_harmful_fixes(text: str, diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return the diagnostics without the unsafe fixes that would change HTML.

    A fix may put something between tags, and may rewrite a value around whole tags. It is dropped
    if it would change a tag, and all are if the text with them has a tag or an attribute that it
    did not have.
    """
    fixes = {d.fix: None for d in diagnostics if d.fix and not d.fix.safe}
    if not fixes or "<" not in text:
        return [*diagnostics]
    if find_ambiguity(text):
        return [_drop_fix(d, fixes) for d in diagnostics]
    tags = _Tags(text)
    harmful = {fix for fix in fixes if not all(map(tags.allow, fix.edits))}
    remaining = [_drop_fix(d, harmful) for d in diagnostics]
    if len(harmful) < len(fixes):
        _, fixed = apply_fixes(text, remaining, unsafe=True)
        if find_gained(text, fixed):
            return [_drop_fix(d, fixes) for d in diagnostics]
    return remaining


def _drop_fix(diagnostic: Diagnostic, harmful: set[Fix] | dict[Fix, None]) -> Diagnostic:
    return replace(diagnostic, fix=None) if diagnostic.fix in harmful else diagnostic


class _Tags:
    """The tags of a text, in each way in which a browser may read it."""

    def __init__(self, text: str) -> None:
        self._text = text
        spans: set[Span] = set()
        for reading in readings(text):
            # One that is not closed may end in what somebody puts after the text.
            spans |= {
                (token.start, token.end)
                for token in tokens(text, reading, exact=True)
                if token.is_tag or not token.is_closed
            }
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._reached = [*accumulate((end for _, end in ordered), max)]

    def allow(self, edit: Edit) -> bool:
        """Return whether an edit changes no tag, and what is before it begins none with it."""
        start, end = edit.span
        if self._is_inside(start) or self._is_inside(end):
            return False
        if _BEGINS.search(self._text[max(0, start - _LONGEST) : start]):
            return False
        before, after = self._text[start:end], edit.text
        if "<" not in before and "<" not in after:
            return True
        if not after and _COMMENT.fullmatch(before):
            return True  # a suppression
        return (
            has_whole_tags(before)
            and has_whole_tags(after)
            and whole_tags(before) == whole_tags(after)
        )

    def _is_inside(self, offset: int) -> bool:
        """Return whether an offset is between the first and the last character of a tag."""
        index = bisect_left(self._starts, offset)
        return index > 0 and self._reached[index - 1] > offset

"""Unsafe fixes held against the HTML around them: none of them may make HTML, or change it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from shortcodes.diagnostics import Diagnostic, Edit, Fix
from shortcodes.html.ambiguity import find_ambiguity
from shortcodes.html.gains import find_gained
from shortcodes.html.tags import HtmlTags
from shortcodes.html.whole import has_whole_tags, match_tags, whole_tags
from shortcodes.linting.applying import apply_fixes
from shortcodes.nodes import Document

_BEGINS = re.compile(r"<[/!?]?-*+\Z")
"""What becomes a tag or a comment with what follows it."""
_COMMENT = re.compile(r"\s*+<!--[^<>]*+>\s*+")
_LONGEST = 4
"""How many code points before an edit are looked at for that."""


def drop_harmful_fixes(document: Document, diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return the diagnostics without the unsafe fixes that would change HTML.

    A fix may put something between tags, may rewrite a value around whole tags, and may take out
    elements that begin and end in what it rewrites. It is dropped if it would change a tag, and all
    are if the text with them has a tag or an attribute that it did not have.
    """
    text, code_finders = document.source, document.code_finders
    fixes = {d.fix: None for d in diagnostics if d.fix and not d.fix.safe}
    if not fixes or "<" not in text:
        return [*diagnostics]
    if find_ambiguity(text, code_finders):
        return [_drop_fix(d, fixes) for d in diagnostics]
    tags = HtmlTags(text, code_finders, exact=True)
    harmful = {
        fix for fix in fixes if not all(_is_harmless(edit, text, tags) for edit in fix.edits)
    }
    remaining = [_drop_fix(d, harmful) for d in diagnostics]
    if len(harmful) < len(fixes):
        _, fixed = apply_fixes(text, remaining, unsafe=True)
        if find_gained(text, fixed, code_finders):
            return [_drop_fix(d, fixes) for d in diagnostics]
    return remaining


def _drop_fix(diagnostic: Diagnostic, harmful: set[Fix] | dict[Fix, None]) -> Diagnostic:
    return replace(diagnostic, fix=None) if diagnostic.fix in harmful else diagnostic


def _is_harmless(edit: Edit, text: str, tags: HtmlTags) -> bool:
    """Return whether an edit changes no tag, and what is before it begins none with it."""
    start, end = edit.span
    if tags.around(start) or tags.around(end):
        return False
    if _BEGINS.search(text[max(0, start - _LONGEST) : start]):
        return False
    before, after = text[start:end], edit.text
    if "<" not in before and "<" not in after:
        return True
    if not after and _COMMENT.fullmatch(before):
        return True  # a suppression
    return has_whole_tags(before) and has_whole_tags(after) and _loses_whole_elements(before, after)


def _loses_whole_elements(before: str, after: str) -> bool:
    """Return whether an edit keeps the tags, or loses elements that begin and end in it."""
    kept, lost = whole_tags(after), list[str]()
    for tag in reversed(whole_tags(before)):
        if kept and kept[-1] == tag:
            kept.pop()
        else:
            lost.append(tag)
    return not kept and match_tags(reversed(lost)) == ([], [])

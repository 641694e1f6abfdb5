"""Entities: characters in values, written so that no reader takes them for markup."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from shortcodes.diagnostics import Edit, Fix
from shortcodes.html.whole import has_whole_tags
from shortcodes.linting.subject import Subject
from shortcodes.nodes import Attribute


def build_entity_fix(
    subject: Subject, attributes: Iterable[Attribute], entities: Mapping[str, str]
) -> Fix | None:
    """Return the fix that writes some characters of values as entities.

    Return `None` in Markdown, where the characters may be part of an escape, and if a tag begins in
    a value and ends after it: without that tag, the text after it would no longer be inside a tag.
    """
    if subject.document.escapes_brackets:
        return None
    attributes = [*attributes]
    if not all(has_whole_tags(attribute.raw) for attribute in attributes):
        return None
    edits = [
        Edit((offset, offset + 1), entities[subject.text[offset]])
        for attribute in attributes
        for offset in range(*attribute.value_span)
        if subject.text[offset] in entities
    ]
    return Fix("write the characters as entities", tuple(edits), safe=False)

"""Entities: characters of values written so that no reader takes them for markup."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from shortcodes.diagnostics import Edit, Fix
from shortcodes.html.whole import has_whole_tags
from shortcodes.linting.subject import Subject
from shortcodes.nodes import Attribute


def written(
    subject: Subject, attributes: Iterable[Attribute], entities: Mapping[str, str]
) -> Fix | None:
    """Return what writes some characters of values as entities; `None` in Markdown, where they
    may be part of an escape, and where a tag begins in a value and ends behind it.
    """
    if subject.markdown:
        return None
    attributes = [*attributes]
    if not all(has_whole_tags(attribute.raw) for attribute in attributes):
        return None  # what follows would not be in the tag any more
    edits = [
        Edit((place, place + 1), entities[subject.text[place]])
        for attribute in attributes
        for place in range(*attribute.value_span)
        if subject.text[place] in entities
    ]
    return Fix("write the characters as entities", tuple(edits), safe=False)

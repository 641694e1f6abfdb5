"""Entities: characters of values written so that no reader takes them for markup."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from shortcodes.diagnostics import Edit, Fix
from shortcodes.linting.subject import Subject
from shortcodes.nodes import Attribute


def written(
    subject: Subject, attributes: Iterable[Attribute], entities: Mapping[str, str]
) -> Fix | None:
    """Return what writes some characters of values as entities; `None` in Markdown, where they
    may be part of an escape.
    """
    if subject.markdown:
        return None
    edits = [
        Edit((place, place + 1), entities[subject.text[place]])
        for attribute in attributes
        for place in range(*attribute.value_span)
        if subject.text[place] in entities
    ]
    return Fix("write entities", tuple(edits), safe=False)

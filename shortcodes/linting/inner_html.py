"""HTML inside opening tags: which of it an editor put there, and the tag without it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from shortcodes.diagnostics import Edit, Fix
from shortcodes.html.whole import has_whole_tags, match_tags, replace_tags, whole_tags
from shortcodes.linting.gaps import find_gaps
from shortcodes.nodes import Attribute, Shortcode, Span

TAKE_OUT = "take the HTML out of the tag"
"""What the fixes do."""


def find_linked(shortcode: Shortcode) -> Sequence[Attribute]:
    """Return the attributes whose value is an address that an editor made a link of."""
    return [
        attribute
        for attribute in shortcode.attribute_nodes
        if "<" in attribute.raw and _compile_linked().fullmatch(attribute.raw)
    ]


def take_out(shortcode: Shortcode, linked: Sequence[Attribute]) -> Fix | None:
    """Return the fix that takes out the HTML between the attributes and around linked values.

    Elements that begin and end in the tag go; the others move in front of it.
    """
    text, (start, end) = shortcode.document.source, shortcode.open_span
    if not has_whole_tags(text[start:end]):
        return None
    spans = [span for span in find_gaps(shortcode) if "<" in text[slice(*span)]]
    spans = sorted([*spans, *(attribute.value_span for attribute in linked)])
    if any(before[1] > after[0] for before, after in pairwise(spans)):
        return None
    parts, removed, position = [], list[str](), start
    for span in spans:
        inside = text[slice(*span)]
        removed += whole_tags(inside)
        left = replace_tags(inside, "" if "=" in inside or span in _values(linked) else " ")
        parts += [text[position : span[0]], left]
        position = span[1]
    return build_extraction((start, end), "".join([*parts, text[position:end]]), removed)


def _values(linked: Sequence[Attribute]) -> set[Span]:
    return {attribute.value_span for attribute in linked}


def build_extraction(
    span: Span, tag: str, removed: Sequence[str], message: str = TAKE_OUT
) -> Fix | None:
    """Return the fix that writes a tag from which HTML tags were removed, with those in front of it
    whose elements do not begin and end among them.
    """
    matched = match_tags(removed)
    if matched is None:
        return None
    tidy = re.sub(r"(?<=\S)[ \t\n\r]++(?=\])|(?<=[ \t\n\r])[ \t\n\r]++", "", tag)
    return Fix(message, (Edit(span, "".join([*matched[0], *matched[1], tidy])),), safe=False)


@cache
def _compile_linked() -> re.Pattern[str]:
    """Return the pattern of an address with elements around it, the first of which is a link."""
    opened = r"(?:<[a-zA-Z][^<>]*+>\s*+|(?!).)++"
    address = r"(?:[a-zA-Z][a-zA-Z0-9+.-]*+:|/|#|www\.|[^\s<>@/]*+@)[^\s<>]*+"
    return re.compile(rf"\s*+(?=<[aA]\s){opened}{address}(?:\s*+</[a-zA-Z]++\s*+>|(?!).)++\s*+")

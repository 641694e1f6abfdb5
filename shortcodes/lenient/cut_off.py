"""Opening tags that the end of the text, or of the value of an HTML attribute, cuts off.

Excerpts end in the middle of a tag: `<meta content="[vc_row width=&quot;1/2">`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from shortcodes.detection import Tags, is_listed
from shortcodes.detection.tables import QUOTE, SPACE
from shortcodes.html.tags import HtmlTags, attributes
from shortcodes.html.tokens import FindCode, Span


def find_cut_off(text: str, tags: Tags, code_finders: Sequence[FindCode]) -> list[Span]:
    """Return the spans of such tags of listed names, in order, up to where they are cut off.

    All of a tag has to be attributes, of which the last one may be incomplete, on one line.
    """
    spans = set(_find_at_end(text, 0, len(text), tags))
    if _may_be_in_values(text, tags):
        for reading in HtmlTags(text, code_finders).readings:
            for start, end in reading:
                for _, value in attributes(text, start, end):
                    spans.update(_find_at_end(text, *value, tags))
    return sorted(spans)


def _find_at_end(text: str, start: int, end: int, tags: Tags) -> Iterator[Span]:
    """Yield the span of the tag that an end cuts off, and of those that it cuts off in turn."""
    while (bracket := text.rfind("[", start, end)) >= 0:
        if text.find("]", bracket, end) >= 0:
            return
        tag = _compile_tag().fullmatch(text, bracket, end)
        if not (tag and is_listed(tag["name"], tags) and "\n" not in tag[0] and "=" in tag[0]):
            return
        yield bracket, end
        end = bracket


def _may_be_in_values(text: str, tags: Tags) -> bool:
    """Return whether an HTML tag ends before a tag of a listed name does. This is a quick check."""
    return "<" in text and any(
        is_listed(tag["name"], tags) for tag in _compile_candidate().finditer(text)
    )


@cache
def _compile_tag() -> re.Pattern[str]:
    content = rf"(?:(?!{QUOTE})[^\[\]<\n]|(?!).)*+"
    return re.compile(
        rf"\[(?P<name>[\w-]++)(?:{SPACE}[\w-]++=(?:{QUOTE}){content}(?:{QUOTE})|(?!).)*+"
        rf"(?:{SPACE}(?:[\w-]++(?:=(?:(?:{QUOTE}){content}|(?!).)?+|(?!).)?+|(?!).)?+|(?!).)?+"
    )


@cache
def _compile_candidate() -> re.Pattern[str]:
    return re.compile(r"\[(?P<name>[\w-]++)[ \xa0][^\[\]<>\n]*+>")

"""CDATA sections: in XML, each holds a text of its own, such as a post of an export.

In HTML, `<![CDATA[` is a comment up to the next `>`. So a section counts there only where both its
ends are outside all tags and comments, or in the same raw text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from operator import attrgetter
from typing import Literal, NamedTuple

from shortcodes.html.ambiguity import find_ambiguity
from shortcodes.html.tokens import FindCode, Token, list_readings, tokens
from shortcodes.lenient.regions import Regions, region_openers
from shortcodes.lenient.serialised import is_serialised

OPENING, CLOSING = "<![CDATA[", "]]>"
_META = "<wp:meta_value"
"""The element of an export with a value of a plug-in, which the plug-in may have serialised."""


class Part(NamedTuple):
    """A span that is a text of its own."""

    start: int
    end: int
    kind: Literal["body", "section", "rest"]
    """What follows front matter, what is in a CDATA section, or what is between sections."""


def has_sections(text: str) -> bool:
    """Return whether a text may hold CDATA sections or values of an export."""
    # One character is looked for much faster than a word, and most plain texts have none.
    return "<" in text and (OPENING in text or _META in text)


def is_xml(text: str) -> bool:
    """Return whether a text is XML and not HTML, so that no browser reads it as HTML."""
    return _compile_xml().match(text) is not None


def list_parts(text: str, *, markdown: bool, code_finders: Sequence[FindCode]) -> list[Part]:
    """Return the texts that are in a text: those in its CDATA sections, and what is between these.

    Values of an export, and values that PHP serialised, are in none of them. If there is no section
    and no such value, the list is empty.
    """
    sections: Sequence[_Section] = list(_find_sections(text, markdown))
    if sections and not is_xml(text):
        sections = _select_open(text, sections, code_finders)
    parts: list[Part] = []
    position = 0
    for start, end, is_text in sections:
        parts.append(Part(position, start, "rest"))
        if is_text and not is_serialised(text[start:end]):
            parts.append(Part(start, end, "section"))
        position = end
    return [*parts, Part(position, len(text), "rest")] if sections else []


_START = attrgetter("start")

_Section = tuple[int, int, bool]
"""The start and end of what is in a section, and whether it may be a text."""


def _find_sections(text: str, markdown: bool) -> Iterator[_Section]:
    """Yield what is in the sections and the values of a text, outside comments and code."""
    regions, opener = Regions(text, markdown), _compile_opener(markdown)
    position = 0
    while match := opener.search(regions.text, position):
        position = match.end()
        if match["cdata"] is None and match["value"] is None:
            position = regions.find_end(match.lastgroup or "", match.start(), position)
            continue
        is_value = match["cdata"] is None
        end = _find_value_end(text, position) if is_value else text.find(CLOSING, position)
        if end < 0:
            return
        yield position, end, not is_value
        position = end


def _find_value_end(text: str, position: int) -> int:
    """Return the end of the content of an element, or -1. It may be in several sections."""
    mark = _compile_mark()
    while match := mark.search(text, position):
        closing = _CLOSINGS.get(match[0])
        if closing is None:
            return match.start()
        position = text.find(closing, match.end())
        if position < 0:
            return -1
    return -1


_CLOSINGS = {OPENING: CLOSING, "<!--": "-->"}
"""What ends a section and a comment."""


def _select_open(
    text: str, sections: Sequence[_Section], code_finders: Sequence[FindCode]
) -> Sequence[_Section]:
    """Return the sections that begin and end where a browser sees the same, and no tag."""
    if find_ambiguity(text, code_finders):
        return ()
    for reading in list_readings(text, code_finders):
        in_order = list(tokens(text, reading))
        sections = [
            section for section in sections if not section[2] or _is_open(in_order, *section[:2])
        ]
    return sections


def _is_open(in_order: Sequence[Token], start: int, end: int) -> bool:
    """Return whether what is in a section is between tokens, in one that begins with the section,
    or in the raw text of an element such as `<title>`.
    """
    before, after = start - len(OPENING), end + len(CLOSING)
    first = bisect_left(in_order, before, key=_START)
    if first and before < in_order[first - 1].raw_end:
        return in_order[first - 1].end <= before and after <= in_order[first - 1].raw_end
    last = bisect_left(in_order, after, key=_START) - 1
    begins = first <= last and in_order[first].start == before
    return begins and in_order[last].raw_end <= after


@cache
def _compile_opener(markdown: bool) -> re.Pattern[str]:
    """Return the pattern of what opens a section, a value of an export, or a region."""
    value = rf"(?P<value>{_META}(?:[ \t\r\n][^<>]*+|(?!).)?+(?<!/)>)"
    return re.compile(rf"(?P<cdata>{re.escape(OPENING)})|{value}|{region_openers(markdown)}")


@cache
def _compile_mark() -> re.Pattern[str]:
    """Return the pattern of what may end the content of an element, or holds what may not."""
    return re.compile(rf"</|<!--|{re.escape(OPENING)}")


@cache
def _compile_xml() -> re.Pattern[str]:
    """Return the pattern of the beginning of XML: its declaration, or the tag of a feed."""
    before = r"(?:\s++|<!--(?:[^-]|-(?!->)|(?!).)*+-->|<\?[^>]*+>|<!(?!--)[^>]*+>|(?!).)*+"
    html, feed = "[hH][tT][mM][lL]", "[rR][sS][sS]|feed|rdf:RDF"
    return re.compile(rf"\ufeff?+\s*+(?:<\?xml\s[^>]*+>{before}<(?!{html}[\s>])|<(?:{feed})[\s>])")

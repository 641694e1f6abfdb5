"""Strays: closing tags that close nothing, and opening tags that nothing terminates."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.delimiters import Delimiter
from shortcodes.nodes import Document, Escape, Span
from shortcodes.wordpress.evidence import read_first_item
from shortcodes.wordpress.names import Names
from shortcodes.wordpress.views import make_views


def find_strays(document: Document, names: Names) -> tuple[list[Delimiter], set[int]]:
    """Return the closing tags that are text (rule 13), and which of them, by index, cross a
    shortcode: an opener of their name is unclosed in a shortcode that was closed before them.
    """
    spans, unclosed_until = _list_spans(document)
    closers = sorted(
        (start, name)
        for name, starts in names.find_closings(make_views(document.source).outer).items()
        for start in starts
    )
    strays: list[Delimiter] = []
    crossing: set[int] = set()
    index = 0
    for start, name in closers:
        while index < len(spans) and spans[index][1] <= start:
            index += 1
        if index < len(spans) and spans[index][0] <= start:
            continue
        if unclosed_until.get(name, start + 1) <= start:
            crossing.add(len(strays))
        strays.append(Delimiter(start, start + len(name) + 3, name, True, False, ""))
    return strays, crossing


def find_unterminated(text: str, names: Names) -> Iterator[Delimiter]:
    """Yield the opening tags that begin with an attribute and have no "]" after them (rule 10)."""
    shift = text.rfind("]") + 1
    for start, _, name, name_end in names.find_openings(text[shift:]):
        first_item = read_first_item(text, shift + name_end)
        if first_item == "named":
            yield Delimiter(shift + start, shift + name_end, name, False, False, first_item)


def _list_spans(document: Document) -> tuple[list[Span], dict[str, int]]:
    """Return the spans of delimiters and escapes in order, and for each name with an unclosed
    opener in another shortcode the end of the first such shortcode.
    """
    spans: list[Span] = []
    unclosed_until: dict[str, int] = {}
    open_ends: list[int] = []
    for item in document.items():
        while open_ends and open_ends[-1] <= item.span[0]:
            open_ends.pop()
        if isinstance(item, Escape):
            spans.append(item.span)
            continue
        spans.append(item.open_span)
        if item.close_span is not None:
            spans.append(item.close_span)
            open_ends.append(item.span[1])
        elif open_ends and item.kind == "standalone":
            end = open_ends[-1]
            unclosed_until[item.name] = min(unclosed_until.get(item.name, end), end)
    return sorted(spans), unclosed_until

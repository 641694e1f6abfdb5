"""Splits: shortcodes that an HTML tag splits. WordPress runs them; our renderers must not.

To WordPress a tag ends at the first ">", wherever that is. If such a shortcode were removed or
replaced, parts of a value would become attributes, or text would become markup.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from shortcodes.delimiters import Delimiter
from shortcodes.html.ambiguity import find_ambiguity
from shortcodes.html.contexts import HtmlContexts
from shortcodes.html.tags import may_hold_brackets
from shortcodes.html.tokens import Span, bracketed_spans, reaches_over
from shortcodes.nodes import Document, Shortcode


def find_split_items(document: Document) -> frozenset[int]:
    """Return the indexes of the shortcodes that do not begin and end in one piece of HTML."""
    text = document.source
    spans = document.delimiter_spans() if "<" in text else []
    if not spans:
        return frozenset()
    stop = max(end for _, end in spans)
    if not (
        may_hold_brackets(text)
        or _begin_in(spans, bracketed_spans(text))
        or any(reaches_over(text, *span) for span in spans)
        or find_ambiguity(text, document.code_finders) is not None
    ):
        return frozenset()
    contexts = HtmlContexts(text, document.code_finders, stop=stop)
    split = set()
    for index, (_, start, open_end, close_start, end, _, is_escape) in enumerate(
        document.items().rows()
    ):
        if is_escape:
            continue
        context = contexts.find_context(start, open_end)
        closing_context = contexts.find_context(close_start, end) if close_start else context
        if context is None or closing_context != context:
            split.add(index)
    return frozenset(split)


def find_split_delimiters(document: Document) -> Iterator[Delimiter]:
    """Yield the delimiters of these shortcodes."""
    items = document.items()
    for index in sorted(document.split_items):
        if isinstance(shortcode := items[index], Shortcode):
            is_self_closing = shortcode.kind == "self-closing"
            yield Delimiter(*shortcode.open_span, shortcode.name, False, is_self_closing, "")
            if shortcode.close_span:
                yield Delimiter(*shortcode.close_span, shortcode.name, True, False, "")


def _begin_in(delimiters: Sequence[Span], spans: Iterable[Span]) -> bool:
    """Return whether a delimiter begins in one of the spans."""
    starts = [start for start, _ in delimiters]
    return any(bisect_left(starts, end) > bisect_left(starts, start) for start, end in spans)

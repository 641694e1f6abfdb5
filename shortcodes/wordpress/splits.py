"""Splits: shortcodes that an HTML tag splits. WordPress runs them; a renderer of ours must not.

To WordPress a tag ends at the first ">", wherever that stands. Taken out, or replaced, such a
shortcode would make attributes of what was a value, or markup of what was text.
"""

from __future__ import annotations

from shortcodes.html.contexts import HtmlContexts
from shortcodes.html.tags import may_hold_brackets
from shortcodes.html.tokens import holds_bracket, reaches_over
from shortcodes.nodes import Document


def split_items(document: Document) -> frozenset[int]:
    """Return the numbers of the shortcodes that do not begin and end in one piece of HTML."""
    text = document.source
    if "<" not in text:
        return frozenset()
    matters = may_hold_brackets(text, text.rfind("]")) or holds_bracket(text)
    if not matters and not any(reaches_over(text, *span) for span in document.delimiter_spans()):
        return frozenset()
    contexts = HtmlContexts(text)
    split = set()
    for index, (_, start, open_end, close_start, end, _, escaped) in enumerate(
        document.items().rows()
    ):
        if escaped:
            continue
        context = contexts.of_delimiter(start, open_end)
        closing = contexts.of_delimiter(close_start, end) if close_start else context
        if context is None or closing != context:
            split.add(index)
    return frozenset(split)

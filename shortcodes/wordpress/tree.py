"""The tree: a text as WordPress would see it, as a `Document`.

Last stage of the WordPress dialect. The children of a shortcode are what WordPress would find in
its content if the handler ran it, as most do.
"""

from __future__ import annotations

from collections.abc import Sequence

from shortcodes.detection import Tags
from shortcodes.diagnosis import in_attributes, structural
from shortcodes.diagnostics import Diagnostic
from shortcodes.nodes import Attribute, Document, Escape, Shortcode, Span
from shortcodes.pairing import Pairs
from shortcodes.wordpress.attributes import finished, joined_spaces, places
from shortcodes.wordpress.evidence import listed
from shortcodes.wordpress.names import Names, names_of
from shortcodes.wordpress.scopes import Found, find
from shortcodes.wordpress.strays import strays, unterminated
from shortcodes.wordpress.views import as_seen


def read_wordpress(text: str, tags: Tags, *, skip_code: bool, markdown: bool) -> Document:
    """Return the tree of what WordPress sees in a text.

    WordPress knows nothing of code and of Markdown: `skip_code` and `markdown` change nothing.
    A shortcode in an element stands where it is written, though WordPress runs it before those of
    the text around (rule 36); one in an element within the attributes of another is part of them.
    """
    names = names_of(listed(text, tags)) if "[" in text else names_of(())
    found = find(text, names)
    document = Document(text, _Reader(text, names, found))
    document._items = _laid(document, found)
    return document


class _Reader:
    """Answers for the document what it computes only when it is asked."""

    def __init__(self, text: str, names: Names, found: Sequence[Found]) -> None:
        self._text = text
        self._names = names
        self._found = found
        self._by_start: dict[int, Found] = {}

    def attributes(self, span: Span) -> tuple[Attribute, ...]:
        if not self._by_start:
            self._by_start = {f.match.start + f.match.left + f.shift: f for f in self._found}
        return tuple(_attributes(self._text, self._by_start[span[0]]))

    def values(self, span: Span) -> Sequence[tuple[str | None, str]]:
        return [(attribute.name, attribute.value) for attribute in self.attributes(span)]

    def diagnostics(self, document: Document) -> tuple[Diagnostic, ...]:
        stray, crossed = strays(document, self._names)
        found = [
            *structural(
                stray, Pairs([-1] * len(stray), crossed), unterminated(self._text, self._names)
            ),
            *in_attributes(document),
        ]
        return tuple(sorted(found, key=lambda diagnostic: (diagnostic.span, diagnostic.code)))


def _laid(document: Document, found: Sequence[Found]) -> list[Shortcode | Escape]:
    """Return the shortcodes and escapes of the document, in order, each with its subtree's end."""
    items: list[Shortcode | Escape] = []
    subtree_ends = [len(found)] * len(found)
    open_items: list[tuple[int, int]] = []  # the end of an item, and its place
    for index, (match, _, shift, _) in enumerate(found):
        while open_items and open_items[-1][0] <= match.start + shift:
            subtree_ends[open_items.pop()[1]] = index
        open_items.append((match.end + shift, index))
    for index, (match, _, shift, _) in enumerate(found):
        start, end = match.start + shift, match.end + shift
        if match.escaped:
            items.append(
                Escape(match.name, (start, end), (start + 1, end - 1), index + 1, document)
            )
            continue
        opened, closed = match.content_start + shift, match.close_end + shift
        items.append(
            Shortcode(
                name=match.name,
                open_span=(start + match.left, opened),
                close_span=(match.content_end + shift, closed) if closed > opened else None,
                _self_closing=match.self_closing,
                _index=index,
                _subtree_end=subtree_ends[index],
                _document=document,
            )
        )
    return items


def _attributes(text: str, found: Found) -> list[Attribute]:
    """Return the attributes of a shortcode; names lower-cased, values as a handler gets them."""
    match, view, shift, nested = found
    made: list[Attribute] = []
    for start, end, name_end, value_start, value_end in places(
        view, match.attributes_start, match.attributes_end
    ):
        raw = text[value_start + shift : value_end + shift]
        seen = as_seen(raw, view[value_start:value_end], nested=nested)
        quote = view[value_end:end]  # nothing behind a bare value
        made.append(
            Attribute(
                name=view[start:name_end].lower() or None,
                value=finished(joined_spaces(seen)),
                raw=raw,
                quotes=(quote, quote) if quote else None,
                span=(start + shift, end + shift),
                name_span=(start + shift, name_end + shift) if name_end > start else None,
                value_span=(value_start + shift, value_end + shift),
            )
        )
    return made

"""The tree: a text as WordPress would see it, as a `Document`.

Last stage of the WordPress dialect. The children of a shortcode are what WordPress would find in
its content if the handler ran it, as most do.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property

from shortcodes.delimiters import Delimiter
from shortcodes.detection import Tags
from shortcodes.nodes import Attribute, Document, Loose, Span, Values
from shortcodes.wordpress.attributes import as_written, finished, joined_spaces, places, values
from shortcodes.wordpress.evidence import listed
from shortcodes.wordpress.items import ColumnItems, Columns, Origin
from shortcodes.wordpress.names import Names, names_of
from shortcodes.wordpress.scopes import find
from shortcodes.wordpress.splits import split_items
from shortcodes.wordpress.strays import strays, unterminated
from shortcodes.wordpress.views import as_seen


def read_wordpress(text: str, tags: Tags, *, skip_code: bool, markdown: bool) -> Document:
    """Return the tree of what WordPress sees in a text.

    WordPress knows nothing of code and of Markdown: `skip_code` and `markdown` change nothing.
    A shortcode in an element stands where it is written, though WordPress runs it before those of
    the text around (rule 36); one in an element within the attributes of another is part of them.
    """
    names = names_of(listed(text, tags) if "[" in text else ())
    found = find(text, names) if names.order and "]" in text else Columns()
    document = Document(text, _Reader(text, names, found), "wordpress")
    document._items = ColumnItems(document, found)
    return document


class _Reader:
    """Answers for the document what it computes only when it is asked."""

    def __init__(self, text: str, names: Names, found: Columns) -> None:
        self._text = text
        self._names = names
        self._found = found

    @cached_property
    def _as_written(self) -> bool:
        """Whether no value is other than what is written, wherever in the text it stands; where
        that is too much to ask of a whole text, it is asked of each delimiter.
        """
        return self._text.isascii() and as_written(self._text)

    def values(self, name: str, start: int, end: int) -> Values:
        text = self._text
        begin, stop = start + 1 + len(name), end - 1 - (text[end - 2] == "/")
        if self._as_written or as_written(text[begin:stop]):
            return values(text, begin, stop)
        found = self.attributes(name, (start, end))
        named = {attribute.name: attribute.value for attribute in found if attribute.name}
        return named, tuple([attribute.value for attribute in found if not attribute.name])

    def attributes(self, name: str, span: Span) -> tuple[Attribute, ...]:
        start, end = span
        inside = start + 1 + len(name), end - 1 - (self._text[end - 2] == "/")
        origin = self._found.origins[bisect_left(self._found.starts, start)]
        return tuple(_attributes(self._text, inside, origin))

    def loose(self, document: Document) -> Loose:
        closers, crossed = strays(document, self._names)
        return Loose(
            list(unterminated(self._text, self._names)),
            [closer for place, closer in enumerate(closers) if place not in crossed],
            [closers[place] for place in sorted(crossed)],
        )

    def find_break(self, tag: Delimiter) -> None:
        return None

    def split_by_html(self) -> Sequence[Delimiter]:
        return ()  # to WordPress they are shortcodes

    def split_items(self, document: Document) -> frozenset[int]:
        return split_items(document)


def _attributes(text: str, inside: Span, origin: Origin) -> Iterator[Attribute]:
    """Give the attributes of a shortcode; names lower-cased, values as a handler gets them."""
    view, shift, nested = origin
    for place in places(view, inside[0] - shift, inside[1] - shift):
        name = view[place.start : place.name_end].lower() or None
        raw = text[place.value_start + shift : place.value_end + shift]
        seen = as_seen(raw, view[place.value_start : place.value_end], nested=nested)
        quote = view[place.value_end : place.end]  # nothing behind a bare value
        span = place.start + shift, place.end + shift
        yield Attribute(
            name=name,
            value=finished(joined_spaces(seen)),
            raw=raw,
            quotes=(quote, quote) if quote else None,
            span=span,
            name_span=(span[0], place.name_end + shift) if name else None,
            value_span=(place.value_start + shift, place.value_end + shift),
        )

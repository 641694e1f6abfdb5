"""The tree: what a text turned out to hold, as small frozen nodes over the source.

Nodes carry spans; attributes, content and children are computed from them when asked for. The
items of a document stand in one flat list in document order, each with the index where its
subtree ends: depth costs no recursion, neither here nor for whoever walks the tree.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, NamedTuple, Protocol

from shortcodes.attributes import Attribute, Span, Values
from shortcodes.delimiters import Break, Delimiter
from shortcodes.diagnostics import Diagnostic
from shortcodes.lines import Lines, Position

__all__ = [
    "Attribute",
    "Document",
    "Escape",
    "Items",
    "Kind",
    "Loose",
    "Node",
    "Position",
    "Reader",
    "Row",
    "Shortcode",
    "Span",
    "Text",
    "Values",
]

Kind = Literal["self-closing", "standalone", "enclosing"]


class Shortcode:
    """A shortcode: one opening delimiter, and the closing one where it has one."""

    # Read-only properties over slots: as frozen as a dataclass, and much cheaper to make.
    __slots__ = (
        "_attributes",
        "_close_span",
        "_document",
        "_index",
        "_name",
        "_open_span",
        "_self_closing",
        "_subtree_end",
        "_values",
    )

    def __init__(
        self,
        name: str,
        open_span: Span,
        close_span: Span | None,
        _self_closing: bool,
        _index: int,
        _subtree_end: int,
        _document: Document,
    ) -> None:
        self._name = name
        self._open_span = open_span
        self._close_span = close_span
        self._self_closing = _self_closing
        self._index = _index
        self._subtree_end = _subtree_end
        self._document = _document
        self._attributes: tuple[Attribute, ...] | None = None
        self._values: Values | None = None

    @property
    def name(self) -> str:
        """The tag name, as written."""
        return self._name

    @property
    def document(self) -> Document:
        """The document it stands in."""
        return self._document

    @property
    def open_span(self) -> Span:
        """The place of the opening delimiter."""
        return self._open_span

    @property
    def close_span(self) -> Span | None:
        """The place of the closing delimiter; `None` without one."""
        return self._close_span

    @property
    def kind(self) -> Kind:
        """Return "enclosing" with a closing tag, else "self-closing" or "standalone"."""
        if self.close_span is not None:
            return "enclosing"
        return "self-closing" if self._self_closing else "standalone"

    @property
    def span(self) -> Span:
        """From the opening delimiter to the end of the closing one, if there is one."""
        return self.open_span[0], (self.close_span or self.open_span)[1]

    @property
    def source(self) -> str:
        """The shortcode as it stands in the text, content included."""
        return self._document.source[slice(*self.span)]

    @property
    def content(self) -> str | None:
        """What the shortcode encloses, as written; `None` without closing tag."""
        if self.close_span is None:
            return None
        return self._document.source[self.open_span[1] : self.close_span[0]]

    @property
    def children(self) -> tuple[Node, ...]:
        """The nodes that the content is made of; empty without closing tag."""
        if self.close_span is None:
            return ()
        inside = (self.open_span[1], self.close_span[0])
        return self._document._nodes(self._index + 1, self._subtree_end, inside)

    @property
    def attribute_nodes(self) -> tuple[Attribute, ...]:
        """Every attribute in source order, duplicates included."""
        if self._attributes is None:
            reader = self._document._reader
            self._attributes = reader.attributes(self._name, self._open_span)
        return self._attributes

    @property
    def attributes(self) -> Mapping[str, str]:
        """The named attributes, read-only: a name's first place is kept, its last value wins."""
        return MappingProxyType((self._values or self.values)[0])

    @property
    def positional(self) -> tuple[str, ...]:
        """The values of the attributes without a name."""
        return (self._values or self.values)[1]

    @property
    def values(self) -> Values:
        """The named attributes and the values without a name, at once; not to be changed."""
        if self._values is None:
            start, end = self._open_span
            self._values = self._document._reader.values(self._name, start, end)
        return self._values

    def get(self, name: str, default: str | None = None) -> str | None:
        """Return the value of the named attribute, or `default`."""
        return self.attributes.get(name, default)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Shortcode)
            and self._document is other._document
            and self._index == other._index
        )

    def __hash__(self) -> int:
        return hash((id(self._document), self._index))

    def __repr__(self) -> str:
        return f"<Shortcode {self.name!r} {self.kind} at {self.span}>"


@dataclass(frozen=True, slots=True, repr=False)
class Escape:
    """A shortcode in doubled brackets: to be shown, not to be run."""

    name: str
    span: Span
    inner_span: Span
    """Without the outer pair of brackets."""
    _subtree_end: int
    _document: Document

    @property
    def source(self) -> str:
        """The escape as written, with both pairs of brackets."""
        return self._document.source[slice(*self.span)]

    @property
    def text(self) -> str:
        """What a reader should see: one bracket less on either side."""
        return self._document.source[slice(*self.inner_span)]

    def __repr__(self) -> str:
        return f"<Escape {self.name!r} at {self.span}>"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Text:
    """Everything that is neither a shortcode nor an escape."""

    span: Span
    _document: Document

    @property
    def source(self) -> str:
        """The text as written."""
        return self._document.source[slice(*self.span)]

    def __repr__(self) -> str:
        return f"<Text at {self.span}>"


Node = Text | Shortcode | Escape


class Reader(Protocol):
    """What a document asks of the scanner that made it, when it is asked itself."""

    def attributes(self, name: str, span: Span) -> tuple[Attribute, ...]:
        """Return the attributes of the opening delimiter that stands there, and bears the name."""

    def values(self, name: str, start: int, end: int) -> Values:
        """Return no more than their values."""

    def loose(self, document: Document) -> Loose:
        """Return the delimiters that are part of no shortcode and of no escape."""

    def find_break(self, tag: Delimiter) -> Break | None:
        """Return where an unterminated opening tag breaks off, if that can be said."""

    def split_by_html(self) -> Sequence[Delimiter]:
        """Return the delimiters that are text because an HTML tag splits them or their pair."""

    def split_items(self, document: Document) -> frozenset[int]:
        """Return the numbers of the items that no renderer may touch for the same reason."""


class Loose(NamedTuple):
    """Delimiters that are part of no shortcode, each kind in document order."""

    unterminated: Sequence[Delimiter] = ()
    """Openings that begin with an attribute and break off; they end behind their names."""
    stray: Sequence[Delimiter] = ()
    """Closing ones that close nothing."""
    crossing: Sequence[Delimiter] = ()
    """Closing ones whose opener stands in a shortcode that was closed before them."""


Row = tuple[str, int, int, int, int, int, int]
"""An item without its node: name, start, end of the opening delimiter, start of the closing one,
end, end of the subtree, and whether it is an escape. Without a closing delimiter its start is 0,
and the end is that of the opening one; of an escape they are the start and end of the whole."""


class Items(Sequence[Shortcode | Escape]):
    """The shortcodes and escapes of a document, in order; made when they are asked for."""

    @abstractmethod
    def rows(self) -> Iterator[Row]:
        """Give the items in order, at a fraction of what nodes cost."""


class Document:
    """A text that was read: its source, and the nodes over it."""

    __slots__ = (
        "_diagnose",
        "_diagnostics",
        "_items",
        "_lines",
        "_reader",
        "_reread",
        "_split_items",
        "dialect",
        "source",
    )

    def __init__(self, source: str, reader: Reader, dialect: str) -> None:
        self.source = source  # the text, to the character
        self.dialect = dialect  # in which it was read
        self._reader = reader
        self._items: Items
        self._reread: Callable[[str], Document]
        self._lines: Lines | None = None
        self._split_items: frozenset[int] | None = None
        self._diagnostics: tuple[Diagnostic, ...] | None = None
        self._diagnose: Callable[[Document], Iterable[Diagnostic]] = _undiagnosed
        # what finds the diagnostics: whoever parses for others sets it

    @property
    def children(self) -> tuple[Node, ...]:
        """The nodes of the top level, in order and without gaps."""
        return self._nodes(0, len(self._items), (0, len(self.source)))

    def shortcodes(self) -> Iterator[Shortcode]:
        """Give every shortcode in document order, nested ones included."""
        return (item for item in self._items if isinstance(item, Shortcode))

    def items(self) -> Items:
        """Every shortcode and escape in document order, nested ones included.

        They are made when they are asked for, so keep those you need.
        """
        return self._items

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What the parser saw that is wrong, sorted by place: `shortcodes.lint` has more rules."""
        if self._diagnostics is None:
            self._diagnostics = tuple(self._diagnose(self))
        return self._diagnostics

    def delimiter_spans(self) -> list[Span]:
        """Return the spans of all delimiters of shortcodes, and of escapes, in order."""
        spans: list[Span] = []
        in_order = True
        for _, start, open_end, close_start, end, _, escaped in self._items.rows():
            spans.append((start, end if escaped else open_end))
            if close_start:
                spans.append((close_start, end))
                in_order = False
        return spans if in_order else sorted(spans)

    def read_again(self, text: str) -> Document:
        """Return another text, read in the way in which this one was."""
        return self._reread(text)

    @property
    def loose(self) -> Loose:
        """The delimiters that are part of no shortcode and of no escape."""
        return self._reader.loose(self)

    def find_break(self, tag: Delimiter) -> Break | None:
        """Return where an unterminated opening tag breaks off, and what was expected there.

        `None` in the WordPress dialect, in which such a tag lacks nothing but a "]".
        """
        return self._reader.find_break(tag)

    @property
    def split_by_html(self) -> Sequence[Delimiter]:
        """The delimiters that are text because an HTML tag splits them or their pair: one begins
        in the value of an attribute and ends outside of it, say.

        In the WordPress dialect they are shortcodes all the same, since WordPress runs them, but no
        renderer touches them.
        """
        items = (self._items[index] for index in sorted(self.split_items))
        split = (one for one in items if isinstance(one, Shortcode))
        return [*self._reader.split_by_html(), *(d for one in split for d in _delimiters(one))]

    @property
    def split_items(self) -> frozenset[int]:
        """The numbers, among all items, of the shortcodes that an HTML tag splits."""
        if self._split_items is None:
            self._split_items = self._reader.split_items(self)
        return self._split_items

    def position(self, offset: int) -> Position:
        """Return line and column, both from 1, of an offset in code points.

        Lines end at a line feed, a carriage return, or both. Raises `IndexError` for an offset
        outside the text.
        """
        return self.lines.find_position(offset)

    @property
    def lines(self) -> Lines:
        """The lines of the text."""
        if self._lines is None:
            self._lines = Lines(self.source)
        return self._lines

    @property
    def line_starts(self) -> Sequence[int]:
        """The offset at which each line begins; the first is 0."""
        return self.lines.starts

    def values(self, name: str, start: int, end: int) -> Values:
        """Return the values of the shortcode with that name and that opening delimiter."""
        return self._reader.values(name, start, end)

    def _nodes(self, first: int, end: int, span: Span) -> tuple[Node, ...]:
        """Return the items from `first` to before `end`, top level only, with the text between."""
        nodes: list[Node] = []
        position, stop = span
        while first < end:
            item = self._items[first]
            if item.span[0] > position:
                nodes.append(Text((position, item.span[0]), self))
            nodes.append(item)
            position, first = item.span[1], item._subtree_end
        if stop > position:
            nodes.append(Text((position, stop), self))
        return tuple(nodes)

    def __repr__(self) -> str:
        return f"<Document of {len(self.source)} code points, {len(self._items)} items>"


def _undiagnosed(document: Document) -> Iterable[Diagnostic]:
    return ()


def _delimiters(shortcode: Shortcode) -> Iterator[Delimiter]:
    """Yield the delimiters of a shortcode."""
    closes_itself = shortcode.kind == "self-closing"
    yield Delimiter(*shortcode.open_span, shortcode.name, False, closes_itself, "")
    if shortcode.close_span:
        yield Delimiter(*shortcode.close_span, shortcode.name, True, False, "")

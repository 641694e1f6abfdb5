"""The tree: a document and its nodes, small frozen objects over the source.

Nodes hold spans; attributes, content and children are computed from them on demand. The items of a
document are one flat list in document order, each with the index of the item after its subtree, so
that depth costs no recursion, neither here nor in code that walks the tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

# The names with "as" are public here too.
from shortcodes.attributes import Attribute as Attribute
from shortcodes.attributes import Span as Span
from shortcodes.attributes import Values as Values
from shortcodes.attributes import shift_span
from shortcodes.common.lines import Lines
from shortcodes.common.lines import Position as Position
from shortcodes.delimiters import Break, Delimiter
from shortcodes.delimiters import Loose as Loose
from shortcodes.diagnostics import Diagnostic
from shortcodes.readers import Composition as Composition
from shortcodes.readers import Items as Items
from shortcodes.readers import Reader as Reader
from shortcodes.readers import Row as Row

Kind = Literal["self-closing", "standalone", "enclosing"]


class Shortcode:
    """A shortcode: an opening delimiter, and a closing one if it encloses content."""

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
        """The document that the shortcode is part of."""
        return self._document

    @property
    def open_span(self) -> Span:
        """The span of the opening delimiter."""
        return self._open_span

    @property
    def close_span(self) -> Span | None:
        """The span of the closing delimiter; `None` if there is none."""
        return self._close_span

    @property
    def kind(self) -> Kind:
        """Either "enclosing", with a closing tag, or "self-closing" or "standalone"."""
        if self.close_span is not None:
            return "enclosing"
        return "self-closing" if self._self_closing else "standalone"

    @property
    def span(self) -> Span:
        """The span from the opening delimiter to the end of the closing one, if there is one."""
        return self.open_span[0], (self.close_span or self.open_span)[1]

    @property
    def source(self) -> str:
        """The shortcode as written, including its content."""
        return self._document.source[slice(*self.span)]

    @property
    def content(self) -> str | None:
        """The enclosed content as written; `None` without a closing tag."""
        if self.close_span is None:
            return None
        return self._document.source[self.open_span[1] : self.close_span[0]]

    @property
    def children(self) -> tuple[Node, ...]:
        """The nodes of the content; empty without a closing tag."""
        if self.close_span is None:
            return ()
        content_span = (self.open_span[1], self.close_span[0])
        return self._document._make_nodes(self._index + 1, self._subtree_end, content_span)

    @property
    def attribute_nodes(self) -> tuple[Attribute, ...]:
        """Every attribute in source order, duplicates included."""
        if self._attributes is None:
            reader = self._document._reader
            self._attributes = reader.read_attributes(self._name, self._open_span)
        return self._attributes

    @property
    def attributes(self) -> Mapping[str, str]:
        """The named attributes, read-only: a name keeps its first position, its last value wins."""
        return MappingProxyType((self._values or self.values)[0])

    @property
    def positional(self) -> tuple[str, ...]:
        """The values of the positional attributes."""
        return (self._values or self.values)[1]

    @property
    def values(self) -> Values:
        """The named attributes and the positional values, at once. Do not change them."""
        if self._values is None:
            start, end = self._open_span
            self._values = self._document._reader.read_values(self._name, start, end)
        return self._values

    def get(self, name: str, default: str | None = None) -> str | None:
        """Return the value of the named attribute, or `default`."""
        return self.attributes.get(name, default)

    def move(self, document: Document, offset: int, index: int) -> Shortcode:
        """Return it in a document of which its own is a part, from an offset and a first item."""
        return Shortcode(
            self._name,
            shift_span(self._open_span, offset),
            self._close_span and shift_span(self._close_span, offset),
            self._self_closing,
            self._index + index,
            self._subtree_end + index,
            document,
        )

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
    """A shortcode in doubled brackets, which is shown and not run."""

    name: str
    span: Span
    inner_span: Span
    """The span without the outer pair of brackets."""
    _subtree_end: int
    _document: Document

    @property
    def source(self) -> str:
        """The escape as written, with both pairs of brackets."""
        return self._document.source[slice(*self.span)]

    @property
    def text(self) -> str:
        """The text that a reader should see: one bracket less on either side."""
        return self._document.source[slice(*self.inner_span)]

    def move(self, document: Document, offset: int, index: int) -> Escape:
        """Return it in a document of which its own is a part. See `Shortcode.move`."""
        span, inner_span = shift_span(self.span, offset), shift_span(self.inner_span, offset)
        return Escape(self.name, span, inner_span, self._subtree_end + index, document)

    def __repr__(self) -> str:
        return f"<Escape {self.name!r} at {self.span}>"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Text:
    """A part of the text that is neither a shortcode nor an escape."""

    span: Span
    _document: Document

    @property
    def source(self) -> str:
        """The text as written."""
        return self._document.source[slice(*self.span)]

    def __repr__(self) -> str:
        return f"<Text at {self.span}>"


Node = Text | Shortcode | Escape


class Document:
    """A text that was read: its source, and the nodes over it."""

    __slots__ = (
        "_diagnose",
        "_diagnostics",
        "_items",
        "_lines",
        "_locate",
        "_read_again",
        "_reader",
        "_split_items",
        "code_finders",
        "composition",
        "dialect",
        "escapes_brackets",
        "front_matter",
        "source",
    )

    def __init__(
        self,
        source: str,
        dialect: str,
        reader: Reader,
        read_again: Callable[[str], Document],
        diagnose: Callable[[Document], Iterable[Diagnostic]] | None = None,
        code_finders: Sequence[Callable[[str], Iterable[Span]]] = (),
        *,
        escapes: bool = False,
        composition: Composition | None = None,
    ) -> None:
        self.source = source  # the text, to the character
        self.dialect = dialect  # in which it was read
        # Each returns the code of a text in the same format, such as Markdown, beside its HTML.
        self.code_finders = code_finders
        self.escapes_brackets = escapes  # whether backslashes before brackets are part of them
        self.composition = composition  # the texts in it; `None` if it is one text
        self.front_matter = ""  # what is before the text, if that follows front matter
        self._reader = reader
        self._read_again = read_again
        self._diagnose = diagnose
        self._items = reader.make_items(self)
        self._lines: Lines | None = None
        self._locate: Callable[[int], Position] | None = None
        self._split_items: frozenset[int] | None = None
        self._diagnostics: tuple[Diagnostic, ...] | None = None

    @property
    def children(self) -> tuple[Node, ...]:
        """The nodes of the top level, in order and without gaps."""
        return self._make_nodes(0, len(self._items), (0, len(self.source)))

    def shortcodes(self) -> Iterator[Shortcode]:
        """Yield every shortcode in document order, nested ones included."""
        return (item for item in self._items if isinstance(item, Shortcode))

    def items(self) -> Items:
        """Return every shortcode and escape in document order, nested ones included.

        Each access makes a new node, so keep those you need.
        """
        return self._items

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The problems that the parser found, sorted by span; `shortcodes.lint` has more rules."""
        if self._diagnostics is None:
            self._diagnostics = tuple(self._diagnose(self)) if self._diagnose else ()
        return self._diagnostics

    def delimiter_spans(self) -> list[Span]:
        """Return the spans of all delimiters of shortcodes and of all escapes, in order."""
        spans: list[Span] = []
        for _, start, open_end, close_start, end, _, is_escape in self._items.rows():
            spans.append((start, end if is_escape else open_end))
            if close_start:
                spans.append((close_start, end))
        return sorted(spans)  # which takes no time if they are in order

    def left_over_spans(self) -> Sequence[Span]:
        """Return the spans of closing tags that close nothing, and of tags that are cut off."""
        return self._reader.find_left_over(self)

    def read_again(self, text: str) -> Document:
        """Return the document of another text, read with the same options as this one."""
        return self._read_again(text)

    @property
    def loose(self) -> Loose:
        """The delimiters that are part of no shortcode and no escape."""
        return self._reader.find_loose(self)

    def find_break(self, tag: Delimiter) -> Break | None:
        """Return where an unterminated opening tag breaks off, and what was expected there.

        `None` in the WordPress dialect, in which such a tag lacks nothing but a "]".
        """
        return self._reader.find_break(tag)

    @property
    def split_by_html(self) -> Sequence[Delimiter]:
        """The delimiters that an HTML tag splits, such as one that begins in the value of an
        attribute and ends outside it, or whose partner is in another piece of HTML.

        They are text. In the WordPress dialect they are shortcodes, since WordPress runs them, but
        no renderer touches them. If `ambiguity` is not `None`, all delimiters are among them.
        """
        return self._reader.find_split(self)

    @property
    def ambiguity(self) -> Span | None:
        """The span of the first HTML tag that browsers may read in two ways, without attributes."""
        return self._reader.find_ambiguity(self)

    @property
    def split_items(self) -> frozenset[int]:
        """The indexes, among all items, of the shortcodes that an HTML tag splits."""
        if self._split_items is None:
            self._split_items = self._reader.find_split_items(self)
        return self._split_items

    def position(self, offset: int) -> Position:
        """Return the line and column, both from 1, of an offset in code points.

        A line ends at a line feed, a carriage return, or both. If the document is a part of another
        one, these are lines of the other one.

        Raises:
            IndexError: The offset is outside the text.
        """
        position = self.lines.find_position(offset)
        return self._locate(offset) if self._locate else position

    def place(self, locate: Callable[[int], Position]) -> None:
        """Say where the text is in another one, which people see: `position` then asks `locate`."""
        self._locate = locate

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
        """Return the values of the opening tag with this name and this span."""
        return self._reader.read_values(name, start, end)

    def read_attributes(self, name: str, span: Span) -> tuple[Attribute, ...]:
        """Return the attributes of the opening tag with this name and this span."""
        return self._reader.read_attributes(name, span)

    def _make_nodes(self, index: int, end: int, span: Span) -> tuple[Node, ...]:
        """Return the items from `index` to before `end`, top level only, with the text between."""
        nodes: list[Node] = []
        text_start, stop = span
        while index < end:
            item = self._items[index]
            if item.span[0] > text_start:
                nodes.append(Text((text_start, item.span[0]), self))
            nodes.append(item)
            text_start, index = item.span[1], item._subtree_end
        if stop > text_start:
            nodes.append(Text((text_start, stop), self))
        return tuple(nodes)

    def __repr__(self) -> str:
        return f"<Document of {len(self.source)} code points, {len(self._items)} items>"

"""The nodes of a document: shortcodes, escapes, and the text between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from shortcodes.nodes.attributes import Attribute, Span, Values, shift_span

if TYPE_CHECKING:
    from shortcodes.nodes.document import Document

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

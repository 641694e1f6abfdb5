"""What a dialect reads of a text: the protocol that a document asks, and its flat list of items."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from shortcodes.delimiters import Break, Delimiter, Loose
from shortcodes.nodes.attributes import Attribute, Span, Values

if TYPE_CHECKING:
    from shortcodes.nodes.document import Document
    from shortcodes.nodes.shortcode import Escape, Shortcode


class Evidence(NamedTuple):
    """Why a name is that of a shortcode in a text."""

    reason: str
    """What is evidence for it, such as "an attribute in quotes"."""
    offset: int | None = None
    """Where the first tag begins that is evidence; `None` if the name itself is."""


class Reader(Protocol):
    """What was read of a text in one dialect; a document asks it for everything else."""

    def make_items(self, document: Document) -> Items:
        """Return the shortcodes and escapes of the text, as items of the document."""

    def read_attributes(self, name: str, span: Span) -> tuple[Attribute, ...]:
        """Return the attributes of the opening tag with this name and span."""

    def read_values(self, name: str, start: int, end: int) -> Values:
        """Return only the values of these attributes."""

    def find_loose(self, document: Document) -> Loose:
        """Return the delimiters that are part of no shortcode and no escape."""

    def find_left_over(self, document: Document) -> Sequence[Span]:
        """Return the spans of closing tags of shortcodes that close nothing, in order. WordPress
        prints them: its dialect has none.
        """

    def find_evidence(self, document: Document) -> Mapping[str, Evidence]:
        """Return why names are shortcodes in the text, by name."""

    def find_break(self, tag: Delimiter) -> Break | None:
        """Return where an unterminated opening tag breaks off, if that can be said."""

    def find_split(self, document: Document) -> Sequence[Delimiter]:
        """Return the delimiters that no renderer may touch because of the HTML around them."""

    def find_split_items(self, document: Document) -> frozenset[int]:
        """Return the indexes of the items that have such delimiters."""

    def find_ambiguity(self, document: Document) -> Span | None:
        """Return the span of the first HTML tag that browsers may read in two ways, or `None`."""


Row = tuple[str, int, int, int, int, int, int]
"""An item without its node: name, start and end of the opening delimiter, start of the closing
delimiter, end, index of the item after the subtree, and 1 for an escape. Without a closing
delimiter its start is 0 and the end is that of the opening one; the opening delimiter of an escape
is the whole escape."""


class Items(Sequence["Shortcode | Escape"]):
    """The shortcodes and escapes of a document, in order, made on demand."""

    @abstractmethod
    def rows(self) -> Iterator[Row]:
        """Yield the items in order, at a fraction of the cost of nodes."""


class Composition(NamedTuple):
    """The texts that a document consists of, each of which was read alone."""

    parts: Sequence[tuple[int, Document]]
    """The documents of the texts that may hold shortcodes, each with its offset, in order."""
    front_matter_end: int = 0
    """Where the text begins behind front matter; that is the only part then."""
    is_html: bool = False
    """Whether browsers may read the parts as one text, as in HTML, which has no CDATA sections."""

    @property
    def is_xml(self) -> bool:
        """Whether the text is XML, of which each tag has to keep its partner."""
        return not self.is_html and not self.front_matter_end

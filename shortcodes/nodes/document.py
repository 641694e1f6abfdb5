"""A document: a text that was read, and the nodes over it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from shortcodes.common.lines import Lines, Position
from shortcodes.delimiters import Break, Delimiter, Loose
from shortcodes.diagnostics import Diagnostic
from shortcodes.nodes.attributes import Attribute, Span, Values
from shortcodes.nodes.readers import Composition, Evidence, Items, Reader
from shortcodes.nodes.shortcode import Node, Shortcode, Text


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

    def find_evidence(self) -> Mapping[str, Evidence]:
        """Return why each name of the shortcodes in the text counts, by name."""
        return self._reader.find_evidence(self)

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

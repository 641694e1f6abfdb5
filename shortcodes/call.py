"""Calls: one shortcode that is being rendered, as its handler sees it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from types import MappingProxyType

from markupsafe import Markup

from shortcodes.diagnostics import Severity
from shortcodes.nodes import Document, Row, Shortcode, Span, Values
from shortcodes.plugins import Context

NOTHING = Markup()


class Call:
    """One shortcode on its way to markup."""

    # Class attributes for what most calls never set: hundreds of thousands may be made.
    _shortcode: Shortcode | None = None
    _values: Values | None = None
    _content: Markup | Callable[[], Markup] = NOTHING
    _acontent: Callable[[], Awaitable[Markup]] | None = None

    def __init__(
        self,
        document: Document,
        item: int,
        row: Row,
        context: Context,
        parent: Call | None = None,
        index: int = 0,
        position: int = 0,
    ) -> None:
        """Make the call for the item of that number, which the row describes."""
        self.document = document  # the one that is rendered
        self.context = context
        self.parent = parent  # the nearest shortcode around it that is rendered too
        self.index = index  # its number among all that are rendered in the document, from 0
        self.position = position  # its number among those with the same parent, from 0
        self.item = item  # its number among the items of the document
        self._row = row

    @classmethod
    def of(cls, shortcode: Shortcode, context: Context, content: Markup = NOTHING) -> Call:
        """Return the call for a node, which encloses what is given, rendered."""
        close_start, end = shortcode.close_span or (0, shortcode.open_span[1])
        row = (shortcode.name, *shortcode.open_span, close_start, end, shortcode._subtree_end, 0)
        call = cls(shortcode.document, shortcode._index, row, context)
        call._shortcode, call._content = shortcode, content
        return call

    @property
    def shortcode(self) -> Shortcode:
        """The shortcode, as a node of the document."""
        if self._shortcode is None:
            shortcode = self.document.items()[self.item]
            assert isinstance(shortcode, Shortcode)  # noqa: S101 - no escape is called
            self._shortcode = shortcode
        return self._shortcode

    @property
    def name(self) -> str:
        """The tag name, as written."""
        return self._row[0]

    @property
    def span(self) -> Span:
        """Its place, from the opening delimiter to the end of the closing one, if there is one."""
        return self._row[1], self._row[4]

    @property
    def encloses(self) -> bool:
        """Whether it has a closing delimiter."""
        return self._row[3] > 0

    @property
    def attributes(self) -> Mapping[str, str]:
        """The named attributes as they were written: untrusted."""
        return MappingProxyType(self.values[0])

    @property
    def positional(self) -> tuple[str, ...]:
        """The values of the attributes without a name: untrusted."""
        return self.values[1]

    @property
    def values(self) -> Values:
        """The named attributes and the values without a name, at once; not to be changed."""
        if self._values is None:
            row = self._row
            self._values = self.document.values(row[0], row[1], row[2])
        return self._values

    @property
    def ancestors(self) -> Iterator[Call]:
        """Give the shortcodes around it that are rendered too, the nearest first."""
        around = self.parent
        while around is not None:
            yield around
            around = around.parent

    @property
    def content(self) -> Markup:
        """What the shortcode encloses, rendered; safe markup, empty without closing tag."""
        return self.render_children()

    def render_children(self) -> Markup:
        """Return what the shortcode encloses, rendered once, at the latest now.

        Raises `RuntimeError` where that takes an asynchronous handler: await `arender_children`.
        """
        if not isinstance(self._content, Markup):
            self._content = self._content()
        return self._content

    async def arender_children(self) -> Markup:
        """Return the same where handlers inside may be asynchronous."""
        if self._acontent is not None and not isinstance(self._content, Markup):
            self._content = await self._acontent()
        return self.render_children()

    def report(
        self, code: str, message: str, *, span: Span | None = None, severity: Severity = "warning"
    ) -> None:
        """Say that something is wrong, at the shortcode or at a place inside it."""
        self.context.report(code, message, span or self.span, severity)

    def __repr__(self) -> str:
        return f"<Call {self.name!r} at {self.span}>"

"""Calls: a shortcode that is being rendered, as its handler sees it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from shortcodes.diagnostics import Severity
from shortcodes.nodes import Document, Row, Shortcode, Span, Values
from shortcodes.plugins import Context

NOTHING = Markup()


class Call:
    """One shortcode that is being rendered."""

    # Class attributes, since most calls never set these and there may be hundreds of thousands.
    _shortcode: Shortcode | None = None
    _values: Values | None = None
    _content: Markup | Callable[[], Markup] = NOTHING
    _acontent: Callable[[], Awaitable[Markup]] | None = None
    _data_inside: Mapping[str, Any] | None = None
    is_outer = False
    """Whether what it encloses is rendered only when the handler asks for it."""

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
        """Make the call for the item with this index, which the row describes."""
        self.document = document  # that is being rendered
        self._context = context
        self.parent = parent  # the nearest rendered shortcode around it
        self.index = index  # among all shortcodes rendered in the document
        self.position = position  # among those with the same parent
        self.item = item  # its index among the items of the document
        self._row = row

    @classmethod
    def of(cls, shortcode: Shortcode, context: Context, content: Markup = NOTHING) -> Call:
        """Return the call for a node with rendered content."""
        close_start, end = shortcode.close_span or (0, shortcode.open_span[1])
        row = (shortcode.name, *shortcode.open_span, close_start, end, shortcode._subtree_end, 0)
        call = cls(shortcode.document, shortcode._index, row, context)
        call._shortcode, call._content = shortcode, content
        return call

    @property
    def context(self) -> Context:
        """What the renderer received. What is added to its `stylesheets` is printed once a page."""
        return self._context

    @property
    def shortcode(self) -> Shortcode:
        """The shortcode, as a node of the document."""
        if self._shortcode is None:
            shortcode = self.document.items()[self.item]
            assert isinstance(shortcode, Shortcode)  # noqa: S101 - escapes have no handlers
            self._shortcode = shortcode
        return self._shortcode

    @property
    def name(self) -> str:
        """The tag name, as written."""
        return self._row[0]

    @property
    def span(self) -> Span:
        """The span from the opening delimiter to the end of the closing one, if there is one."""
        return self._row[1], self._row[4]

    @property
    def encloses(self) -> bool:
        """Whether it has a closing delimiter."""
        return self._row[3] > 0

    @property
    def attributes(self) -> Mapping[str, str]:
        """The named attributes as written, untrusted."""
        return MappingProxyType(self.values[0])

    @property
    def positional(self) -> tuple[str, ...]:
        """The values of the positional attributes, untrusted."""
        return self.values[1]

    @property
    def values(self) -> Values:
        """The named attributes and the positional values, at once. Do not change them."""
        if self._values is None:
            row = self._row
            self._values = self.document.values(row[0], row[1], row[2])
        return self._values

    @property
    def ancestors(self) -> Iterator[Call]:
        """The rendered shortcodes around this one, the nearest first."""
        ancestor = self.parent
        while ancestor is not None:
            yield ancestor
            ancestor = ancestor.parent

    @property
    def data(self) -> Mapping[str, Any]:
        """The data of the page and the request, with what enclosing handlers have added; read-only.

        The text cannot change it.
        """
        for ancestor in self.ancestors:
            if ancestor._data_inside is not None:
                return ancestor._data_inside
        return MappingProxyType(self._context.data)

    def add_data(self, **entries: Any) -> None:
        """Add entries to the `data` of the shortcodes that this one encloses, and of no others.

        An entry takes the place of one with the same name. Without a closing tag, nothing happens.

        Raises:
            RuntimeError: What it encloses is rendered already: the handler is not registered with
                `order="outer"`, or has asked for its content.
        """
        if not self.encloses:
            return
        if not self.is_outer or isinstance(self._content, Markup):
            raise RuntimeError(
                "add_data comes too late, after the content is rendered; register the handler with "
                'order="outer", and add data before it asks for its content'
            )
        inside = self.data if self._data_inside is None else self._data_inside
        self._data_inside = MappingProxyType({**inside, **entries})

    @property
    def content(self) -> Markup:
        """The rendered content, as safe markup; empty without a closing tag."""
        return self.render_children()

    def render_children(self) -> Markup:
        """Return the rendered content. It is rendered once, however often this is called.

        Raises:
            RuntimeError: The content needs an asynchronous handler; await `arender_children`.
        """
        if not isinstance(self._content, Markup):
            self._content = self._content()
        return self._content

    async def arender_children(self) -> Markup:
        """Return the rendered content, in which handlers may be asynchronous."""
        if self._acontent is not None and not isinstance(self._content, Markup):
            self._content = await self._acontent()
        return self.render_children()

    def report(
        self, code: str, message: str, *, span: Span | None = None, severity: Severity = "warning"
    ) -> None:
        """Report a problem with the shortcode, or with a span inside it."""
        self._context.report(code, message, span or self.span, severity)

    def __repr__(self) -> str:
        return f"<Call {self.name!r} at {self.span}>"

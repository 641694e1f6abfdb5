"""Calls: one shortcode that is being rendered, as its handler sees it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping

from markupsafe import Markup

from shortcodes.diagnostics import Severity
from shortcodes.nodes import Document, Shortcode, Span
from shortcodes.plugins import Context

NOTHING = Markup()


class Call:
    """One shortcode on its way to markup."""

    __slots__ = ("_acontent", "_content", "context", "index", "parent", "position", "shortcode")

    def __init__(
        self,
        shortcode: Shortcode,
        context: Context,
        parent: Call | None = None,
        index: int = 0,
        position: int = 0,
        content: Markup | Callable[[], Markup] = NOTHING,
        acontent: Callable[[], Awaitable[Markup]] | None = None,
    ) -> None:
        self.shortcode = shortcode
        self.context = context
        self.parent = parent  # the nearest shortcode around it that is rendered too
        self.index = index  # its number among all that are rendered in the document, from 0
        self.position = position  # its number among those with the same parent, from 0
        self._content = content
        self._acontent = acontent

    @property
    def name(self) -> str:
        """The tag name, as written."""
        return self.shortcode.name

    @property
    def attributes(self) -> Mapping[str, str]:
        """The named attributes as they were written: untrusted."""
        return self.shortcode.attributes

    @property
    def positional(self) -> tuple[str, ...]:
        """The values of the attributes without a name: untrusted."""
        return self.shortcode.positional

    @property
    def document(self) -> Document:
        """The document that is rendered."""
        return self.shortcode.document

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
        self.context.report(code, message, span or self.shortcode.span, severity)

    def __repr__(self) -> str:
        return f"<Call {self.name!r} at {self.shortcode.span}>"

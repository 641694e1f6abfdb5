"""From a document to a text with placeholders: handlers run inside out, by a loop and a stack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup, escape

from shortcodes.nodes import Document, Escape, Shortcode, Span
from shortcodes.plugins import Context
from shortcodes.registry import handlers
from shortcodes_html.layout import Layout
from shortcodes_html.options import Options
from shortcodes_html.outputs import Outputs
from shortcodes_strip import Piece, remaining

MAX_DEPTH = 100
"""Levels of handlers. Each level lays out what is inside it once more, so that without a limit
the work would grow with depth times size."""

_MARK = Markup('<mark class="shortcode-unknown">{}</mark>')


class Weaver:
    """One pass over one document."""

    def __init__(
        self, document: Document, context: Context, layout: Layout, options: Options
    ) -> None:
        self.outputs = Outputs(document.source)
        self._document = document
        self._context = context
        self._layout = layout
        self._unknown = options.unknown
        self._handlers = handlers()
        self._handlers.update(
            (tag, handler) for handler in options.handlers for tag in handler.tags
        )
        self._frames: list[list[Piece]] = [[]]
        """What the document holds so far, and every handled shortcode that is still open."""
        self._open: list[tuple[Shortcode, Span, str]] = []
        self._position = 0
        self._printed_stylesheets: set[str] = set(context.stylesheets)
        self._too_deep = False

    def weave(self) -> str:
        """Return the text with placeholders; `outputs` holds what they stand for."""
        for item in self._document.items():
            start, end = item.span
            if start < self._position:
                continue  # inside an escape
            self._close_until(start)
            self._text_until(start)
            if isinstance(item, Escape):
                self._leave(item.text, "keep")
                self._position = end
            else:
                self._enter(item)
        self._close_until(len(self._document.source))
        self._text_until(len(self._document.source))
        return remaining(self._frames[0])

    def _text_until(self, end: int) -> None:
        self._frames[-1].append(self._document.source[self._position : end])
        self._position = end

    def _enter(self, shortcode: Shortcode) -> None:
        """Take an opening delimiter."""
        treatment = self._treatment(shortcode)
        self._position = shortcode.open_span[1]
        if treatment != "handle":
            self._leave_delimiter(shortcode.open_span, treatment)
        elif shortcode.close_span is None:
            self._handle(shortcode, [])
        else:
            self._frames.append([])
        if shortcode.close_span is not None:
            self._open.append((shortcode, shortcode.close_span, treatment))

    def _treatment(self, shortcode: Shortcode) -> str:
        if shortcode.name not in self._handlers:
            return self._unknown
        if len(self._frames) <= MAX_DEPTH:
            return "handle"
        if not self._too_deep:
            self._too_deep = True
            message = f"shortcodes more than {MAX_DEPTH} levels deep are left as they are"
            self._context.report("SC403", message, shortcode.span)
        return "keep"

    def _close_until(self, position: int) -> None:
        """Take the closing delimiters that stand before a position."""
        while self._open and self._open[-1][1][1] <= position:
            shortcode, span, treatment = self._open.pop()
            self._text_until(span[0])
            self._position = span[1]
            if treatment == "handle":
                self._handle(shortcode, self._frames.pop())
            else:
                self._leave_delimiter(span, treatment)

    def _leave_delimiter(self, span: Span, treatment: str) -> None:
        if treatment == "strip":
            self._frames[-1].append(None)
        else:
            self._leave(self._document.source[slice(*span)], treatment)

    def _leave(self, source: str, treatment: str) -> None:
        """Print source as it is, or marked."""
        literal = self._layout.literal(source)
        if treatment == "mark":
            self._frames[-1].append(self.outputs.add(_MARK.format(literal), literal))
        elif self._layout.protect:
            self._frames[-1].append(self.outputs.add(literal, literal))
        else:
            self._frames[-1].append(source)

    def _handle(self, shortcode: Shortcode, pieces: list[Piece]) -> None:
        """Run the handler of a shortcode; one that fails leaves the source in its place."""
        content = self._layout.enclosed(remaining(pieces), self.outputs) if pieces else Markup()
        try:
            handler = self._handlers[shortcode.name]
            made = handler.handle(shortcode, replace(self._context, content=content))
            if not isinstance(made, str):
                raise TypeError(f"the handler returned {type(made).__name__}, not str")
        except Exception as error:
            reason = " ".join(f"{type(error).__name__}: {error}".split())
            message = f"[{shortcode.name}] is left as it is, its handler failed: {reason}"
            self._context.report("SC402", message, shortcode.span, "error")
            if sheets := self._new_stylesheets():
                self._frames[-1].append(self.outputs.add(Markup(), Markup(), None, sheets))
            self._leave_delimiter(shortcode.open_span, "keep")
            self._frames[-1] += pieces
            if shortcode.close_span is not None:
                self._leave_delimiter(shortcode.close_span, "keep")
        else:
            literal, sheets = self._layout.literal(shortcode.source), self._new_stylesheets()
            self._frames[-1].append(self.outputs.add(escape(made), literal, shortcode, sheets))

    def _new_stylesheets(self) -> Sequence[str]:
        """Return the CSS that came up since the last output of the top level.

        An output inside another may be dropped by the outer one, and its CSS must not be.
        """
        if len(self._frames) > 1:
            return ()
        names = [
            name for name in self._context.stylesheets if name not in self._printed_stylesheets
        ]
        self._printed_stylesheets.update(names)
        return [self._context.stylesheets[name] for name in names]

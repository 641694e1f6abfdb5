"""Runs, the shortcodes that are rendered, and the other pieces that a document consists of."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from shortcodes.call import NOTHING, Call
from shortcodes.diagnostics import Diagnostic, Severity
from shortcodes.engine.entries import Entry
from shortcodes.nodes import Document, Row, Span
from shortcodes.plugins import Context


@dataclass(frozen=True, slots=True)
class SourcePiece:
    """A delimiter or a whole escape that is printed as it is written."""

    source: str
    is_marked: bool = False
    """Whether it is marked as an unknown shortcode."""
    escape_source: str = ""
    """The escape with both pairs of brackets; `source` has one pair."""
    stripped_span: Span | None = None
    """The span of a delimiter that is taken out, unless that would change the meaning of the HTML
    tag around it."""


# Shared by all shortcodes without a closing tag; nothing is ever added to them.
_NO_PIECES: list[Piece] = []
_NO_RUNS: list[Run] = []
_NO_STYLESHEETS: Mapping[str, str] = {}


class Run(Call):
    """One shortcode that is rendered: the call that its handler receives, and the result."""

    markup: str | None = None
    """The safe markup of the shortcode, once it is known."""
    fallback: Sequence[Piece] | None = None
    """The pieces that take the place of the shortcode if it failed."""
    pieces: list[Piece] = _NO_PIECES
    """The pieces of the enclosed content."""
    inner_runs: list[Run] = _NO_RUNS
    """The runs among the pieces that were not finished at once."""
    child_count = 0
    """The number of runs directly inside this one."""
    has_begun = False
    """Whether the handler, or an event before it, has been called."""
    stylesheets: Mapping[str, str] = _NO_STYLESHEETS
    """The CSS that the handler asked for, by name."""
    is_gate = False
    """Whether what it encloses does not appear if it fails."""
    is_abandoned = False
    """Whether the handler took too long: it may go on, but nothing that it does counts."""
    has_laid_out_content = False
    """Whether the handler has asked for the enclosed content and received it."""

    def __init__(
        self,
        document: Document,
        item: int,
        row: Row,
        context: Context,
        parent: Run | None,
        index: int,
        position: int,
        entry: Entry,
    ) -> None:
        # The same assignments as in the base class, without the cost of another call.
        self.document, self._context, self.parent = document, context, parent
        self.index, self.position = index, position
        self.item, self._row = item, row
        self.entry = entry
        if self.encloses:
            self.pieces, self.inner_runs = [], []

    @property
    def context(self) -> Context:
        """The context, with style sheets of its own: it has to be known who needs which."""
        if self.stylesheets is _NO_STYLESHEETS:
            self.stylesheets = stylesheets = dict[str, str]()
            self._context = replace(self._context, stylesheets=stylesheets)
        return self._context

    def add_diagnostic(self, diagnostic: Diagnostic) -> None:
        """Add a diagnostic to those of the document."""
        self._context.diagnostics.append(diagnostic)

    def add_data(self, **entries: Any) -> None:
        """Add entries as `Call.add_data` does, unless the run has failed."""
        if not (self.is_done or self.is_abandoned):
            super().add_data(**entries)

    def drop_data(self) -> None:
        """Drop what the handler has added to the data: it failed."""
        self._data_inside = None

    @property
    def is_done(self) -> bool:
        """Whether the markup, or the fallback, is known."""
        return self.markup is not None or self.fallback is not None

    @property
    def is_ready(self) -> bool:
        """Whether it waits for no inner run."""
        return self.is_outer or all(inner.is_done for inner in self.inner_runs)

    @property
    def content_span(self) -> Span:
        """The span of the enclosed content; without a closing tag it is not used."""
        return self._row[2], self._row[3]

    @property
    def laid_out_content(self) -> Markup | None:
        """The enclosed content, if the handler has received it."""
        content = self._content if self.has_laid_out_content else None
        return content if isinstance(content, Markup) else None

    def defer_content(
        self,
        lay_out: Callable[[], Markup],
        lay_out_async: Callable[[], Awaitable[Markup]] | None = None,
    ) -> None:
        """Have the enclosed content laid out when it is asked for, and not before."""
        self._content = lay_out
        if lay_out_async is not None:
            self._acontent = lay_out_async

    def close(self) -> None:
        """Leave the enclosed content out for good."""
        self._content, self._acontent = NOTHING, None

    def report(
        self, code: str, message: str, *, span: Span | None = None, severity: Severity = "warning"
    ) -> None:
        """Report a problem, unless the handler has taken too long already."""
        if not self.is_abandoned:
            super().report(code, message, span=span, severity=severity)


@dataclass(frozen=True, slots=True)
class ContentPiece:
    """The enclosed content of a run that has failed or is not run."""

    run: Run


Piece = str | SourcePiece | Run | ContentPiece
"""Text or a placeholder, source that stays or is taken out, a run, or the content of a failed
run."""


def list_source_pieces(run: Run, *, stripped: bool = False) -> Iterator[Piece]:
    """Yield the pieces of a run as it is written: its delimiters, with its content between them.

    With `stripped`, the delimiters are taken out. The content of a gate is left out.
    """
    _, start, open_end, close_start, end, *_ = run._row

    def build_delimiter(start: int, end: int) -> SourcePiece:
        span = (start, end) if stripped else None
        return SourcePiece(run.document.source[start:end], stripped_span=span)

    yield build_delimiter(start, open_end)
    if close_start:
        if not run.is_gate:
            yield ContentPiece(run)
        yield build_delimiter(close_start, end)

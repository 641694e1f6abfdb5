"""Splits a document into pieces: the shortcodes to render, and what surrounds and fills them."""

from __future__ import annotations

from collections.abc import Callable

from shortcodes.catalogue import decode_content
from shortcodes.engine import Engine
from shortcodes.engine.entries import Entry
from shortcodes.nodes import Document, Escape, Row, Span
from shortcodes.plugins import Context
from shortcodes_html.guarded_source import GuardedSource
from shortcodes_html.runs import ContentPiece, Piece, Run, SourcePiece

_MARK, _STRIP = "mark", "strip"
"""Values of the option `unknown`."""


class RunBuilder:
    """One pass over one document."""

    def __init__(
        self,
        document: Document,
        context: Context,
        engine: Engine,
        unknown: str,
        run_at_once: Callable[[Run], Piece],
        guarded: GuardedSource,
    ) -> None:
        """Prepare the pass; `build` does it.

        Args:
            document: The document to split.
            context: Where problems are reported.
            engine: What knows which shortcodes have a handler.
            unknown: What becomes of the others: "keep", "strip" or "mark".
            run_at_once: What runs a shortcode that waits for nothing else, and returns the piece
                that takes its place.
            guarded: What is told which parts of the source gates enclose.
        """
        self._document = document
        self._context = context
        self._find_entry = engine.entry
        self._split_items = document.split_items
        self._unknown = unknown
        self._run_at_once = run_at_once
        self._guarded = guarded
        self._order = engine.policy.order
        self._open_outer = 0
        self._top: list[Piece] = []
        self._pieces = self._top
        self._open: list[tuple[int, int, Run | None, Callable[[int, int], None] | None]] = []
        """The span of each closing delimiter to come, the run that it closes, if any, and the
        method that keeps its source, if any."""
        self._open_runs: list[Run] = []
        self._offset = 0
        self._depth_was_reported = False
        self._max_depth = engine.policy.max_depth
        self._count = self._top_count = 0
        self.runs: list[Run] = []
        """All runs that were not finished at once, in document order."""

    def build(self) -> list[Piece]:
        """Return the pieces of the document; `runs` holds those that are still to be run."""
        source = self._document.source
        for item, row in enumerate(self._document.items().rows()):
            _, start, open_end, _, end, _, is_escape = row
            if start < self._offset:
                continue  # inside an escape
            if self._open:
                self._close_until(start)
            if start > self._offset:
                self._pieces.append(source[self._offset : start])
            if is_escape:
                self._offset = end
                escape = self._document.items()[item]
                assert isinstance(escape, Escape)  # noqa: S101 - the row says so
                self._pieces.append(SourcePiece(escape.text, escape_source=escape.source))
            else:
                self._offset = open_end
                self._enter(item, row)
        self._close_until(len(source))
        self._add_text_until(len(source))
        return self._top

    def _add_text_until(self, end: int) -> None:
        if end > self._offset:
            self._pieces.append(self._document.source[self._offset : end])
            self._offset = end

    def _enter(self, item: int, row: Row) -> None:
        """Add an opening delimiter."""
        name, start, open_end, close_start, end, *_ = row
        is_split = item in self._split_items
        entry = self._find_entry(name)
        if entry is not None and not (close_start or is_split or self._is_too_deep((start, end))):
            self._add_run(item, row, entry)
            return
        is_gate = False
        if close_start and entry is not None and entry.is_gate:
            is_gate = True
            self._guarded.guard((open_end, close_start))
        if is_split:
            entry = None
        keep_source = None
        if is_split:
            keep_source = self._keep_split
        elif entry is None or self._is_too_deep((start, end)):
            keep_source = self._keep_unknown
        run = None
        if (
            close_start
            and entry is None
            and keep_source == self._keep_unknown
            and self._unknown == _STRIP
            and decode_content(name, self._document.source[open_end:close_start])
        ):
            self._keep_unknown(start, end)
            self._offset = end
            return
        if keep_source:
            keep_source(start, open_end)
        if keep_source and is_gate:
            keep_source(close_start, end)
            self._offset = end
            return
        if entry is not None:
            if not keep_source:
                run = self._add_run(item, row, entry)
            elif close_start and not self._open_runs:
                # No level is rendered, but the content that a handler would receive is untrusted.
                run = Run(self._document, item, row, self._context, None, 0, 0, entry)
                self._pieces.append(ContentPiece(run))
        if close_start:
            self._open.append((close_start, end, run, keep_source))
            if run is not None:
                self._open_runs.append(run)
                self._open_outer += run.is_outer
                self._pieces = run.pieces

    def _add_run(self, item: int, row: Row, entry: Entry) -> Run:
        """Add a run to the pieces, or its result if that is available at once."""
        parent = self._open_runs[-1] if self._open_runs else None
        position = parent.child_count if parent else self._top_count
        run = Run(self._document, item, row, self._context, parent, self._count, position, entry)
        self._count += 1
        if parent:
            parent.child_count += 1
        else:
            self._top_count += 1
        if row[3]:  # it encloses something
            if (entry.order or self._order) == "outer":
                run.is_outer, run.is_gate = True, entry.is_gate
        elif not self._open_outer and self._order == "inner" and entry.is_immediate:
            self._pieces.append(self._run_at_once(run))
            return run
        self.runs.append(run)
        if parent:
            parent.inner_runs.append(run)
        self._pieces.append(run)
        return run

    def _is_too_deep(self, span: Span) -> bool:
        if len(self._open_runs) < self._max_depth:
            return False
        if not self._depth_was_reported:
            self._depth_was_reported = True
            message = f"shortcodes nested more than {self._max_depth} levels deep are left in place"
            self._context.report("SC403", message, span)
        return True

    def _close_until(self, offset: int) -> None:
        """Add the closing delimiters before an offset."""
        while self._open and self._open[-1][1] <= offset:
            start, end, run, keep_source = self._open.pop()
            self._add_text_until(start)
            if run is not None:
                open_runs = self._open_runs
                self._open_outer -= open_runs.pop().is_outer
                self._pieces = open_runs[-1].pieces if open_runs else self._top
            if keep_source:
                keep_source(start, end)
            self._offset = end

    def _keep_unknown(self, start: int, end: int) -> None:
        """Add the source of a delimiter without a handler, as the option `unknown` says."""
        source = self._document.source[start:end]
        span = (start, end) if self._unknown == _STRIP else None
        self._pieces.append(SourcePiece(source, self._unknown == _MARK, stripped_span=span))

    def _keep_split(self, start: int, end: int) -> None:
        """Add the source of a delimiter that HTML splits."""
        self._pieces.append(self._document.source[start:end])

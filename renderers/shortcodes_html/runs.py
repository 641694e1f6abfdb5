"""From a document to runs: which shortcodes are rendered, and what stands in and around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from shortcodes.call import Call
from shortcodes.engine import Engine
from shortcodes.engine.entries import Entry
from shortcodes.nodes import Document, Escape, Row, Span
from shortcodes.plugins import Context

MARKED, STRIPPED = "mark", "strip"


@dataclass(frozen=True, slots=True)
class Left:
    """A delimiter that is printed as it is written, or a whole escape."""

    source: str
    marked: bool = False
    escape: str = ""
    """The escape with both pairs of brackets, of which `source` has one."""
    stripped: Span | None = None
    """Its place where it is taken out, unless the HTML tag around it would have another meaning
    then."""


# What a shortcode without closing tag encloses; nothing is ever added.
_NO_PIECES: list[Piece] = []
_NO_RUNS: list[Run] = []


class Run(Call):
    """One shortcode that is rendered: the call that its handler gets, and an output."""

    made: str | None = None
    """What it stands for, safe, once that is known."""
    instead: Sequence[Piece] | None = None
    """What takes its place where it failed."""
    pieces: list[Piece] = _NO_PIECES
    """What it encloses."""
    inner: list[Run] = _NO_RUNS
    """Those of the runs among the pieces that were not done at once."""
    children = 0
    """How many runs it encloses directly."""
    begun = False
    """Whether its handler, or an event before it, has been called."""
    laid_out = False
    """Whether its handler has asked for what it encloses, and got it."""

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
        # What the base class would set, without another call.
        self.document, self.context, self.parent = document, context, parent
        self.index, self.position = index, position
        self.item, self._row = item, row
        self.entry = entry
        if self.encloses:
            self.pieces, self.inner = [], []

    @property
    def done(self) -> bool:
        """Whether it is known what stands in its place."""
        return self.made is not None or self.instead is not None


@dataclass(frozen=True, slots=True)
class Enclosed:
    """What a run encloses that has failed or is not run, between its delimiters or without them."""

    run: Run


Piece = str | Left | Run | Enclosed
"""Text or a placeholder, source that is left or taken out, a run, or what a failed one encloses."""


class Weaver:
    """One pass over one document."""

    def __init__(
        self,
        document: Document,
        context: Context,
        engine: Engine,
        unknown: str,
        at_once: Callable[[Run], Piece] | None,
    ) -> None:
        """`at_once` runs what can be run before all is woven, and returns what stands for it."""
        self._document = document
        self._context = context
        self._engine = engine
        self._unknown = unknown
        self._at_once = at_once
        self._top: list[Piece] = []
        self._pieces = self._top
        self._open: list[tuple[int, int, Run | None, Callable[[int, int], None] | None]] = []
        """Closing delimiters to come, the run that each closes, if any, and what leaves it."""
        self._around: list[Run] = []
        self._position = 0
        self._too_deep = False
        self._max_depth = engine.policy.max_depth
        self._count = self._roots = 0
        self.runs: list[Run] = []
        """Every run that was not done at once, in document order."""

    def weave(self) -> list[Piece]:
        """Return the document in pieces; `runs` holds what is still to be run."""
        source = self._document.source
        for item, row in enumerate(self._document.items().rows()):
            _, start, open_end, _, end, _, escaped = row
            if start < self._position:
                continue  # inside an escape
            if self._open:
                self._close_until(start)
            if start > self._position:
                self._pieces.append(source[self._position : start])
            if escaped:
                self._position = end
                escape = self._document.items()[item]
                assert isinstance(escape, Escape)  # noqa: S101 - the row says so
                self._pieces.append(Left(escape.text, escape=escape.source))
            else:
                self._position = open_end
                self._enter(item, row)
        self._close_until(len(source))
        self._text_until(len(source))
        return self._top

    def _text_until(self, end: int) -> None:
        if end > self._position:
            self._pieces.append(self._document.source[self._position : end])
            self._position = end

    def _enter(self, item: int, row: Row) -> None:
        """Take an opening delimiter."""
        name, start, open_end, close_start, end, *_ = row
        is_split = item in self._document.split_items
        entry = None if is_split else self._engine.entry(name)
        leave = None
        if is_split:
            leave = self._show
        elif entry is None or self._is_too_deep((start, end)):
            leave = self._leave
        run = None
        if leave:
            leave(start, open_end)
        if entry is not None:
            if not leave:
                run = self._run(item, row, entry)
            elif close_start and not self._around:
                # No level is rendered; what its handler would get is still not trusted.
                run = Run(self._document, item, row, self._context, None, 0, 0, entry)
                self._pieces.append(Enclosed(run))
        if close_start:
            self._open.append((close_start, end, run, leave))
            if run is not None:
                self._around.append(run)
                self._pieces = run.pieces

    def _run(self, item: int, row: Row, entry: Entry) -> Run:
        """Add a run to the pieces; what it stands for, where that can be had at once."""
        around = self._around
        parent = around[-1] if around else None
        position = parent.children if parent else self._roots
        run = Run(self._document, item, row, self._context, parent, self._count, position, entry)
        self._count += 1
        if parent:
            parent.children += 1
        else:
            self._roots += 1
        if self._at_once and entry.at_once and not run.encloses:
            self._pieces.append(self._at_once(run))
            return run
        self.runs.append(run)
        if parent:
            parent.inner.append(run)
        self._pieces.append(run)
        return run

    def _is_too_deep(self, span: Span) -> bool:
        depth = self._max_depth
        if len(self._around) < depth:
            return False
        if not self._too_deep:
            self._too_deep = True
            message = f"shortcodes more than {depth} levels deep are left as they are"
            self._context.report("SC403", message, span)
        return True

    def _close_until(self, position: int) -> None:
        """Take the closing delimiters that stand before a position."""
        while self._open and self._open[-1][1] <= position:
            start, end, run, leave = self._open.pop()
            self._text_until(start)
            if run is not None:
                around = self._around
                around.pop()
                self._pieces = around[-1].pieces if around else self._top
            if leave:
                leave(start, end)
            self._position = end

    def _leave(self, start: int, end: int) -> None:
        """Leave a delimiter that nothing renders, as the option `unknown` says."""
        source = self._document.source[start:end]
        stripped = (start, end) if self._unknown == STRIPPED else None
        self._pieces.append(Left(source, self._unknown == MARKED, stripped=stripped))

    def _show(self, start: int, end: int) -> None:
        """Leave a delimiter as it is written."""
        self._pieces.append(Left(self._document.source[start:end]))


def around(run: Run, *, stripped: bool = False) -> Iterator[Piece]:
    """Yield a run as it is written: its delimiters, with what it encloses between them.

    The delimiters are taken out where they are `stripped`.
    """
    _, start, open_end, close_start, end, *_ = run._row

    def delimiter(*span: int) -> Left:
        source = run.document.source[slice(*span)]
        return Left(source, stripped=(span[0], span[1]) if stripped else None)

    yield delimiter(start, open_end)
    if close_start:
        yield Enclosed(run)
        yield delimiter(close_start, end)

"""From a document to runs: which shortcodes are rendered, and what stands in and around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from shortcodes.engine import Engine
from shortcodes.engine.call import NOTHING, Call
from shortcodes.engine.entries import Entry
from shortcodes.nodes import Document, Escape, Shortcode, Span
from shortcodes.plugins import Context

MARKED, STRIPPED = "mark", "strip"


@dataclass(frozen=True, slots=True)
class Left:
    """A delimiter, or a whole escape, that is printed as it is written."""

    source: str
    marked: bool = False


class Run(Call):
    """One shortcode that is rendered: the call that its handler gets, and an output."""

    __slots__ = ("entry", "inner", "instead", "made", "pieces", "placeholder", "stylesheets")

    def __init__(
        self,
        shortcode: Shortcode,
        context: Context,
        parent: Run | None,
        index: int,
        position: int,
        entry: Entry,
    ) -> None:
        # What the base class would set, without another call.
        self.shortcode, self.context, self.parent = shortcode, context, parent
        self.index, self.position = index, position
        self._content, self._acontent = NOTHING, None
        self.entry = entry
        encloses = shortcode.close_span is not None
        self.pieces: list[Piece] = [] if encloses else _NO_PIECES  # what it encloses
        self.inner: list[Run] = [] if encloses else _NO_RUNS  # the runs among the pieces
        self.made: Markup | None = None  # what it stands for, once that is known
        self.instead: Sequence[Piece] | None = None  # what takes its place where it failed
        self.placeholder = ""
        self.stylesheets: Sequence[str] = ()

    @property
    def done(self) -> bool:
        """Whether it is known what stands in its place."""
        return self.made is not None or self.instead is not None

    @property
    def markup(self) -> Markup:
        """What it stands for."""
        return self.made if self.made is not None else NOTHING

    @property
    def source(self) -> str:
        """The shortcode as it is written."""
        return self.shortcode.source

    @property
    def rendered(self) -> Shortcode:
        """The shortcode that is rendered."""
        return self.shortcode


Piece = str | Left | Run | None
"""Text, source that stays, a run, or nothing where a delimiter was taken out."""


# What a shortcode without closing tag encloses; nothing is ever added.
_NO_PIECES: list[Piece] = []
_NO_RUNS: list[Run] = []


class Weaver:
    """One pass over one document."""

    def __init__(self, document: Document, context: Context, engine: Engine, unknown: str) -> None:
        self._document = document
        self._context = context
        self._engine = engine
        self._unknown = unknown
        self._top: list[Piece] = []
        self._open: list[tuple[Span, Run | None]] = []
        """Closing delimiters to come, with the run that they close, if it is rendered."""
        self._around: list[Run] = []
        self._position = 0
        self._too_deep = False
        self._max_depth = engine.policy.max_depth
        self._roots: list[Run] = []
        self.runs: list[Run] = []
        """Every run, in document order."""

    def weave(self) -> list[Piece]:
        """Return the document in pieces; `runs` holds what is to be run."""
        source = self._document.source
        for item in self._document.items():
            start = item.span[0] if isinstance(item, Escape) else item.open_span[0]
            if start < self._position:
                continue  # inside an escape
            if self._open:
                self._close_until(start)
            self._text_until(start)
            if isinstance(item, Escape):
                self._pieces.append(Left(item.text))
                self._position = item.span[1]
            else:
                self._enter(item)
        self._close_until(len(source))
        self._text_until(len(source))
        return self._top

    @property
    def _pieces(self) -> list[Piece]:
        return self._around[-1].pieces if self._around else self._top

    def _text_until(self, end: int) -> None:
        if end > self._position:
            self._pieces.append(self._document.source[self._position : end])
            self._position = end

    def _enter(self, shortcode: Shortcode) -> None:
        """Take an opening delimiter."""
        entry = self._entry(shortcode)
        run = None if entry is None else self._run(shortcode, entry)
        if run is None:
            self._leave(shortcode.open_span)
        self._position = shortcode.open_span[1]
        if shortcode.close_span is not None:
            self._open.append((shortcode.close_span, run))
            if run is not None:
                self._around.append(run)

    def _run(self, shortcode: Shortcode, entry: Entry) -> Run:
        parent = self._around[-1] if self._around else None
        siblings = parent.inner if parent else self._roots
        run = Run(shortcode, self._context, parent, len(self.runs), len(siblings), entry)
        self.runs.append(run)
        siblings.append(run)
        self._pieces.append(run)
        return run

    def _entry(self, shortcode: Shortcode) -> Entry | None:
        entry = self._engine.entry(shortcode.name)
        depth = self._max_depth
        if entry is None or len(self._around) < depth:
            return entry
        if not self._too_deep:
            self._too_deep = True
            message = f"shortcodes more than {depth} levels deep are left as they are"
            self._context.report("SC403", message, shortcode.span)
        return None

    def _close_until(self, position: int) -> None:
        """Take the closing delimiters that stand before a position."""
        while self._open and self._open[-1][0][1] <= position:
            span, run = self._open.pop()
            self._text_until(span[0])
            if run is None:
                self._leave(span)
            else:
                self._around.pop()
            self._position = span[1]

    def _leave(self, span: Span) -> None:
        if self._unknown == STRIPPED:
            self._pieces.append(None)
        else:
            source = self._document.source[slice(*span)]
            self._pieces.append(Left(source, marked=self._unknown == MARKED))


def around(run: Run) -> Iterator[Piece]:
    """Give a run as it is written: its delimiters, with what it encloses between them."""
    shortcode = run.shortcode
    source = shortcode.document.source
    yield Left(source[slice(*shortcode.open_span)])
    yield from run.pieces
    if shortcode.close_span is not None:
        yield Left(source[slice(*shortcode.close_span)])

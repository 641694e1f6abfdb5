"""Turns the pieces of a document into a draft: text with placeholders, ready for a layout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate

from markupsafe import Markup, escape

from shortcodes.html.gains import find_gained, may_tear, touches_html
from shortcodes.html.tags import HtmlTags, may_hold_brackets
from shortcodes.html.tokens import may_hide_the_rest
from shortcodes.nodes import Document, Span
from shortcodes_html.layout import Layout
from shortcodes_html.replacements import ReplacedSource, Replacements
from shortcodes_html.run_order import flatten_pieces
from shortcodes_html.runs import ContentPiece, Piece, Run, SourcePiece
from shortcodes_strip import Fragment, find_gap, join_fragments, join_texts

_TRIES = 3
"""How often source is restored near a gained tag before all of it is."""
_NEAR = 4
"""The distance in code points that counts as near."""

_LONGEST_LEAD = 200
"""How many code points of a line before a shortcode are looked at."""

_UNKNOWN = Markup('<mark class="shortcode-unknown">{}</mark>')


class DraftBuilder:
    """Puts placeholders in place of runs and delimiters."""

    def __init__(self, layout: Layout, replacements: Replacements, document: Document) -> None:
        self._layout = layout
        self._replacements = replacements
        self._document = document
        self._html = document.source if layout.has_markup else ""
        """The source of a document that may contain HTML tags, else empty."""
        self._failed_content: dict[int, str] = {}
        """The draft of the content of each failed run, by the number of its item."""

    @cached_property
    def _tags(self) -> HtmlTags:
        return HtmlTags(self._html, self._layout.code_finders)

    @cached_property
    def _may_gain_tags(self) -> bool:
        """Whether taking something out of the document, or replacing it, may make new tags."""
        html = self._html
        return "<" in html and (
            may_hold_brackets(html)
            or may_hide_the_rest(html)
            or touches_html(html, self._document.delimiter_spans())
            or may_tear(html, self._list_contents())
        )

    def _list_contents(self) -> Iterator[Span]:
        """Yield the span of the content of each shortcode."""
        for _, _, open_end, close_start, *_ in self._document.items().rows():
            if close_start:
                yield open_end, close_start

    def lay_out_content(self, run: Run) -> Markup:
        """Return the content of a run, laid out."""
        if not run.encloses:
            return Markup()
        start, end = run.content_span
        source = "" if self._layout.is_sanitising else self._html[start:end]
        draft = self._unindent(self.build(run.pieces, source), run)
        return self._layout.lay_out_content(draft, self._replacements)

    def _unindent(self, draft: str, run: Run) -> str:
        """Return the content of a run without what each line begins with around the run."""
        text, start = self._document.source, run.span[0]
        line_start = text.rfind("\n", max(0, start - _LONGEST_LEAD), start) + 1
        if not line_start and start > _LONGEST_LEAD:
            return draft
        return self._layout.unindent(draft, text[line_start:start])

    def build(self, pieces: Iterable[Piece], source: str | None = None) -> str:
        """Return the draft of pieces. Nothing in it is a tag that is not one in the source.

        The content of failed runs is sanitised like that of all shortcodes: each is laid out by
        itself, once, inner ones before the one that encloses them.

        Args:
            pieces: The pieces of the document, or of the content of a run.
            source: The HTML that they are part of, or an empty string if the result will be
                sanitised. By default it is the document.
        """
        flat = flatten_pieces(pieces, keep_content=self._layout.is_sanitising)
        failed = self._find_failed(flat)
        for run in failed:  # the list grows meanwhile
            failed += self._find_failed(flatten_pieces(run.pieces, keep_content=True))
        for run in reversed(failed):
            self._failed_content[run.item] = self._build_failed_content(run)
        fragments = list(map(self._write, flat))
        self._restore_gained(flat, fragments, self._html if source is None else source)
        return join_fragments(fragments, self._document)

    def _restore_gained(self, pieces: list[Piece], fragments: list[Fragment], source: str) -> None:
        """Restore the source wherever a tag came about that the source does not have."""
        is_source = join_texts(fragments) == source
        if not source or is_source or not self._may_gain_tags:
            return
        for tries_left in reversed(range(_TRIES)):
            text = join_texts(fragments)
            gained = find_gained(
                source, text, self._layout.code_finders, shown=self._restore_written
            )
            if gained is None:
                return
            near: list[int] = []
            if tries_left:
                near = _find_overlapping(fragments, gained[0] - _NEAR, gained[1] + _NEAR)
            changed = [index for index in near if self._restore_at(index, pieces, fragments)]
            if not changed:
                for index in range(len(fragments)):
                    self._restore_at(index, pieces, fragments)
                self._escape_gained(fragments, source)
                return

    def _escape_gained(self, fragments: list[Fragment], source: str) -> None:
        """Escape everything if source without the content of a gate still has a tag too many."""
        if self._replacements.guarded:
            text = join_texts(fragments)
            if find_gained(source, text, self._layout.code_finders, shown=self._restore_written):
                fragments[:] = [str(escape(text))]

    def _restore_at(self, index: int, pieces: list[Piece], fragments: list[Fragment]) -> bool:
        """Restore the source of one piece; return whether anything else stood there."""
        located = self._locate_source(pieces[index])
        if located is None:
            return False
        text, span = located
        if fragments[index] == text:
            return False
        # Not even an escaped quote may differ from the source: the gained tag has it.
        fragments[index] = pieces[index] = text
        self._layout.printer.report_left_in_place(span)
        return True

    def _locate_source(self, piece: Piece) -> tuple[str, Span] | None:
        """Return the source of a piece and its span; `None` for plain text."""
        if isinstance(piece, str):
            replacement = self._replacements.get(piece)
            return (replacement.source.written, replacement.source.span) if replacement else None
        if isinstance(piece, SourcePiece):
            return piece.escape_source or piece.source, piece.stripped_span or (0, 0)
        span = piece.run.content_span if isinstance(piece, ContentPiece) else piece.span
        return self._replacements.guarded.read(*span), span

    def _restore_written(self, text: str) -> str:
        return self._replacements.substitute(text, lambda r: r.source.written)

    def _find_failed(self, pieces: list[Piece]) -> list[Run]:
        """Return the failed runs among the pieces whose content has no draft yet."""
        runs = (piece.run for piece in pieces if isinstance(piece, ContentPiece))
        return [run for run in runs if run.item not in self._failed_content]

    def _build_failed_content(self, run: Run) -> str:
        """Return the draft of the content of a failed run."""
        pieces = flatten_pieces(run.pieces, keep_content=True)
        draft = join_fragments(list(map(self._write, pieces)), self._document)
        before, within, after = self._layout.split_content(draft)
        if not within.strip():
            return before + within + after
        start, end = run.content_span
        written = self._replacements.guarded.read(start, end)
        written = written.removeprefix(before).removesuffix(after)
        content = run.laid_out_content
        line_break = "\n" if before.endswith("\n") else ""
        unindented = self._unindent(line_break + within, run).removeprefix(line_break)
        # What the first line begins with stays before the content: it is the container's.
        before += within[: len(within.partition("\n")[0]) - len(unindented.partition("\n")[0])]
        try:
            if content is None:
                content = self._layout.lay_out_content(unindented, self._replacements)
        except Exception:  # raised by another library, which may be why the handler failed
            content = self._layout.write_literal(written)
        source = ReplacedSource(written, written, (0, len(written)), run.span)
        return before + self._replacements.add_source(source, content) + after

    def _write(self, piece: Piece) -> Fragment:
        """Return a piece as text or as a placeholder, or the gap where one is taken out."""
        if isinstance(piece, str):
            return piece
        if isinstance(piece, SourcePiece):
            return self._write_source(piece)
        if isinstance(piece, ContentPiece):
            return self._failed_content[piece.run.item]
        return self._replacements.add_output(piece.markup or "", piece.item)

    def _write_source(self, piece: SourcePiece) -> Fragment:
        """Return source as it is, marked, or hidden, or the gap where it is taken out."""
        span = piece.stripped_span
        if span and self._tags.around(span[0]) is None:
            return find_gap(piece.source)
        if span:
            source = ReplacedSource(piece.source, piece.source, span=span, is_stripped=True)
            return self._replacements.add_source(source, "")
        if not piece.is_marked and not self._layout.hides_source:
            return piece.source
        literal = self._layout.write_literal(piece.source)
        if piece.is_marked:
            literal = _UNKNOWN.format(literal)
        source = ReplacedSource(piece.source, piece.escape_source or piece.source)
        return self._replacements.add_source(source, literal)


def _find_overlapping(fragments: Sequence[Fragment], start: int, end: int) -> list[int]:
    """Return the indexes of the fragments that reach into a span of their joined text."""
    sizes = [len(fragment) if isinstance(fragment, str) else 0 for fragment in fragments]
    return [
        index
        for index, (stop, size) in enumerate(zip(accumulate(sizes), sizes, strict=True))
        if stop >= start and stop - size <= end
    ]

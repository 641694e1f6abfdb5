"""From pieces to a text with placeholders, which a layout can take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate

from markupsafe import Markup

from shortcodes.html.edits import find_gained, touches_html
from shortcodes.html.tags import HtmlTags, may_hold_brackets
from shortcodes.html.tokens import may_hide_the_rest
from shortcodes.nodes import Document, Span
from shortcodes_html.layout import Layout
from shortcodes_html.replacements import Outputs, Source
from shortcodes_html.run_order import flat
from shortcodes_html.runs import Enclosed, Left, Piece, Run
from shortcodes_strip import remaining

_TRIES = 3
_NEAR = 4
"""How often source is put back near a tag that was gained before all of it is, and how near that is
in code points."""

_MARK = Markup('<mark class="shortcode-unknown">{}</mark>')


class Filler:
    """Puts placeholders where runs and delimiters stand."""

    def __init__(self, layout: Layout, outputs: Outputs, document: Document) -> None:
        self._layout = layout
        self._outputs = outputs
        self._document = document
        self._html = document.source if layout.has_markup else ""
        """The document where it may hold HTML tags, else empty."""
        self._apart: dict[int, str] = {}
        """The text that stands for what each failed run encloses, by the number of its item."""

    @cached_property
    def _tags(self) -> HtmlTags:
        return HtmlTags(self._html)

    @cached_property
    def _may_gain(self) -> bool:
        """Whether the document may get tags by what is taken out of it or replaced."""
        html = self._html
        return "<" in html and (
            may_hold_brackets(html, html.rfind("]"))
            or may_hide_the_rest(html)
            or touches_html(html, self._document.delimiter_spans())
        )

    def enclosed(self, run: Run) -> Markup:
        """Return what a run encloses, laid out."""
        if not run.encloses:
            return Markup()
        _, _, start, end, *_ = run._row
        trusted = self._html[start:end] if not self._layout.sanitises else ""
        return self._layout.enclosed(self.template(run.pieces, trusted), self._outputs)

    def template(self, pieces: Iterable[Piece], source: str | None = None) -> str:
        """Return the text, in which nothing is a tag that is none in its source.

        The source is the document, unless another one is given, which is empty for what will be
        sanitised.

        What failed runs enclose is sanitised like all that shortcodes enclose: it is laid out on
        its own, once, those inside before the one around them.
        """
        found = flat(pieces, apart=self._layout.sanitises)
        waiting = self._failed(found)
        for run in waiting:  # which grows
            waiting += self._failed(flat(run.pieces, apart=True))
        for run in reversed(waiting):
            self._apart[run.item] = self._text_of(run)
        parts = list(map(self._part, found))
        self._leave_gaining(found, parts, self._html if source is None else source)
        return remaining(parts)

    def _leave_gaining(self, pieces: list[Piece], parts: list[str | None], source: str) -> None:
        """Put the source back in place of what would make a tag of what was none."""
        if not source or not self._may_gain:
            return
        for tries_left in reversed(range(_TRIES)):
            gained = find_gained(source, "".join(filter(None, parts)), shown=self._written_out)
            if gained is None:
                return
            near = _overlapping(parts, gained[0] - _NEAR, gained[1] + _NEAR) if tries_left else []
            changed = [place for place in near if self._leave_at(place, pieces, parts)]
            if not changed:
                for place in range(len(parts)):
                    self._leave_at(place, pieces, parts)
                return

    def _leave_at(self, place: int, pieces: list[Piece], parts: list[str | None]) -> bool:
        """Put the source back in one place; return whether anything else stood there."""
        written = self._source_of(pieces[place])
        if written is None:
            return False
        text, span = written
        left = self._left(Left(text))
        if parts[place] == left:
            return False
        parts[place] = left
        pieces[place] = text
        self._layout.printer.report_left(span)
        return True

    def _source_of(self, piece: Piece) -> tuple[str, Span] | None:
        """Return the source of what is not plain text, and its place."""
        if isinstance(piece, str):
            output = self._outputs.get(piece)
            return (output.source.written, output.source.span) if output else None
        if isinstance(piece, Left):
            return piece.escape or piece.source, piece.stripped or (0, 0)
        if isinstance(piece, Enclosed):
            _, _, start, end, *_ = piece.run._row
            span = start, end
        else:
            span = piece.span
        return self._html[slice(*span)], span

    def _written_out(self, text: str) -> str:
        return self._outputs.replace(text, lambda output: output.source.written)

    def _failed(self, pieces: list[Piece]) -> list[Run]:
        """Return the runs of which what they enclose is still to be laid out."""
        enclosed = (piece.run for piece in pieces if isinstance(piece, Enclosed))
        return [run for run in enclosed if run.item not in self._apart]

    def _text_of(self, run: Run) -> str:
        """Return the text that stands for what a failed run encloses."""
        before, within, after = self._layout.parts(
            remaining(list(map(self._part, flat(run.pieces, apart=True)))),
        )
        if not within.strip():
            return before + within + after
        _, _, start, end, *_ = run._row
        written = run.document.source[start:end].removeprefix(before).removesuffix(after)
        try:
            content = run._content if run.laid_out else None
            if not isinstance(content, Markup):  # its handler has not asked for it
                content = self._layout.enclosed(within, self._outputs)
        except Exception:  # of another library's, which may be why the handler failed
            content = self._layout.literal(written)
        source = Source(written, written, (0, len(written)), run.span)
        return before + self._outputs.dress(source, content) + after

    def _part(self, piece: Piece) -> str | None:
        """Return what stands for a piece: text or a placeholder, `None` for what is taken out."""
        if isinstance(piece, str):
            return piece
        if isinstance(piece, Left):
            return self._left(piece)
        if isinstance(piece, Enclosed):
            return self._apart[piece.run.item]
        return self._outputs.add(piece.made or "", piece.item)

    def _left(self, left: Left) -> str | None:
        """Return source as it is, marked, or hidden; `None` where it is taken out."""
        if left.stripped and self._tags.around(left.stripped[0]) is None:
            return None
        if left.stripped:
            source = Source(left.source, left.source, span=left.stripped, is_stripped=True)
            return self._outputs.dress(source, "")
        if not left.marked and not self._layout.protect:
            return left.source
        literal = self._layout.literal(left.source)
        if left.marked:
            literal = _MARK.format(literal)
        return self._outputs.dress(Source(left.source, left.escape or left.source), literal)


def _overlapping(parts: Sequence[str | None], start: int, end: int) -> list[int]:
    """Return the places of the parts that reach into a span of the text that they make."""
    ends = accumulate(len(part or "") for part in parts)
    return [
        place
        for place, stop in enumerate(ends)
        if stop >= start and stop - len(parts[place] or "") <= end
    ]

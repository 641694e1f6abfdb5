"""From pieces to a text with placeholders, which a layout can take."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from shortcodes_html.layout import Layout
from shortcodes_html.order import flat
from shortcodes_html.outputs import Outputs, Source
from shortcodes_html.weave import Enclosed, Left, Piece, Run
from shortcodes_strip import remaining

_MARK = Markup('<mark class="shortcode-unknown">{}</mark>')


class Filler:
    """Puts placeholders where runs and delimiters stand."""

    def __init__(self, layout: Layout, outputs: Outputs) -> None:
        self._layout = layout
        self._outputs = outputs
        self._apart: dict[int, str] = {}
        """The text that stands for what each failed run encloses, by the number of its item."""

    def enclosed(self, run: Run) -> Markup:
        """Return what a run encloses, laid out."""
        if not run.encloses:
            return Markup()
        return self._layout.enclosed(self.template(run.pieces), self._outputs)

    def template(self, pieces: Iterable[Piece]) -> str:
        """Return the text.

        What failed runs enclose is sanitised like all that shortcodes enclose: it is laid out on
        its own, once, those inside before the one around them.
        """
        found = flat(pieces, apart=self._layout.sanitises)
        waiting = self._failed(found)
        for run in waiting:  # which grows
            waiting += self._failed(flat(run.pieces, apart=True))
        for run in reversed(waiting):
            self._apart[run.item] = self._text_of(run)
        return self._joined(found)

    def _failed(self, pieces: list[Piece]) -> list[Run]:
        """Return the runs of which what they enclose is still to be laid out."""
        enclosed = (piece.run for piece in pieces if isinstance(piece, Enclosed))
        return [run for run in enclosed if run.item not in self._apart]

    def _text_of(self, run: Run) -> str:
        """Return the text that stands for what a failed run encloses."""
        before, within, after = self._layout.parts(
            self._joined(flat(run.pieces, apart=True)),
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

    def _joined(self, pieces: list[Piece]) -> str:
        return remaining(
            [
                piece if piece is None or isinstance(piece, str) else self._placeholder(piece)
                for piece in pieces
            ]
        )

    def _placeholder(self, piece: Left | Run | Enclosed) -> str:
        if isinstance(piece, Left):
            return self._left(piece)
        if isinstance(piece, Enclosed):
            return self._apart[piece.run.item]
        return self._outputs.add(piece.made or "", piece.item)

    def _left(self, left: Left) -> str:
        """Return source as it is, marked, or hidden."""
        if left.stripped:
            source = Source(left.source, left.source, span=left.stripped, is_stripped=True)
            return self._outputs.dress(source, "")
        if not left.marked and not self._layout.protect:
            return left.source
        literal = self._layout.literal(left.source)
        if left.marked:
            literal = _MARK.format(literal)
        return self._outputs.dress(Source(left.source, left.escape or left.source), literal)

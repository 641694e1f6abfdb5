"""From pieces to a text with placeholders, which a layout can take."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from shortcodes_html.layout import Layout
from shortcodes_html.order import flat
from shortcodes_html.outputs import Outputs
from shortcodes_html.weave import Left, Piece, Run
from shortcodes_strip import remaining

_MARK = Markup('<mark class="shortcode-unknown">{}</mark>')


class Filler:
    """Puts placeholders where runs and delimiters stand."""

    def __init__(self, layout: Layout, outputs: Outputs) -> None:
        self._layout = layout
        self._outputs = outputs

    def enclosed(self, run: Run) -> Markup:
        """Return what a run encloses, laid out."""
        if not run.encloses:
            return Markup()
        return self._layout.enclosed(self.template(run.pieces), self._outputs)

    def template(self, pieces: Iterable[Piece]) -> str:
        """Return the text."""
        return remaining(
            [
                piece if piece is None or isinstance(piece, str) else self._placeholder(piece)
                for piece in flat(pieces)
            ]
        )

    def _placeholder(self, piece: Left | Run) -> str:
        if isinstance(piece, Left):
            return self._left(piece)
        return self._outputs.add(piece.made or "", piece.item)

    def _left(self, left: Left) -> str:
        """Return source as it is, marked, or hidden."""
        if left.stripped:
            return self._outputs.dress(left.source, "", left.stripped)
        if not left.marked and not self._layout.protect:
            return left.source
        literal = self._layout.literal(left.source)
        if left.marked:
            literal = _MARK.format(literal)
        return self._outputs.dress(left.source, literal)

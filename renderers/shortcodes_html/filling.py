"""From pieces to a text with placeholders, which a layout can take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from shortcodes_html.layout import Layout
from shortcodes_html.outputs import Dressed, Outputs
from shortcodes_html.running import flat
from shortcodes_html.weave import Left, Piece, Run
from shortcodes_strip import Piece as Text
from shortcodes_strip import remaining

_MARK = Markup('<mark class="shortcode-unknown">{}</mark>')


class Filler:
    """Puts placeholders where runs and delimiters stand."""

    def __init__(self, layout: Layout, outputs: Outputs) -> None:
        self._layout = layout
        self._outputs = outputs

    def enclosed(self, run: Run) -> Markup:
        """Return what a run encloses, laid out."""
        if run.shortcode.close_span is None:
            return Markup()
        return self._layout.enclosed(self.template(run.pieces), self._outputs)

    def template(self, pieces: Iterable[Piece], stylesheets: Sequence[str] = ()) -> str:
        """Return the text; the first output brings the CSS."""
        texts: list[Text] = []
        add = self._outputs.add
        for piece in flat(pieces):
            if isinstance(piece, Run):
                piece.stylesheets, stylesheets = stylesheets, ()
                texts.append(add(piece))
            else:
                texts.append(self._left(piece) if isinstance(piece, Left) else piece)
        return remaining(texts)

    def _left(self, left: Left) -> str:
        """Return source as it is, or marked."""
        if not left.marked and not self._layout.protect:
            return left.source
        literal = self._layout.literal(left.source)
        if left.marked:
            return self._outputs.add(Dressed(_MARK.format(literal), left.source))
        return self._outputs.add(Dressed(literal, left.source))

"""The `strip` renderer: leftover shortcodes out, prose untouched.

What counts as a shortcode was decided before; here it is only taken away. Enclosed text stays
unless `content="drop"`. Beyond the delimiters, only the lines and paragraphs go that held nothing
else (`lines.py`, `paragraphs.py`).
"""

from __future__ import annotations

from shortcodes.checks import check_one_of
from shortcodes.html.edits import find_gained
from shortcodes.nodes import Document, Span
from shortcodes.plugins import Context, Output
from shortcodes_strip.cuts import Piece, between, pieces
from shortcodes_strip.lines import without_empty_lines
from shortcodes_strip.paragraphs import without_empty_paragraphs

__all__ = ["LEFT", "Piece", "StripRenderer", "pieces", "remaining"]

_OPTIONS = {"content": ("keep", "drop"), "escapes": ("unescape", "keep")}
"""The values of each option, the default first."""
LEFT = "left as it is: what stands around it would have another meaning without it"


def remaining(found: list[Piece]) -> str:
    """Return what is left of a text once its removed places are gone.

    `found` is the text in order, with `None` wherever something was removed.
    """
    if None not in found:
        return "".join(piece for piece in found if piece is not None)
    texts = between(found)
    cleared = without_empty_paragraphs(texts)
    if cleared != texts and find_gained("".join(texts), "".join(cleared)):
        cleared = texts  # what looked like a paragraph was the value of an attribute
    return without_empty_lines(cleared)


class StripRenderer:
    """Gives the text without its shortcodes.

    Options: `content`, "keep" (default) or "drop", for what shortcodes enclose; `escapes`,
    "unescape" (default) for one bracket less on either side of `[[x]]`, as a reader is to see it
    (rule 7.2 of SPEC.md), or "keep" for both as written. Any other option, and a value of
    another type, is a `TypeError`; any other value is a `ValueError`.
    """

    name = "strip"
    output: Output = "text"

    def render(self, document: Document, context: Context) -> str:
        """Return the text that is left."""
        chosen = {name: values[0] for name, values in _OPTIONS.items()}
        for name, value in context.options.items():
            if name not in _OPTIONS:
                raise TypeError(f"the strip renderer has no option {name!r}")
            check_one_of(name, value, _OPTIONS[name])
            chosen[name] = value
        left: list[Span] = []
        found = pieces(
            document,
            drop_content=chosen["content"] == "drop",
            keep_escapes=chosen["escapes"] == "keep",
            left=left,
        )
        for span in left:
            context.report("SC404", LEFT, span)
        return remaining(found)

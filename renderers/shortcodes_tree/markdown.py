r"""The `markdown` renderer: plain text with its shortcodes as Markdown that keeps both.

`[vc_row a="*"]` becomes `\[vc\_row a="\*"\]`: no link, no emphasis, and with `markdown=True` it is
the same shortcode.
"""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.markdown_escaping import escape_text
from shortcodes.nodes import Document
from shortcodes.plugins import Context, Output
from shortcodes_tree.canonical_source import delimiter
from shortcodes_tree.options import parse_options
from shortcodes_tree.pieces import pieces
from shortcodes_tree.rewriting import require_same, rewritten, said


class MarkdownRenderer:
    """Gives plain text as Markdown; a document in Markdown as it is.

    Parsed with `markdown=True`, it holds the same shortcodes with the same attributes; where it
    cannot, SC801 is reported. HTML is a `ValueError`.

    Options: those of `shortcodes.parse` that the document was parsed with.
    """

    name = "markdown"
    output: Output = "text"

    def render(self, document: Document, context: Context) -> str:
        """Return the Markdown.

        Raises `TypeError` for an unknown option, `ValueError` where the document was parsed with
        others.
        """
        options = parse_options(context.options, "the markdown renderer")
        if context.format == "html":
            raise ValueError("the markdown renderer takes text, not HTML")
        if context.format == "markdown" or options["markdown"]:
            return document.source
        require_same(document, options)
        options = {**options, "dialect": "lenient", "markdown": True}
        made = rewritten(document, list(_ways(document)), options, said)
        if not made.same:
            whole = (0, len(document.source))
            context.report("SC801", "in Markdown the shortcodes would be others", whole)
        return made.text


def _ways(document: Document) -> Iterator[tuple[str, ...]]:
    """Give for each piece how it can be written in Markdown.

    As an entity a bracket opens nothing, wherever it stands. Where quotes in a tag do not count,
    or quotes carry backslashes, both have to stay as they are.
    """
    text = document.source
    for piece in pieces(document):
        place = piece.start, piece.end
        if piece.type == "text":
            source = escape_text(text, *place)
            yield source, source.replace("\\[", "&#91;")
        else:
            normal = delimiter(text[slice(*place)], piece, text)
            yield (
                escape_text(normal, keep=["entity"]),
                escape_text(text, *place, keep=["entity"]),
                escape_text(text, *place, keep=["entity", "angle", "quote"]),
            )

r"""The `markdown` renderer: plain text with its shortcodes as Markdown that keeps both.

`[vc_row a="*"]` becomes `\[vc\_row a="\*"\]`: not a link, and no emphasis; with `markdown=True` it
is the same shortcode. Content that a plug-in encodes is decoded, so that people can read it.
"""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.common.markdown_escaping import escape_text
from shortcodes.nodes import Document
from shortcodes.plugins import Context, Output
from shortcodes_tree.canonical_source import normalise_piece
from shortcodes_tree.options import complete_options
from shortcodes_tree.pieces import split_pieces
from shortcodes_tree.rewriting import describe_meaning, require_same_options, rewrite


class MarkdownRenderer:
    """Renders plain text as Markdown; a document in Markdown stays as it is.

    Parsed with `markdown=True`, the result has the same shortcodes with the same attributes; if
    that is not possible, SC801 is reported. A document in HTML is a `ValueError`.

    Options: those of `shortcodes.parse` that the document was parsed with.
    """

    name = "markdown"
    output: Output = "text"

    def render(self, document: Document, context: Context) -> str:
        """Return the Markdown.

        Raises `TypeError` for an unknown option, and `ValueError` if the document was parsed with
        other options.
        """
        options = complete_options(context.options, "the markdown renderer")
        if context.format == "html":
            raise ValueError("the markdown renderer takes text, not HTML")
        if context.format == "markdown" or options["markdown"]:
            return document.source
        require_same_options(document, options)
        options = {**options, "dialect": "lenient", "markdown": True}
        rewriting = rewrite(document, list(_list_ways(document)), options, describe_meaning)
        if not rewriting.is_same:
            message = "as Markdown, the text would have other shortcodes or attributes"
            context.report("SC801", message, (0, len(document.source)))
        return rewriting.text


def _list_ways(document: Document) -> Iterator[tuple[str, ...]]:
    """Yield for each piece the ways in which it can be written in Markdown.

    A bracket written as an entity opens nothing, wherever it is. Backslashes before quotes may have
    to stay. A `<` is always escaped, or plain text would become HTML.
    """
    text = document.source
    for piece in split_pieces(document):
        span = piece.start, piece.end
        if piece.type == "text":
            decoded = piece.decoded
            source = escape_text(text, *span) if decoded is None else escape_text(decoded)
            yield source, source.replace("\\[", "&#91;")
        else:
            normal = normalise_piece(text[slice(*span)], piece, text)
            yield (
                escape_text(normal, keep=["entity"]),
                escape_text(text, *span, keep=["entity"]),
                escape_text(text, *span, keep=["entity", "quote"]),
            )

"""The `plain` renderer: the words of a document for a search index, line by line.

Shortcodes go, and separate the words around them. Their content stays, decoded if their plug-in
encodes it, and so do the values of the attributes that were named. HTML and Markdown lose their
markup.
"""

from __future__ import annotations

import html
from bisect import bisect_left
from collections.abc import Callable, Iterator

from shortcodes.common.checks import check_names
from shortcodes.common.markdown_escaping import escape_text
from shortcodes.nodes import Document, Escape, Shortcode
from shortcodes.plugins import Context, Format, Output
from shortcodes_tree.html_words import collapse_space, extract_words
from shortcodes_tree.pieces import split_pieces


def _keep_text(text: str) -> str:
    return text


def _extract_from_markdown(text: str) -> str:
    from shortcodes_html.markdown_parser import build_parser  # loaded for Markdown only

    return extract_words(build_parser(commonmark=True).render(text))


_Change = Callable[[str], str]
_BY_FORMAT: dict[Format, tuple[_Change, _Change, _Change]] = {
    "text": (_keep_text, _keep_text, _keep_text),
    "html": (extract_words, extract_words, html.escape),
    "markdown": (_extract_from_markdown, _keep_text, escape_text),
}
"""For each format, what extracts the words of a text and those of a value, and what writes words
into the text."""


class PlainRenderer:
    """Renders the words of a document, for a search index.

    Words are separated by single spaces; no line begins or ends with white space, or is empty.

    Options:
        attributes: Names of attributes whose values are kept, before the content of their
            shortcode.

    Any other option, and anything but names, is a `TypeError`.
    """

    name = "plain"
    output: Output = "text"

    def render(self, document: Document, context: Context) -> str:
        """Return the words."""
        options = dict(context.options)
        names = frozenset(check_names("attributes", options.pop("attributes", ())))
        if options:
            raise TypeError(f"the plain renderer has no option {next(iter(options))!r}")
        extract, extract_value, write = _BY_FORMAT[context.format]
        texts = _list_texts(document, names, lambda value: write(extract_value(value)), write)
        return collapse_space(extract("".join(texts)))


def _list_texts(
    document: Document, names: frozenset[str], write_value: _Change, write: _Change
) -> Iterator[str]:
    """Yield the text that stays, with a space for each delimiter."""
    left_over = document.left_over_spans()
    for piece in split_pieces(document):
        if isinstance(piece.item, Escape):
            yield piece.item.text
        elif isinstance(piece.item, Shortcode):
            yield " "
            if piece.type == "open" and names:
                for name, value in piece.item.attributes.items():
                    if name in names:
                        yield f"{write_value(value)} "
        elif piece.decoded is not None:
            yield write(extract_words(piece.decoded))
        else:
            first, last = (bisect_left(left_over, (offset,)) for offset in (piece.start, piece.end))
            offset = piece.start
            for start, end in left_over[first:last]:
                yield f"{document.source[offset:start]} "
                offset = end
            yield document.source[offset : piece.end]

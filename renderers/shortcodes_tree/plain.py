"""The `plain` renderer: the words of a document for a search index, a line for each line.

Shortcodes go, and part the words around them. What they enclose stays, and of their attributes
what is asked for. HTML and Markdown lose their marks.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator

from shortcodes.checks import check_names
from shortcodes.markdown_escaping import escape_text
from shortcodes.nodes import Document, Escape, Shortcode
from shortcodes.plugins import Context, Format, Output
from shortcodes_tree.html_words import collapsed, words_of
from shortcodes_tree.pieces import pieces


def _of_text(text: str) -> str:
    return text


def _of_markdown(text: str) -> str:
    from shortcodes_html.markdown_layout import build_parser  # loaded for Markdown only

    return words_of(build_parser().render(text))


def _value_in_html(value: str) -> str:
    return html.escape(words_of(value))


_WORDS: dict[Format, tuple[Callable[[str], str], Callable[[str], str]]] = {
    "text": (_of_text, _of_text),
    "html": (words_of, _value_in_html),
    "markdown": (_of_markdown, escape_text),
}
"""For each format, what makes words of it, and how a value is written in it."""


class PlainRenderer:
    """Gives the words of a document, for a search index.

    Lines have no white space but single spaces between words, and none is empty.

    Options: `attributes`, names of attributes whose values are kept, in front of what the
    shortcode encloses. Any other option, and anything but names, is a `TypeError`.
    """

    name = "plain"
    output: Output = "text"

    def render(self, document: Document, context: Context) -> str:
        """Return the words."""
        options = dict(context.options)
        names = frozenset(check_names("attributes", options.pop("attributes", ())))
        if options:
            raise TypeError(f"the plain renderer has no option {next(iter(options))!r}")
        make, write = _WORDS[context.format]
        return collapsed(make("".join(_kept(document, names, write))))


def _kept(document: Document, names: frozenset[str], write: Callable[[str], str]) -> Iterator[str]:
    """Give the text that stays, with a space for each delimiter."""
    for piece in pieces(document):
        if isinstance(piece.item, Escape):
            yield piece.item.text
        elif isinstance(piece.item, Shortcode):
            yield " "
            if piece.type == "open" and names:
                for name, value in piece.item.attributes.items():
                    if name in names:
                        yield f"{write(value)} "
        else:
            yield document.source[piece.start : piece.end]

"""The `source` renderer: every shortcode in one normal form.

`[name a="1" "word" /]`: a space before each attribute and before the slash, values in double
straight quotes, or in single ones where they hold a double one. Names and values stay as they are
written, entities too; in Markdown, brackets keep their backslashes. All other text is untouched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from shortcodes.checks import check_mapping, check_type
from shortcodes.html.tags import HtmlTags
from shortcodes.html.whole import has_whole_tags
from shortcodes.lenient.grammar import terminals
from shortcodes.nodes import Attribute, Document, Shortcode
from shortcodes.plugins import Context, Output
from shortcodes_tree.options import parse_options, read_again
from shortcodes_tree.pieces import Piece, pieces
from shortcodes_tree.rewriting import require_same, rewritten, said_or_written

_ROUNDS = 5
_BRACKET = re.compile(r"\\?\[/?")
_NAME_IN_MARKDOWN = re.compile(r"(?:\\?[\w-])++")


def canonical(document: Document, options: Mapping[str, Any]) -> str:
    """Return the text of a document with its shortcodes in normal form.

    `options` are those that it was parsed with: the text, parsed with them, has the same names,
    attributes, values, kinds and contents, and its normal form is itself. A delimiter that cannot
    be rewritten so stays as it is, and so do those inside an HTML tag, whose quotes would end, and
    those in which a tag begins that ends elsewhere.
    """
    check_type("document", document, Document)
    check_mapping("options", options, object)
    before = document.source
    for _ in range(_ROUNDS):
        ways = list(_ways(document))
        if all(way[0] == way[-1] for way in ways):
            return document.source
        after = rewritten(document, ways, options, said_or_written)
        if not after.same or after.text == document.source:
            return document.source
        document = read_again(after.text, options)
    return before  # which comes to no end


class SourceRenderer:
    """Gives the text with its shortcodes in normal form.

    Options: those of `shortcodes.parse` that the document was parsed with.
    """

    name = "source"
    output: Output = "text"

    def render(self, document: Document, context: Context) -> str:
        """Return the text.

        Raises `TypeError` for an unknown option, `ValueError` where the document was parsed with
        others.
        """
        options = parse_options(context.options, "the source renderer")
        require_same(document, options)
        return canonical(document, options)


def _ways(document: Document) -> Iterator[tuple[str, ...]]:
    """Give for each piece how it should be written, and how it is."""
    text = document.source
    tags = HtmlTags(text)
    for piece in pieces(document):
        source = text[piece.start : piece.end]
        in_tag = tags.around(piece.start) or not _has_whole_tags(piece)
        normal = source if in_tag else delimiter(source, piece, text)
        yield (source,) if normal == source else (normal, source)


def _has_whole_tags(piece: Piece) -> bool:
    """Whether each tag that begins in an opening delimiter also ends in the same value."""
    if piece.type != "open" or not isinstance(piece.item, Shortcode):
        return True
    return all(has_whole_tags(attribute.raw) for attribute in piece.item.attribute_nodes)


def delimiter(source: str, piece: Piece, text: str) -> str:
    """Return a piece in normal form, where it has one, else its source."""
    if not isinstance(piece.item, Shortcode):
        return source
    parts = [_head(source, piece.item.name)]
    if piece.type == "open":
        for place, attribute in enumerate(piece.item.attribute_nodes):
            written = _written(attribute, text, first=place == 0)
            if written is None:
                return source
            parts.append(written)
        if piece.item.kind == "self-closing":
            parts.append(" /")
    parts.append("\\]" if source.startswith("\\") and source.endswith("\\]") else "]")
    return "".join(parts)


def _head(source: str, name: str) -> str:
    """Return the beginning of a delimiter up to the end of its name, as written."""
    bracket = _BRACKET.match(source)
    assert bracket  # noqa: S101 - a delimiter begins with one
    if source.startswith(name, bracket.end()):
        return source[: bracket.end()] + name
    escaped = _NAME_IN_MARKDOWN.match(source, bracket.end())
    assert escaped  # noqa: S101 - with its name behind it
    return source[: escaped.end()]


def _written(attribute: Attribute, text: str, *, first: bool) -> str | None:
    """Return an attribute with what parts it from others; `None` if no quote can hold it."""
    raw, before = attribute.raw, "=" if text[attribute.span[0] - 1] == "=" else " "
    if (
        first
        and (before, attribute.name, attribute.quotes) == (" ", None, None)
        and _url().match(raw)
    ):
        return f" {raw}"  # in quotes it would be no evidence
    quote = "'" if '"' in raw else '"'
    if quote in raw:
        return None
    if attribute.name_span:
        return f" {text[slice(*attribute.name_span)]}={quote}{raw}{quote}"
    return f"{before}{quote}{raw}{quote}"


@cache
def _url() -> re.Pattern[str]:
    return re.compile(terminals(False)["URL"])

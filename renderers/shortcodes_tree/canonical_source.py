"""The `source` renderer: every shortcode in one normal form.

The form is `[name a="1" "word" /]`: a space before each attribute and before the slash, and values
in double straight quotes, or in single ones if they contain a double one. Names and values stay as
they are written, entities included; in Markdown, brackets keep their backslashes. All other text
stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from shortcodes.common.checks import check_mapping, check_type
from shortcodes.html.tags import HtmlTags
from shortcodes.html.whole import has_whole_tags
from shortcodes.lenient.grammar import terminals
from shortcodes.linting.gaps import read_gaps
from shortcodes.linting.plausibility import is_plausible_gap
from shortcodes.nodes import Attribute, Document, Shortcode
from shortcodes.plugins import Context, Output
from shortcodes_tree.options import complete_options, parse_with
from shortcodes_tree.pieces import Piece, split_pieces
from shortcodes_tree.rewriting import describe_source, require_same_options, rewrite

_ROUNDS = 5
_BRACKET = re.compile(r"\\?\[/?")
_DROPPED = re.compile(r"[^\s\u200b=/\]\"']")
"""What is between attributes because WordPress drops it: `0="…"`."""
_NAME_IN_MARKDOWN = re.compile(r"(?:\\?[\w-]|(?!).)++")


def canonical(document: Document, options: Mapping[str, Any]) -> str:
    """Return the text of a document with its shortcodes in normal form.

    The text, parsed with the same options, has the same names, attributes, values, kinds and
    contents, and its normal form is the text itself. A delimiter that cannot be rewritten in that
    way stays as it is. So do delimiters inside an HTML tag, whose quotes would end, and those in
    which a tag begins that ends elsewhere.

    Args:
        document: The document to write.
        options: The options of `shortcodes.parse` that it was parsed with.
    """
    check_type("document", document, Document)
    check_mapping("options", options, object)
    original = document.source
    for _ in range(_ROUNDS):
        ways = list(_list_ways(document))
        if all(way[0] == way[-1] for way in ways):
            return document.source
        rewriting = rewrite(document, ways, options, describe_source)
        if not rewriting.is_same or rewriting.text == document.source:
            return document.source
        document = parse_with(rewriting.text, options)
    return original  # rewriting it comes to no end


class SourceRenderer:
    """Renders the text with its shortcodes in normal form.

    Options: those of `shortcodes.parse` that the document was parsed with.
    """

    name = "source"
    output: Output = "text"

    def render(self, document: Document, context: Context) -> str:
        """Return the text.

        Raises `TypeError` for an unknown option, and `ValueError` if the document was parsed with
        other options.
        """
        options = complete_options(context.options, "the source renderer")
        require_same_options(document, options)
        return canonical(document, options)


def _list_ways(document: Document) -> Iterator[tuple[str, ...]]:
    """Yield for each piece its normal form and its source, or only the source."""
    text = document.source
    tags = HtmlTags(text, document.code_finders, exact=True)
    split_starts = _find_split_starts(document)
    for piece in split_pieces(document):
        source = text[piece.start : piece.end]
        is_fixed = (
            piece.start in split_starts or tags.around(piece.start) or not _has_whole_tags(piece)
        )
        normal = source if is_fixed else normalise_piece(source, piece, text)
        yield (source,) if normal == source else (normal, source)


def _find_split_starts(document: Document) -> set[int]:
    """Return the offsets of the delimiters of shortcodes that HTML splits, or may split."""
    split = document.split_items
    if not split:
        return set()
    rows = enumerate(document.items().rows())
    return {
        offset
        for index, (_, start, _, close_start, *_) in rows
        if index in split
        for offset in (start, close_start)
    }


def _has_whole_tags(piece: Piece) -> bool:
    """Return whether each tag that begins in an opening delimiter ends in the same value, and what
    is between its attributes can go.
    """
    if piece.type != "open" or not isinstance(piece.item, Shortcode):
        return True
    gaps = read_gaps(piece.item)
    if piece.item.document.dialect == "wordpress" and _DROPPED.search(
        gaps, len(piece.item.name) + 1
    ):
        return False
    return is_plausible_gap(gaps) and all(
        has_whole_tags(attribute.raw) for attribute in piece.item.attribute_nodes
    )


def normalise_piece(source: str, piece: Piece, text: str) -> str:
    """Return the normal form of a piece, or its source if it has none."""
    if not isinstance(piece.item, Shortcode):
        return source
    parts = [_read_head(source, piece.item.name)]
    if piece.type == "open":
        for index, attribute in enumerate(piece.item.attribute_nodes):
            written = _write_attribute(attribute, text, is_first=index == 0)
            if written is None:
                return source
            parts.append(written)
        if piece.item.kind == "self-closing":
            parts.append(" /")
    parts.append("\\]" if source.startswith("\\") and source.endswith("\\]") else "]")
    return "".join(parts)


def _read_head(source: str, name: str) -> str:
    """Return the beginning of a delimiter up to the end of its name, as written."""
    bracket = _BRACKET.match(source)
    assert bracket  # noqa: S101 - a delimiter begins with one
    if source.startswith(name, bracket.end()):
        return source[: bracket.end()] + name
    escaped_name = _NAME_IN_MARKDOWN.match(source, bracket.end())
    assert escaped_name  # noqa: S101 - a name follows the bracket
    return source[: escaped_name.end()]


def _write_attribute(attribute: Attribute, text: str, *, is_first: bool) -> str | None:
    """Return an attribute with its separator; `None` if neither kind of quote can hold it."""
    raw, separator = attribute.raw, "=" if text[attribute.span[0] - 1] == "=" else " "
    is_bare = (separator, attribute.name, attribute.quotes) == (" ", None, None)
    if is_first and is_bare and _compile_url().match(raw):
        return f" {raw}"  # in quotes, it would not show that the name is a shortcode
    quote = "'" if '"' in raw else '"'
    if quote in raw:
        return None
    if attribute.name_span:
        return f" {text[slice(*attribute.name_span)]}={quote}{raw}{quote}"
    return f"{separator}{quote}{raw}{quote}"


@cache
def _compile_url() -> re.Pattern[str]:
    return re.compile(terminals(False)["URL"])

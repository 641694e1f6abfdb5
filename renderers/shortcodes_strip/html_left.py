"""What taking out empty HTML must not do: change the HTML that is left."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from shortcodes.html.gains import find_gained
from shortcodes.html.tokens import list_readings, tokens
from shortcodes.html.whole import has_plain_html
from shortcodes.nodes import Document
from shortcodes_strip.ends import count_ends
from shortcodes_strip.remains import Point, Remains, join_texts


def changes_html(
    remains: Remains, after: str, document: Document, wrappers: Sequence[tuple[Point, Point]] = ()
) -> bool:
    """Return whether a text would change the HTML of what stays of a document.

    Args:
        remains: What stays, with what is empty.
        after: The text without that.
        document: The document.
        wrappers: The start and the end of paragraphs and blocks that are not in the text.
    """
    text = join_texts(remains.texts)
    if count_ends(after) > count_ends(text):
        return True
    if has_plain_html(text):
        return False
    return not _are_tags(remains, text, document, wrappers) or bool(
        find_gained(text, after, document.code_finders)
    )


def _are_tags(
    remains: Remains, text: str, document: Document, wrappers: Sequence[tuple[Point, Point]]
) -> bool:
    """Return whether each wrapper begins and ends with a tag or a comment, however it is read.

    What looks like one may be in the value of an attribute, or end another comment.
    """
    if not wrappers:
        return True
    texts = remains.texts
    offsets = [0, *accumulate(map(len, texts))]
    starts = {offsets[index] + offset for (index, offset), _ in wrappers}
    ends = {offsets[index] + len(texts[index][:offset].rstrip()) for _, (index, offset) in wrappers}
    for reading in list_readings(text, document.code_finders):
        found = [(token.start, token.end) for token in tokens(text, reading)]
        if not (
            starts.issubset(start for start, _ in found) and ends.issubset(end for _, end in found)
        ):
            return False
    return True

"""The parser: a text and its options go to the dialect that is asked for."""

from __future__ import annotations

from shortcodes import dialects
from shortcodes.detection import Tags
from shortcodes.errors import UnknownDialect
from shortcodes.nodes import Document
from shortcodes.typography import Undoing

DIALECTS = tuple(dialects.DIALECTS)
"""The names of the dialects, the default one first."""


def parse(
    text: str,
    *,
    dialect: str = "lenient",
    tags: Tags = None,
    skip_code: bool = True,
    markdown: bool = False,
    undo_typography: bool = False,
) -> Document:
    """Read a text and return the tree over it. Never raises on what the text holds.

    `dialect` is "lenient", what the author meant, or "wordpress", what WordPress sees. `tags`
    lists the names that count as shortcodes, in order of registration; "any" takes whatever the
    dialect reads, and `None` those for which the text or the list of known names has evidence.
    With `skip_code`, comments, scripts, styles and code hold no shortcodes. `markdown` reads
    brackets and underscores that carry backslashes. Both are for the lenient dialect only:
    WordPress knows nothing of either. With `undo_typography`, values lose what a typographer made
    of them: curly quotes, dashes and such become what is typed for them, as far as can be guessed.

    Raises `UnknownDialect`, and `TypeError` where `text` or `tags` is of the wrong type.
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a str, not {type(text).__name__}")
    if dialect not in DIALECTS:
        raise UnknownDialect(f"unknown dialect {dialect!r}; known: {', '.join(DIALECTS)}")
    if isinstance(tags, str) and tags != "any":
        raise TypeError(f'tags must be "any" or a collection of names, not the name {tags!r}')
    document = dialects.DIALECTS[dialect](text, tags, skip_code=skip_code, markdown=markdown)
    if undo_typography:
        document._reader = Undoing(document._reader)
    return document

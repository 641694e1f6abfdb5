"""The parser: a text and its options go to the dialect that is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Set

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
    tags = _checked(tags)
    document = dialects.DIALECTS[dialect](text, tags, skip_code=skip_code, markdown=markdown)
    if undo_typography:
        document._reader = Undoing(document._reader)
    return document


def _checked(tags: Tags) -> Tags:
    """Return the names as they are if they are a set, else as a tuple in their order."""
    if tags is None or tags == "any":
        return tags
    if isinstance(tags, str):
        raise TypeError(f'tags must be "any" or a collection of names, not the name {tags!r}')
    if not isinstance(tags, Iterable) or isinstance(tags, bytes):
        raise TypeError(f'tags must be "any" or a collection of names, not {type(tags).__name__}')
    names = tags if isinstance(tags, Set) else tuple(tags)
    if wrong := next((name for name in names if not isinstance(name, str)), None):
        raise TypeError(f"tags must hold names, not {type(wrong).__name__}")
    return names

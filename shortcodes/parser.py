"""The parser: a text and its options go to the dialect that is asked for."""

from __future__ import annotations

from collections.abc import Iterable

from shortcodes import dialects
from shortcodes.checks import check_names, check_type, shown
from shortcodes.detection import OnEvidence, Tags
from shortcodes.errors import UnknownDialect
from shortcodes.lenient.typography import Undoing
from shortcodes.nodes import Document

DIALECTS = tuple(dialects.DIALECTS)
"""The names of the dialects, the default one first."""


def parse(
    text: str,
    *,
    dialect: str = "lenient",
    tags: Tags = None,
    known: Iterable[str] = (),
    skip_code: bool = True,
    markdown: bool = False,
    undo_typography: bool = False,
) -> Document:
    """Read a text and return the tree over it. Never raises on what the text holds.

    `dialect` is "lenient", what the author meant, or "wordpress", what WordPress sees. `tags`
    lists the names that count as shortcodes, in order of registration; "any" takes whatever the
    dialect reads, and `None` those for which the text or the list of known names has evidence.
    The names in `known` count beside them.
    With `skip_code`, comments, scripts, styles and code hold no shortcodes. `markdown` reads
    brackets and underscores that carry backslashes. Both are for the lenient dialect only:
    WordPress knows nothing of either. With `undo_typography`, values lose what a typographer made
    of them: curly quotes, dashes and such become what is typed for them, as far as can be guessed.

    Raises `UnknownDialect`, and `TypeError` for an argument of a wrong type.
    """
    check_type("text", text, str)
    check_type("dialect", dialect, str)
    if dialect not in DIALECTS:
        raise UnknownDialect(f"unknown dialect {shown(dialect)}; known: {', '.join(DIALECTS)}")
    check_type("skip_code", skip_code, bool)
    check_type("markdown", markdown, bool)
    check_type("undo_typography", undo_typography, bool)
    tags = _with(_checked(tags), known)
    document = dialects.DIALECTS[dialect](text, tags, skip_code=skip_code, markdown=markdown)
    if undo_typography:
        document._reader = Undoing(document._reader)
    return document


def _with(tags: Tags, known: Iterable[str]) -> Tags:
    """Return the tags with more names that count."""
    more = check_names("known", known)
    if not more or tags == "any":
        return tags
    if tags is None or isinstance(tags, OnEvidence):
        return OnEvidence(frozenset(more))
    return tuple(dict.fromkeys([*tags, *more]))


def _checked(tags: Tags) -> Tags:
    """Return the names as they are if they are a set, else as a tuple in their order."""
    if tags is None or tags == "any" or isinstance(tags, OnEvidence):
        return tags
    return check_names("tags", tags, '"any" or a collection of names')

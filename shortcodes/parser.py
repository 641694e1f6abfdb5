"""The parser: a text and its options go to the dialect that is asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Set

from shortcodes import dialects
from shortcodes.detection import OnEvidence, Tags
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

    Raises `UnknownDialect`, and `TypeError` where `text` or `tags` is of the wrong type.
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a str, not {type(text).__name__}")
    if dialect not in DIALECTS:
        raise UnknownDialect(f"unknown dialect {dialect!r}; known: {', '.join(DIALECTS)}")
    tags = _with(_checked(tags), known)
    document = dialects.DIALECTS[dialect](text, tags, skip_code=skip_code, markdown=markdown)
    if undo_typography:
        document._reader = Undoing(document._reader)
    return document


def _with(tags: Tags, known: Iterable[str]) -> Tags:
    """Return the tags with more names that count."""
    more = _names(known, "known")
    if not more or tags == "any":
        return tags
    if tags is None or isinstance(tags, OnEvidence):
        return OnEvidence(frozenset(more))
    return tuple(dict.fromkeys([*tags, *more]))


def _checked(tags: Tags) -> Tags:
    """Return the names as they are if they are a set, else as a tuple in their order."""
    if tags is None or tags == "any" or isinstance(tags, OnEvidence):
        return tags
    return _names(tags, "tags")


def _names(given: Iterable[str], what: str) -> Collection[str]:
    either = '"any" or a collection of names' if what == "tags" else "a collection of names"
    if isinstance(given, str):
        raise TypeError(f"{what} must be {either}, not the name {given!r}")
    if not isinstance(given, Iterable) or isinstance(given, bytes):
        raise TypeError(f"{what} must be {either}, not {type(given).__name__}")
    names = given if isinstance(given, Set) else tuple(given)
    if wrong := next((name for name in names if not isinstance(name, str)), None):
        raise TypeError(f"{what} must hold names, not {type(wrong).__name__}")
    return names

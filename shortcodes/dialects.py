"""The dialects, and how a text is read in one of them.

What is inside the library reads texts with `read`, by options that were checked once. The public
`shortcodes.parse` checks them, and its documents know what is wrong with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, Protocol, TypedDict

from shortcodes.checks import check_names, check_type, shown
from shortcodes.detection import OnEvidence, Tags
from shortcodes.errors import UnknownDialect
from shortcodes.lenient.tree import read_lenient
from shortcodes.lenient.typography import Undoing
from shortcodes.nodes import Document


class ParseOptions(TypedDict, total=False):
    """The keyword options of `shortcodes.parse`."""

    dialect: str
    tags: Tags
    known: Iterable[str]
    skip_code: bool
    markdown: bool
    undo_typography: bool


class DialectReader(Protocol):
    """What reads a text in one dialect."""

    def __call__(self, text: str, tags: Tags, *, skip_code: bool, markdown: bool) -> Document:
        """Return the tree over the text. Never raises on what the text holds."""


def _read_wordpress(text: str, tags: Tags, *, skip_code: bool, markdown: bool) -> Document:
    from shortcodes.wordpress.tree import read_wordpress  # a package that most texts never need

    return read_wordpress(text, tags, skip_code=skip_code, markdown=markdown)


READERS: Mapping[str, DialectReader] = {
    "lenient": read_lenient,
    "wordpress": _read_wordpress,
}
"""What reads each dialect."""

DIALECTS = tuple(READERS)
"""The names of the dialects, the default one first."""


def read(
    text: str,
    *,
    dialect: str = "lenient",
    tags: Tags = None,
    skip_code: bool = True,
    markdown: bool = False,
    undo_typography: bool = False,
) -> Document:
    """Read a text by options from `checked_options`, and return the tree over it."""
    document = READERS[dialect](text, tags, skip_code=skip_code, markdown=markdown)
    document._reread = partial(
        read, dialect=dialect, tags=tags, skip_code=skip_code, markdown=markdown
    )
    if undo_typography:
        document._reader = Undoing(document._reader)
    return document


def checked_options(options: ParseOptions) -> dict[str, Any]:
    """Return options of `shortcodes.parse` as `read` takes them.

    Raises `UnknownDialect`, and `TypeError` for an option of a wrong type.
    """
    checked: dict[str, Any] = {**options}
    for name in checked:
        if name not in ParseOptions.__annotations__:
            raise TypeError(f"there is no option {name!r}")
    dialect = checked.get("dialect", DIALECTS[0])
    check_type("dialect", dialect, str)
    if dialect not in READERS:
        raise UnknownDialect(f"unknown dialect {shown(dialect)}; known: {', '.join(DIALECTS)}")
    for name in ("skip_code", "markdown", "undo_typography"):
        if name in checked:
            check_type(name, checked[name], bool)
    known = checked.pop("known", ())
    return {**checked, "tags": _with(_checked_tags(checked.get("tags")), known)}


def _with(tags: Tags, known: Iterable[str]) -> Tags:
    """Return the tags with more names that count."""
    more = check_names("known", known)
    if not more or tags == "any":
        return tags
    if tags is None or isinstance(tags, OnEvidence):
        return OnEvidence(frozenset(more))
    return tuple(dict.fromkeys([*tags, *more]))


def _checked_tags(tags: Tags) -> Tags:
    """Return the names as they are if they are a set, else as a tuple in their order."""
    if tags is None or tags == "any" or isinstance(tags, OnEvidence):
        return tags
    return check_names("tags", tags, '"any" or a collection of names')

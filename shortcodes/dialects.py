"""The dialects, and how a text is read in one of them.

Inside the library, texts are read with `read`, by options that were checked once. The public
`shortcodes.parse` checks them, and its documents can diagnose themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from types import NoneType
from typing import Any, Protocol, TypedDict

from shortcodes.common.checks import check_names, check_type, shorten
from shortcodes.detection import OnEvidence, Tags, escapes_brackets
from shortcodes.diagnostics import Diagnostic
from shortcodes.errors import UnknownDialect
from shortcodes.html.tokens import FindCode
from shortcodes.lenient.tree import read_lenient
from shortcodes.lenient.typography import TypographyUndoer
from shortcodes.nodes import Document, Reader


class ParseOptions(TypedDict, total=False):
    """The keyword options of `shortcodes.parse`."""

    dialect: str
    tags: Tags
    known: Iterable[str]
    skip_code: bool
    markdown: bool | None
    undo_typography: bool


class DialectReader(Protocol):
    """A function that reads a text in one dialect."""

    def __call__(
        self, text: str, tags: Tags, *, skip_code: bool, markdown: bool, escapes: bool
    ) -> Reader:
        """Return what was read. Never raises on what the text holds."""


def _read_wordpress(text: str, tags: Tags, **_: bool) -> Reader:
    from shortcodes.wordpress.tree import read_wordpress  # a package that most texts never need

    return read_wordpress(text, tags)


READERS: Mapping[str, DialectReader] = {
    "lenient": read_lenient,
    "wordpress": _read_wordpress,
}
"""The reader of each dialect, by name."""

DIALECTS = tuple(READERS)
"""The names of the dialects, the default one first."""


def read(
    text: str,
    *,
    dialect: str = "lenient",
    tags: Tags = None,
    skip_code: bool = True,
    markdown: bool | None = None,
    undo_typography: bool = False,
    diagnose: Callable[[Document], Iterable[Diagnostic]] | None = None,
) -> Document:
    """Read a text by options from `check_options`, and return the tree over it.

    `diagnose` finds the diagnostics of the document, when they are asked for.
    """
    escapes = markdown
    if escapes is None:
        # WordPress, whose texts the other dialect is for, writes no backslashes.
        escapes = dialect == DIALECTS[0] and escapes_brackets(text, tags)
    reader = READERS[dialect](
        text, tags, skip_code=skip_code, markdown=bool(markdown), escapes=escapes
    )
    if undo_typography:
        reader = TypographyUndoer(reader)
    read_again = partial(read, dialect=dialect, tags=tags, skip_code=skip_code, markdown=markdown)
    code_finders = list_code_finders(markdown)
    return Document(text, dialect, reader, read_again, diagnose, code_finders, escapes=escapes)


def list_code_finders(markdown: bool | None) -> Sequence[FindCode]:
    """Return the ways to find code in a text beside its HTML."""
    if not markdown:
        return ()
    from shortcodes.lenient.markdown_code import CODE_FINDERS  # most texts are no Markdown

    return CODE_FINDERS


def check_options(options: ParseOptions) -> dict[str, Any]:
    """Return options of `shortcodes.parse` as `read` takes them.

    Raises:
        UnknownDialect: There is no such dialect.
        TypeError: An option has a wrong type, or there is no such option.
    """
    checked: dict[str, Any] = {**options}
    for name in checked:
        if name not in ParseOptions.__annotations__:
            raise TypeError(f"there is no option {name!r}")
    dialect = checked.get("dialect", DIALECTS[0])
    check_type("dialect", dialect, str)
    if dialect not in READERS:
        raise UnknownDialect(f"unknown dialect {shorten(dialect)}; known: {', '.join(DIALECTS)}")
    for name in ("skip_code", "undo_typography"):
        if name in checked:
            check_type(name, checked[name], bool)
    check_type("markdown", checked.get("markdown"), bool, NoneType)
    known = checked.pop("known", ())
    return {**checked, "tags": _add_known(_check_tags(checked.get("tags")), known)}


def _add_known(tags: Tags, known: Iterable[str]) -> Tags:
    """Return the tags with the known names."""
    names = check_names("known", known)
    if not names or tags == "any":
        return tags
    if tags is None or isinstance(tags, OnEvidence):
        return OnEvidence(frozenset(names))
    return tuple(dict.fromkeys([*tags, *names]))


def _check_tags(tags: Tags) -> Tags:
    """Return the names as they are if they are a set, otherwise as a tuple in their order."""
    if tags is None or tags == "any" or isinstance(tags, OnEvidence):
        return tags
    return check_names("tags", tags, '"any" or a collection of names')

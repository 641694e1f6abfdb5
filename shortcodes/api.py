"""The functions that users call: text in, text or data or HTML or diagnostics out.

Each parses with the options of `shortcodes.parse` and hands the document to a renderer, which is
imported when it is first needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypedDict, Unpack, cast

from shortcodes.detection import Tags
from shortcodes.diagnostics import Diagnostic
from shortcodes.nodes import Document
from shortcodes.parser import parse
from shortcodes.plugins import Context, Format, check_format
from shortcodes.registry import renderer

if TYPE_CHECKING:
    from shortcodes.engine import Engine
    from shortcodes.engine.schema import Schema


class ParseOptions(TypedDict, total=False):
    """The keyword options of `shortcodes.parse`."""

    dialect: str
    tags: Tags
    known: Iterable[str]
    skip_code: bool
    markdown: bool
    undo_typography: bool


def strip(text: str, *, content: str = "keep", **options: Unpack[ParseOptions]) -> str:
    """Return a text without its shortcodes; what they enclose stays unless `content="drop"`.

    A line, or a `<p>`, that held only shortcodes and white space goes with its line break; where
    blank lines then meet, those before stay and those after go. Nothing else changes.
    """
    return cast(str, apply("strip", parse(text, **options), content=content))


def extract(
    text: str, *, tag: str | None = None, **options: Unpack[ParseOptions]
) -> list[dict[str, Any]]:
    """Return the shortcodes of a text as dicts that are ready for JSON.

    Each has exactly `name`, `attributes`, `positional`, `content`, `start`, `end` (code points),
    `line`, `column` (from 1), `source` and `children`. With `tag`, only shortcodes of that name,
    each as an item of its own. More than 20 levels deep, children are not listed.
    """
    return list(apply("data", parse(text, **options), tag=tag))


def render(
    text: str,
    *,
    unknown: str = "keep",
    format: Format = "text",  # noqa: A002 - the name that the context has for it
    diagnostics: list[Diagnostic] | None = None,
    **options: Unpack[ParseOptions],
) -> str:
    """Return a text as an HTML fragment, with what its shortcodes stand for in their place.

    `format` says what the text is written in: "text" is escaped and becomes paragraphs,
    "markdown" is converted, "html" passes as it is. The handlers are those of the library and of
    installed packages; for others build a `shortcodes.Engine`. `unknown` says what becomes of
    shortcodes that no handler takes: "keep", "strip" or "mark". `diagnostics` is filled with what
    went wrong.
    """
    from shortcodes.engine import default_engine  # which needs more libraries

    return default_engine().render(
        text, format=format, diagnostics=diagnostics, options={"unknown": unknown}, **options
    )


def fix(
    text: str,
    *,
    diagnostics: list[Diagnostic] | None = None,
    **options: Unpack[ParseOptions],
) -> str:
    """Return a text in whose shortcodes WordPress reads the attributes that `parse` finds.

    `diagnostics` is filled with what no straight quote can carry: that stays as it is. See
    `shortcodes.mending` for what changes.
    """
    from shortcodes import mending  # which loads the WordPress dialect

    return mending.fix(text, diagnostics=diagnostics, **options)


def lint(
    text: str,
    *,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] = (),
    engine: Engine | None = None,
    schemas: Mapping[str, Schema] | None = None,
    format: Format = "text",  # noqa: A002
    **options: Unpack[ParseOptions],
) -> list[Diagnostic]:
    """Return what is wrong with the shortcodes of a text, sorted by place, none twice.

    `select` and `ignore` hold codes, beginnings of codes ("SC2"), or names of rules; without
    `select` all rules are asked. The names that an `engine` has handlers for are shortcodes, its
    schemas and `schemas` say what attributes they have. Raises `ShortcodeError` for a rule that
    does not exist.
    """
    from shortcodes import linting  # which loads the rules

    return linting.lint(
        text,
        select=select,
        ignore=ignore,
        engine=engine,
        schemas=schemas,
        format=format,
        **options,
    )


def apply(
    name: str,
    document: Document,
    /,
    *,
    format: Format = "text",  # noqa: A002
    diagnostics: list[Diagnostic] | None = None,
    **options: Any,
) -> Any:
    """Return what the renderer of that name makes of a document.

    `options` are the renderer's own; `diagnostics` is filled with what went wrong. What comes back
    depends on the renderer's `output`: a `str`, or for "json" an iterable of objects.

    Raises `UnknownRenderer`, `ValueError` for a wrong value, `TypeError` for an unknown option.
    """
    if not isinstance(document, Document):
        raise TypeError(f"document must be a Document, not {type(document).__name__}")
    check_format(format)
    found = [] if diagnostics is None else diagnostics
    return renderer(name).render(document, Context(format, options, diagnostics=found))

"""The functions that users call: text in, text or data or HTML or diagnostics out.

Each parses with the options of `shortcodes.parse` and hands the document to a renderer, which is
imported when it is first needed.
"""

from __future__ import annotations

from types import NoneType
from typing import TYPE_CHECKING, Any, Unpack, cast

from shortcodes.checks import check_type
from shortcodes.diagnostics import Diagnostic
from shortcodes.dialects import ParseOptions
from shortcodes.linting.options import LintOptions
from shortcodes.nodes import Document
from shortcodes.parser import parse
from shortcodes.plugins import Context, Format, check_format
from shortcodes.registry import get_renderer

if TYPE_CHECKING:
    from shortcodes.engine import Engine


def strip(
    text: str,
    *,
    content: str = "keep",
    escapes: str = "unescape",
    **options: Unpack[ParseOptions],
) -> str:
    """Return a text without its shortcodes; what they enclose stays unless `content="drop"`.

    A line, or a `<p>`, that held only shortcodes and white space goes with its line break; where
    blank lines then meet, those before stay and those after go. A shortcode in doubled brackets,
    `[[x]]`, loses one bracket on either side, since a reader is to see `[x]`; with `escapes="keep"`
    both stay, for a text that will be read for shortcodes again. Nothing else changes.
    """
    document = parse(text, **options)
    return cast(str, apply("strip", document, content=content, escapes=escapes))


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
    unsafe: bool = False,
    diagnostics: list[Diagnostic] | None = None,
    **options: Unpack[LintOptions],
) -> str:
    """Return a text with the safe fixes of all rules: WordPress then reads what `parse` finds.

    Only tags of shortcodes that WordPress would misread change, and nothing in one that it reads as
    it is meant. With `unsafe` the fixes are made too that may change what a shortcode says. Fixing
    twice changes nothing more. `diagnostics` is filled with what no straight quote can carry: that
    stays as it is. With `undo_typography`, values that are rewritten lose what a typographer made.
    """
    from shortcodes.linting import rounds  # which loads the rules

    _check_engine(options.get("engine"))
    return rounds.fix(text, unsafe=unsafe, diagnostics=diagnostics, **options)


def lint(text: str, **options: Unpack[LintOptions]) -> list[Diagnostic]:
    """Return what is wrong with the shortcodes of a text, sorted by place, none twice.

    Beside the options of `parse` it takes those of `LintOptions`. Raises `ShortcodeError` for a
    rule that does not exist.
    """
    from shortcodes.linting import run  # which loads the rules

    _check_engine(options.get("engine"))
    return run.lint(text, **options)


def apply(
    name: str,
    document: Document,
    /,
    *,
    format: Format = "text",  # noqa: A002
    diagnostics: list[Diagnostic] | None = None,
    engine: Engine | None = None,
    **options: Any,
) -> Any:
    """Return what the renderer of that name makes of a document.

    `engine` renders the shortcodes where the renderer runs handlers, as `html` does; by default it
    is `default_engine()`. `options` are the renderer's own, and `diagnostics` is filled with what
    went wrong. The result depends on the renderer's `output`: a `str`, or for "json" an iterable
    of objects.

    Raises `UnknownRenderer`, `ValueError` for a wrong value, and `TypeError` for a value of a wrong
    type and an unknown option.
    """
    check_type("document", document, Document)
    check_type("diagnostics", diagnostics, list, NoneType)
    check_format(format)
    _check_engine(engine)
    found = [] if diagnostics is None else diagnostics
    context = Context(format, options, diagnostics=found, engine=engine)
    context.report_split(document)
    return get_renderer(name).render(document, context)


def _check_engine(engine: object) -> None:
    if engine is not None:
        from shortcodes.engine import Engine  # which needs more libraries

        check_type("engine", engine, Engine, NoneType)

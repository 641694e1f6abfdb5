"""The public functions that take a text and return text, data, HTML or diagnostics.

Each parses the text with the options of `shortcodes.parse` and passes the document to a renderer,
which is imported when it is first needed.
"""

from __future__ import annotations

from types import NoneType
from typing import TYPE_CHECKING, Any, Unpack, cast

from shortcodes.common.checks import check_type
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
    seams: bool = True,
    **options: Unpack[ParseOptions],
) -> str:
    """Return a text without its shortcodes.

    What contained only shortcodes and white space is removed: a line with its line break or, in a
    `<p>`, its `<br>`; a `<p>`; and a block of WordPress's editor, `<!-- wp:… -->`. Where blank
    lines then meet, those before are kept. Where two words would become one, a space is left.
    Nothing else changes. Front matter stays, and each CDATA section is stripped alone.

    Args:
        text: The text.
        content: "keep" keeps the enclosed content of shortcodes, "drop" removes it.
        escapes: "unescape" turns an escaped shortcode, `[[x]]`, into `[x]`, as readers are meant to
            see it. "keep" keeps both brackets, for a text that will be read for shortcodes again.
        seams: Whether a space is left where closing tags and then opening tags were removed from
            between two words, as in `One[/tab][tab]Two`. The WordPress dialect leaves none.
        **options: The options of `parse`.

    Returns:
        The text without shortcodes.

    Raises:
        TypeError: An argument has the wrong type.
        ValueError: An argument has a wrong value.
    """
    document = parse(text, **options)
    return cast(str, apply("strip", document, content=content, escapes=escapes, seams=seams))


def extract(
    text: str, *, tag: str | None = None, evidence: bool = False, **options: Unpack[ParseOptions]
) -> list[dict[str, Any]]:
    """Return the shortcodes of a text as dicts that can be written as JSON.

    Args:
        text: The text.
        tag: A tag name, to return only shortcodes with that name, each as an item of its own.
        evidence: Whether to say for each shortcode why its name counts, with the key `evidence`.
        **options: The options of `parse`.

    Returns:
        A dict for each shortcode with exactly these keys: `name`, `attributes`, `positional`,
        `content`, `start` and `end` (offsets in code points), `line` and `column` (from 1),
        `source` and `children`. Children more than 20 levels deep are not listed.
    """
    return list(apply("data", parse(text, **options), tag=tag, evidence=evidence))


def render(
    text: str,
    *,
    unknown: str = "keep",
    format: Format = "text",  # noqa: A002 - as in `Context`
    diagnostics: list[Diagnostic] | None = None,
    **options: Unpack[ParseOptions],
) -> str:
    """Render a text as an HTML fragment, with the handlers that are built in or installed.

    To use your own handlers, build a `shortcodes.Engine`. Front matter is not printed.

    Args:
        text: The text.
        unknown: What happens to shortcodes without a handler: "keep" keeps their source, "strip"
            removes them, "mark" puts them into `<mark>`.
        format: What the text is written in: "text" is escaped and becomes paragraphs, "markdown" is
            converted, "html" passes unchanged.
        diagnostics: A list to which problems are added.
        **options: The options of `parse`.

    Returns:
        The HTML.

    Raises:
        TypeError: An argument has the wrong type.
        ValueError: An argument has a wrong value.
    """
    from shortcodes.engine import default_engine  # slow to import

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
    """Return a text with the safe fixes of all rules, so that WordPress reads what `parse` reads.

    Only those parts of tags change that WordPress would misread. Fixing a text twice changes
    nothing more. Front matter stays, and each CDATA section is fixed alone.

    Args:
        text: The text.
        unsafe: Whether to apply unsafe fixes too, which may change what a shortcode means.
        diagnostics: A list to which values are reported that straight quotes cannot hold. They stay
            as they are.
        **options: The options of `LintOptions`. With `undo_typography`, typographic characters in
            rewritten values become what was typed.

    Returns:
        The fixed text.

    Raises:
        UnknownRule: There is no such rule.
        TypeError: An argument has the wrong type.
        ValueError: An argument has a wrong value.
    """
    from shortcodes.linting import in_parts  # slow to import

    _check_engine(options.get("engine"))
    return in_parts.fix(text, unsafe=unsafe, diagnostics=diagnostics, **options)


def lint(text: str, **options: Unpack[LintOptions]) -> list[Diagnostic]:
    """Return a diagnostic for each problem with the shortcodes of a text, in order.

    The options are those of `LintOptions`, which include those of `parse`. Raises `UnknownRule`
    if there is no such rule.
    """
    from shortcodes.linting import in_parts  # slow to import

    _check_engine(options.get("engine"))
    return in_parts.lint(text, **options)


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
    """Render a document with any renderer.

    Args:
        name: The name of the renderer.
        document: The document, from `parse`.
        format: What its text is written in: "text", "html" or "markdown".
        diagnostics: A list to which problems are added.
        engine: The engine for renderers that run handlers, such as `html`; `default_engine()` by
            default.
        **options: The options of the renderer.

    Returns:
        A `str`, or an iterable of objects if the `output` of the renderer is "json".

    Raises:
        UnknownRenderer: There is no such renderer.
        TypeError: An argument has the wrong type, or the renderer has no such option.
        ValueError: An argument has a wrong value.
    """
    check_type("document", document, Document)
    check_type("diagnostics", diagnostics, list, NoneType)
    check_format(format)
    _check_engine(engine)
    problems = [] if diagnostics is None else diagnostics
    context = Context(format, options, diagnostics=problems, engine=engine)
    context.report_split(document)
    return get_renderer(name).render(document, context)


def _check_engine(engine: object) -> None:
    if engine is not None:
        from shortcodes.engine import Engine  # slow to import

        check_type("engine", engine, Engine, NoneType)

"""The parser: the public function that checks its options and reads a text in a dialect."""

from __future__ import annotations

from collections.abc import Iterable

from shortcodes.common.checks import check_type
from shortcodes.detection import Tags
from shortcodes.diagnostics import Diagnostic
from shortcodes.dialects import DIALECTS, check_options
from shortcodes.nodes import Document
from shortcodes.parts.reading import read_in_parts


def parse(
    text: str,
    *,
    dialect: str = DIALECTS[0],
    tags: Tags = None,
    known: Iterable[str] = (),
    skip_code: bool = True,
    markdown: bool | None = None,
    undo_typography: bool = False,
) -> Document:
    r"""Read a text and return the tree over it. Never raises on what the text holds.

    Front matter holds no shortcodes. Each CDATA section is read as a text of its own.

    Args:
        text: The text, with shortcodes in it. For a file in JSON or CSV, pass its decoded strings.
        dialect: "lenient", what the author meant, or "wordpress", what WordPress sees.
        tags: The names that count as shortcodes, in order of registration; "any" for whatever the
            dialect reads; `None` for names that the list of known names has, or for which the text
            has evidence.
        known: Names that count besides.
        skip_code: Whether comments, scripts, styles and code hold no shortcodes. For the lenient
            dialect only, since WordPress searches them too.
        markdown: Whether the text is Markdown, in which brackets and underscores may carry
            backslashes, and code and links are no shortcodes. By default, only the backslashes
            count, and only in a text that holds a tag such as `\[gallery ids="1"\]`:
            `Document.escapes_brackets`. For the lenient dialect only, since WordPress knows no
            Markdown.
        undo_typography: Whether curly quotes, dashes and other typography in values become the
            characters that are typed for them, where that can be guessed.

    Raises:
        UnknownDialect: There is no such dialect.
        TypeError: An argument has a wrong type.
    """
    check_type("text", text, str)
    options = check_options(
        {
            "dialect": dialect,
            "tags": tags,
            "known": known,
            "skip_code": skip_code,
            "markdown": markdown,
            "undo_typography": undo_typography,
        }
    )
    return read_in_parts(text, **options, diagnose=_diagnose)


def _diagnose(document: Document) -> list[Diagnostic]:
    from shortcodes.linting.run import list_parser_diagnostics  # which loads the rules

    return list_parser_diagnostics(document)

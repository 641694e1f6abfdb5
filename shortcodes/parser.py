"""The parser: a text and its options, checked, go to the dialect that is asked for."""

from __future__ import annotations

from collections.abc import Iterable

from shortcodes.checks import check_type
from shortcodes.detection import Tags
from shortcodes.diagnostics import Diagnostic
from shortcodes.dialects import DIALECTS, checked_options, read
from shortcodes.nodes import Document


def parse(
    text: str,
    *,
    dialect: str = DIALECTS[0],
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
    options = checked_options(
        {
            "dialect": dialect,
            "tags": tags,
            "known": known,
            "skip_code": skip_code,
            "markdown": markdown,
            "undo_typography": undo_typography,
        }
    )
    document = read(text, **options)
    document._diagnose = _diagnose
    return document


def _diagnose(document: Document) -> list[Diagnostic]:
    from shortcodes.linting.run import list_parser_diagnostics  # which loads the rules

    return list_parser_diagnostics(document)

"""What takes the place of a shortcode that failed, and how its failure is described."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from markupsafe import Markup

from shortcodes.common.log_text import escape_controls
from shortcodes.diagnostics import Diagnostic
from shortcodes.engine import UnfitError
from shortcodes.errors import ShortcodeError
from shortcodes_html.runs import Piece, Run, list_source_pieces

MAX_REASON = 500
"""Code points of an exception's text that a diagnostic repeats."""
MAX_TRACEBACKS = 100
"""Failures of a document whose exceptions keep what they came from: it holds much memory."""
_MAX_TAG = 200
"""Code points of an opening tag that a page for developers repeats."""

_BOX = Markup(
    '<span class="shortcode-error" data-shortcode="{}" role="note" lang="en" dir="ltr">'
    "<code>{}</code> at line {}, column {}: {}</span>"
)
BOX_STYLESHEETS = {
    "shortcode-error": """.shortcode-error {
  display: block; margin: .5em 0; padding: .5em .75em; border-inline-start: 4px solid #b3261e;
  font: 14px/1.5 ui-monospace, monospace; color: #410e0b; background: #fdeceb;
  white-space: pre-wrap; overflow-wrap: anywhere;
}
"""
}
"""The CSS of the box for developers, by name."""

_LOGGER = logging.getLogger("shortcodes")
_LOGGER.addHandler(logging.NullHandler())  # else Python prints what no site has asked for


class OutputLimitError(ShortcodeError):
    """The handlers of the document have returned more than the policy allows."""


class TimeLimitError(ShortcodeError):
    """An asynchronous handler took longer than the policy allows."""


class FailureLimitError(ShortcodeError):
    """Too many shortcodes around the same text have failed already."""


_CODES: dict[type[BaseException], str] = {
    OutputLimitError: "SC405",
    TimeLimitError: "SC406",
    FailureLimitError: "SC407",
    UnfitError: "SC602",
}
"""The codes of failures that are not the fault of a handler; those that are have SC402."""


def explain_failure(error: BaseException) -> tuple[str, str]:
    """Return the code of a failure and its reason on one line."""
    if type(error) in _CODES:
        return _CODES[type(error)], _read_text(error)
    return "SC402", f"its handler failed with {describe_error(error)}"


def describe_error(error: BaseException) -> str:
    """Return the type of an exception and its text on one line."""
    return f"{type(error).__name__}: {_read_text(error)}".removesuffix(": ")


def _read_text(error: BaseException) -> str:
    try:
        text = str(error)
    except Exception:  # the class of the exception may be the handler's own
        return ""
    line = " ".join(text[:MAX_REASON].split())
    return line if len(text) <= MAX_REASON else f"{line}…"


def drop_traceback(error: BaseException) -> None:
    """Drop what an exception came from: its traceback, its cause and its context."""
    error.__traceback__ = error.__cause__ = error.__context__ = None


def log_failure(failure: Diagnostic) -> None:
    """Write a failure to the logger `shortcodes`, with a traceback if code of the site raised.

    A shortcode that does not fit its schema is a mistake of its author, and only a warning.
    """
    level = logging.WARNING if failure.code == "SC602" else logging.ERROR
    raised = failure.exception if failure.code == "SC402" else None
    _LOGGER.log(level, "%s %s", failure.code, escape_controls(failure.message), exc_info=raised)


def _keep(run: Run, reason: str) -> tuple[str, Sequence[Piece]]:
    return "was left in place", list(list_source_pieces(run))


def _remove(run: Run, reason: str) -> tuple[str, Sequence[Piece]]:
    return "was removed", list(list_source_pieces(run, stripped=True))


def _replace(run: Run, reason: str) -> tuple[str, Sequence[Piece]]:
    markup = Markup('<span class="shortcode-error" data-shortcode="{}"></span>')
    run.markup = markup.format(run.name)
    return "was replaced by a placeholder", []


def _show(run: Run, reason: str) -> tuple[str, Sequence[Piece]]:
    start, end, document = run._row[1], run._row[2], run.document
    tag = document.source[start : min(end, start + _MAX_TAG)]
    tag += "…" if end > start + _MAX_TAG else ""
    run.markup = _BOX.format(run.name, tag, *document.position(start), reason)
    return "was replaced by this message", []


FALLBACKS: dict[str, Callable[[Run, str], tuple[str, Sequence[Piece]]]] = {
    "keep": _keep,
    "diagnostic": _remove,
    "placeholder": _replace,
    "debug": _show,
}
"""By the policy `on_error`: what makes the fallback of a failed run for a reason, and words for a
message."""

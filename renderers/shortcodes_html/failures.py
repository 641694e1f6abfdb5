"""What takes the place of a shortcode that failed, and how its failure is described."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from shortcodes.engine import UnfitError
from shortcodes.errors import ShortcodeError
from shortcodes_html.runs import Piece, Run, list_source_pieces

MAX_REASON = 500
"""Code points of an exception's text that a diagnostic repeats."""


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


def _keep(run: Run) -> tuple[str, Sequence[Piece]]:
    return "was left in place", list(list_source_pieces(run))


def _remove(run: Run) -> tuple[str, Sequence[Piece]]:
    return "was removed", list(list_source_pieces(run, stripped=True))


def _replace(run: Run) -> tuple[str, Sequence[Piece]]:
    markup = Markup('<span class="shortcode-error" data-shortcode="{}"></span>')
    run.markup = markup.format(run.name)
    return "was replaced by a placeholder", []


FALLBACKS: dict[str, Callable[[Run], tuple[str, Sequence[Piece]]]] = {
    "keep": _keep,
    "diagnostic": _remove,
    "placeholder": _replace,
}
"""By the policy `on_error`: what makes the fallback of a failed run, and words for a message."""

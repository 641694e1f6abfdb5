"""What stands in the place of a shortcode that failed, and how its failure is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from shortcodes.engine import UnfitError
from shortcodes.errors import ShortcodeError
from shortcodes_html.runs import Piece, Run, around

MAX_REASON = 500
"""Code points of what an exception says that a diagnostic repeats."""


class OutputLimitError(ShortcodeError):
    """All handlers of the document made more than they may."""


class TimeLimitError(ShortcodeError):
    """An asynchronous handler took longer than it may."""


class FailureLimitError(ShortcodeError):
    """Too many shortcodes around the same text have failed already."""


_CODES: dict[type[BaseException], str] = {
    OutputLimitError: "SC405",
    TimeLimitError: "SC406",
    FailureLimitError: "SC407",
    UnfitError: "SC602",
}
"""The codes of what is not the fault of a handler; what is, is SC402."""


def reason(error: BaseException) -> tuple[str, str]:
    """Return the code of a failure, and what it says on one line."""
    if type(error) in _CODES:
        return _CODES[type(error)], _said(error)
    return "SC402", f"its handler failed: {named(error)}"


def named(error: BaseException) -> str:
    """Return the type of an exception and what it says on one line."""
    return f"{type(error).__name__}: {_said(error)}".removesuffix(": ")


def _said(error: BaseException) -> str:
    try:
        said = str(error)
    except Exception:  # the exception is the handler's own
        return ""
    shown = " ".join(said[:MAX_REASON].split())
    return shown if len(said) <= MAX_REASON else f"{shown}…"


def _kept(run: Run) -> tuple[str, Sequence[Piece]]:
    return "is left as it is", list(around(run))


def _dropped(run: Run) -> tuple[str, Sequence[Piece]]:
    return "is left out", list(around(run, stripped=True))


def _marked(run: Run) -> tuple[str, Sequence[Piece]]:
    run.made = Markup('<span class="shortcode-error" data-shortcode="{}"></span>').format(run.name)
    return "is a placeholder", []


PLACES: dict[str, Callable[[Run], tuple[str, Sequence[Piece]]]] = {
    "keep": _kept,
    "diagnostic": _dropped,
    "placeholder": _marked,
}
"""What stands there instead, by the policy `on_error`, and how that is told."""

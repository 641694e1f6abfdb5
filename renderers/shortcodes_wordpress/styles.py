"""The style sheet that all tags share."""

from __future__ import annotations

from functools import cache
from importlib import resources

from shortcodes import Call

_NAME = "shortcodes_wordpress"


@cache
def stylesheet() -> str:
    """Return the CSS that all tags on a page share."""
    return (resources.files(_NAME) / "wordpress.css").read_text(encoding="utf-8")


def add_stylesheet(call: Call) -> None:
    """Have the style sheet printed once on the page that a call is part of."""
    call.context.stylesheets[_NAME] = stylesheet()

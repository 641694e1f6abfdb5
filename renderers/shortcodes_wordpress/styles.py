"""The style sheet that the tags share."""

from __future__ import annotations

from functools import cache
from importlib import resources

from shortcodes import Call

_NAME = "shortcodes_wordpress"


@cache
def stylesheet() -> str:
    """Return the CSS that every tag on a page shares."""
    return (resources.files(_NAME) / "wordpress.css").read_text(encoding="utf-8")


def styled(call: Call) -> None:
    """Have the style sheet printed once on the page of a call."""
    call.context.stylesheets[_NAME] = stylesheet()

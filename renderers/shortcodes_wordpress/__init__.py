"""WordPress's built-in tags: `caption`, `gallery`, `audio`, `video`, `playlist` and `embed`.

Handlers render them as HTML, one file for each; `to_markdown` writes them as Markdown. Nothing is
fetched: attachments come from a `MediaLibrary` that the caller provides.
"""

from typing import TYPE_CHECKING

from shortcodes.common.lazy import lazy_attributes
from shortcodes_wordpress.library import CODES, GROUPS, SETTINGS, TAGS

if TYPE_CHECKING:
    from shortcodes_wordpress.markdown import to_markdown
    from shortcodes_wordpress.media import Media, MediaLibrary, PostLibrary
    from shortcodes_wordpress.styles import stylesheet
    from shortcodes_wordpress.tags import register

__all__ = [
    "CODES",
    "GROUPS",
    "SETTINGS",
    "TAGS",
    "Media",
    "MediaLibrary",
    "PostLibrary",
    "register",
    "stylesheet",
    "to_markdown",
]

_MODULES = {
    "Media": "media",
    "MediaLibrary": "media",
    "PostLibrary": "media",
    "register": "tags",
    "stylesheet": "styles",
    "to_markdown": "markdown",
}
"""The modules of the names that the linter and the configuration need not import."""

__getattr__ = lazy_attributes(__name__, _MODULES)


def __dir__() -> list[str]:
    """Return the public names, imported or not."""
    return __all__

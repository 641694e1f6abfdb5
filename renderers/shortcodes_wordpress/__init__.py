"""WordPress's built-in tags: `caption`, `gallery`, `audio`, `video`, `playlist` and `embed`.

As HTML they are handlers, one file for each; as Markdown they are `to_markdown`. Nothing is
fetched: what attachment ids stand for is asked of a `MediaLibrary` that the caller gives.
"""

from shortcodes_wordpress.codes import CODES, GROUPS
from shortcodes_wordpress.markdown import to_markdown
from shortcodes_wordpress.media import Media, MediaLibrary, PostLibrary
from shortcodes_wordpress.styles import stylesheet
from shortcodes_wordpress.tags import SETTINGS, TAGS, register

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

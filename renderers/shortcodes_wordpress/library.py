"""What the package declares to the engine, the configuration and the linter.

See `shortcodes.plugins.Library`. The linter loads this module, so it imports little.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from shortcodes.files.folders import Folder

TAGS: Final = ("audio", "caption", "embed", "gallery", "playlist", "video", "wp_caption")

GROUPS: Final = {"SC7": "WordPress's own tags"}

CODES: Final = {"SC701": "shortcodes_wordpress.codes:MissingMedia"}


def _read_providers(value: Any, folder: Folder) -> frozenset[str]:
    from shortcodes_wordpress.providers import check_providers

    if not isinstance(value, list):
        raise TypeError(f"must be a list of names, not {type(value).__name__}")
    return check_providers(map(str, value))


SETTINGS: Final = {"providers": _read_providers}

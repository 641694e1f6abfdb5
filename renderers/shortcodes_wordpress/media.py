"""The media library, which knows the attachments behind ids.

WordPress keeps it in its database; here whoever renders may provide one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Media:
    """An attachment. Its texts are plain, and are escaped; its URLs are checked like any other."""

    url: str
    """URL of the file itself."""
    type: str = ""
    """MIME type, such as "image/jpeg"; empty if it is not known."""
    title: str = ""
    caption: str = ""
    alt: str = ""
    """What an image shows, in words."""
    width: int | None = None
    """In CSS pixels."""
    height: int | None = None
    """In CSS pixels."""
    sizes: Mapping[str, str] = field(default_factory=dict)
    """URLs of smaller images by the name of their size, such as "thumbnail"."""
    link: str = ""
    """URL of the attachment's page."""
    image: str = ""
    """URL of a track's cover, or of a film's poster."""
    artist: str = ""
    seconds: int | None = None
    """Length of a track."""
    date: str = ""
    """ISO 8601; for `orderby="date"`."""
    menu_order: int = 0
    """For `orderby="menu_order"`."""


@runtime_checkable
class MediaLibrary(Protocol):
    """Knows attachments by their ids."""

    def attachments(self, ids: Collection[int]) -> Mapping[int, Media]:
        """Return the attachments that exist. Called once for all ids of a document."""


@runtime_checkable
class PostLibrary(Protocol):
    """Also knows which attachments belong to a post: what `[gallery]` without ids shows."""

    def attached(self, post: int | None) -> Mapping[int, Media]:
        """Return the attachments of a post by their ids; `None` is the post being rendered."""

"""Players: `<audio>` and `<video>` with their files, tracks, and links for other browsers."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from markupsafe import Markup

from shortcodes import Call
from shortcodes_wordpress.elements import Value, build_element
from shortcodes_wordpress.enclosed_html import extract_tracks
from shortcodes_wordpress.styles import add_stylesheet
from shortcodes_wordpress.urls import check_url, get_extension, get_file_name

TYPES: Mapping[str, str] = MappingProxyType(
    {
        "mp3": "audio/mpeg",
        "m4a": "audio/mp4",
        "ogg": "audio/ogg",
        "wav": "audio/wav",
        "flac": "audio/flac",
        "mp4": "video/mp4",
        "m4v": "video/mp4",
        "webm": "video/webm",
        "ogv": "video/ogg",
        "flv": "video/x-flv",
    }
)
"""MIME types by extension, which is also the name of an attribute."""


class MediaFile(NamedTuple):
    """A file to play."""

    url: str
    type: str
    """MIME type; empty if it is not known."""


def list_files(src: str, **urls: str) -> list[MediaFile]:
    """Return the files of a player, `src` first, each once.

    Raises `ValueError` if there is none, or one whose URL is refused.
    """
    extensions: dict[str, str] = {}
    for extension, text in {"": src, **urls}.items():
        if url := check_url(text):
            extensions[url] = extensions.get(url) or extension
    if not extensions:
        names = ", ".join(["src", *urls])
        raise ValueError(f"it has no file: one of the attributes {names} is needed")
    return [
        MediaFile(url, TYPES.get(extension or get_extension(url), ""))
        for url, extension in extensions.items()
    ]


def build_player(
    call: Call,
    content: Markup,
    name: str,
    files: list[MediaFile],
    attributes: Mapping[str, Value],
) -> Markup:
    """Return an `<audio>` or `<video>` element that plays one of the files.

    It contains the tracks that the shortcode encloses, and for browsers that play nothing the
    words beside them, or else links to the files.
    """
    parts = extract_tracks(call, content)
    links = [build_element("a", {"href": file.url}, get_file_name(file.url)) for file in files]
    add_stylesheet(call)
    return build_element(
        name,
        {"aria-label": get_file_name(files[0].url), "controls": True, **attributes},
        *(build_element("source", {"src": file.url, "type": file.type}) for file in files),
        *parts.media,
        parts.words or Markup(", ").join(links),
    )

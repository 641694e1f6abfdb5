"""Players: `<audio>` and `<video>` with their sources, tracks and a link for who cannot play."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from markupsafe import Markup

from shortcodes import Call
from shortcodes_wordpress import enclosed_html
from shortcodes_wordpress.elements import Value, element
from shortcodes_wordpress.styles import styled
from shortcodes_wordpress.urls import address, extension, file_name

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


class Source(NamedTuple):
    """A file that can be played."""

    url: str
    type: str
    """Empty where it is not known."""


def sources(src: str, **files: str) -> list[Source]:
    """Return the files that a tag names, `src` first, each once.

    Raises `ValueError` where there is none, or one whose URL is refused.
    """
    found: dict[str, str] = {}
    for name, text in {"": src, **files}.items():
        if url := address(text):
            found[url] = found.get(url) or name
    if not found:
        raise ValueError(f"it names no file; {', '.join(['src', *files])} would")
    return [Source(url, TYPES.get(name or extension(url), "")) for url, name in found.items()]


def player(
    call: Call,
    content: Markup,
    name: str,
    files: list[Source],
    attributes: Mapping[str, Value],
) -> Markup:
    """Return an `<audio>` or `<video>` that plays one of the files.

    Inside it are the tracks that the shortcode encloses, and for browsers that play nothing the
    words beside them, else links to the files.
    """
    parts = enclosed_html.tracks(call, content)
    links = [element("a", {"href": file.url}, file_name(file.url)) for file in files]
    styled(call)
    return element(
        name,
        {"aria-label": file_name(files[0].url), "controls": True, **attributes},
        *(element("source", {"src": file.url, "type": file.type}) for file in files),
        *parts.media,
        parts.words or Markup(", ").join(links),
    )

"""Providers of films: how their pages are recognised, and where they may be framed from.

None is used unless it is asked for by its name: a frame tells its provider who reads the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from shortcodes.checks import check_names

_YOUTUBE_ID = r"(?P<id>[A-Za-z0-9_-]{11})(?![A-Za-z0-9_-])"
_REST = r"(?:[?&#/](?s:.*+))?"
_START = re.compile(
    r"[?&#](?:t|start)=(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?(?:[&#]|\Z)", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider."""

    name: str
    """What users type to turn it on."""
    title: str
    """What people call it."""
    page: re.Pattern[str]
    """The addresses of its films, with groups for what `frame` needs."""
    frame: str
    """The address of the frame that keeps least of its reader."""
    hash: str = ""
    """What goes before the secret part of an address, where there is one."""
    start: str = ""
    """What goes before the second from which it plays."""


PROVIDERS = (
    Provider(
        "youtube",
        "YouTube",
        re.compile(
            r"(?i:(?:https?:)?//(?:(?:www\.|m\.|music\.)?youtube\.com|www\.youtube-nocookie\.com)"
            r"/(?:watch\?(?:[^#]*&)?v=|embed/|shorts/|live/|v/)|(?:https?:)?//youtu\.be/)"
            rf"{_YOUTUBE_ID}{_REST}"
        ),
        "https://www.youtube-nocookie.com/embed/{id}",
        start="?start=",
    ),
    Provider(
        "vimeo",
        "Vimeo",
        re.compile(
            r"(?i:(?:https?:)?//(?:www\.)?vimeo\.com/(?:channels/[a-z0-9_-]++/)?"
            r"|(?:https?:)?//player\.vimeo\.com/video/)"
            r"(?P<id>[0-9]{1,15})(?:(?:/|\?(?:[^#]*&)?h=)(?P<hash>[0-9a-f]{6,20}))?"
            rf"{_REST}",
            re.ASCII,
        ),
        "https://player.vimeo.com/video/{id}?dnt=1",
        hash="&h=",
        start="#t=",
    ),
)


def checked(names: Iterable[str]) -> frozenset[str]:
    """Return the names of providers.

    Raises `ValueError` for one that is unknown, and `TypeError` for what is no collection of names.
    """
    known = {provider.name for provider in PROVIDERS}
    asked = frozenset([names] if isinstance(names, str) else check_names("providers", names))
    if unknown := sorted(asked - known):
        raise ValueError(f"unknown provider {unknown[0]!r}; known: {', '.join(sorted(known))}")
    return asked


def provider_of(url: str) -> Provider | None:
    """Return the provider whose film a URL leads to, if there is one."""
    return next((provider for provider in PROVIDERS if provider.page.fullmatch(url)), None)


def frame_url(provider: Provider, url: str) -> str:
    """Return the address for a frame that plays the film of a URL of the provider's."""
    match = provider.page.fullmatch(url)
    if match is None:
        raise ValueError(f"{url!r} is no film of {provider.title}")
    groups = match.groupdict()
    framed = provider.frame.format(id=groups["id"])
    if secret := groups.get("hash"):
        framed += provider.hash + secret
    if (time := _START.search(url)) and any(time.groups()):
        hours, minutes, seconds = (int(part or 0) for part in time.groups())
        framed += f"{provider.start}{hours * 3600 + minutes * 60 + seconds}"
    return framed

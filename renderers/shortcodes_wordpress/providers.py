"""Providers of films: how their pages are recognised, and where frames load from.

No provider is used unless it was named: a frame tells its provider who reads the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from shortcodes.common.checks import check_names

_YOUTUBE_ID = r"(?P<id>[A-Za-z0-9_-]{11})(?![A-Za-z0-9_-])"
_REST = r"(?:[?&#/](?s:.*+))?"
_START = re.compile(
    r"[?&#](?:t|start)=(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?(?:[&#]|\Z)", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider."""

    name: str
    """The name by which users allow it."""
    title: str
    """The name that people know."""
    page: re.Pattern[str]
    """The addresses of its films, with groups for what `frame` needs."""
    frame: str
    """The template of the frame's address: the one that records least about the reader."""
    hash: str = ""
    """What precedes the secret part of an address, if it can have one."""
    start: str = ""
    """What precedes the second from which the film plays."""


PROVIDERS = (
    Provider(
        "youtube",
        "YouTube",
        re.compile(
            r"(?ai:(?:https?:)?//(?:(?:www\.|m\.|music\.)?youtube\.com|www\.youtube-nocookie\.com)"
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
            r"(?ai:(?:https?:)?//(?:www\.)?vimeo\.com/(?:channels/[a-z0-9_-]++/)?"
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


def check_providers(names: Iterable[str]) -> frozenset[str]:
    """Return names of providers as a set.

    Raises `ValueError` for an unknown name, and `TypeError` for anything but names.
    """
    known = {provider.name for provider in PROVIDERS}
    checked = frozenset([names] if isinstance(names, str) else check_names("providers", names))
    if unknown := sorted(checked - known):
        raise ValueError(f"unknown provider {unknown[0]!r}; known: {', '.join(sorted(known))}")
    return checked


def find_provider(url: str) -> Provider | None:
    """Return the provider whose film a URL leads to, if there is one."""
    return next((provider for provider in PROVIDERS if provider.page.fullmatch(url)), None)


def build_frame_url(provider: Provider, url: str) -> str:
    """Return the address of a frame that plays the film at a URL of the provider."""
    match = provider.page.fullmatch(url)
    if match is None:
        raise ValueError(f"{url!r} is not a film on {provider.title}")
    groups = match.groupdict()
    frame_url = provider.frame.format(id=groups["id"])
    if secret := groups.get("hash"):
        frame_url += provider.hash + secret
    if (time := _START.search(url)) and any(time.groups()):
        hours, minutes, seconds = (int(part or 0) for part in time.groups())
        frame_url += f"{provider.start}{hours * 3600 + minutes * 60 + seconds}"
    return frame_url

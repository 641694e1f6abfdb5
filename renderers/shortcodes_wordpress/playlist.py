"""`[playlist]`: a list of players."""

from __future__ import annotations

from markupsafe import Markup

from shortcodes import Call
from shortcodes_wordpress.elements import Value, element, lines
from shortcodes_wordpress.media import Media
from shortcodes_wordpress.media_selection import Choice, Shelf
from shortcodes_wordpress.styles import styled
from shortcodes_wordpress.urls import address, file_name
from shortcodes_wordpress.values import Flag, Ids, Kind, Order, Style, classes


class Playlist:
    """Renders playlists from a shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def playlist(
        self,
        call: Call,
        *,
        type: Kind = "audio",  # noqa: A002 - attributes bear WordPress's names
        ids: Ids = [],  # noqa: B006 - never changed
        include: Ids = [],  # noqa: B006
        exclude: Ids = [],  # noqa: B006
        id: int | None = None,  # noqa: A002
        order: Order = "ASC",
        orderby: str = "",
        style: Style = "light",
        tracklist: Flag = True,
        tracknumbers: Flag = True,
        images: Flag = True,
        artists: Flag = True,
    ) -> Markup:
        """List sounds or films of a media library, by their ids or by their post."""
        choice = Choice(type, ids, include, exclude, id, order, orderby)
        tracks = [
            element(
                "figure",
                {"class": "wp-playlist-item"},
                _cover(media) if images and type == "audio" else "",
                _words(media, artist=artists) if tracklist else "",
                _player(media, type, picture=images),
            )
            for media in self._shelf.chosen(call, choice)
        ]
        styled(call)
        names = classes(
            "wp-playlist",
            f"wp-{type}-playlist",
            f"wp-playlist-{style}",
            "" if tracklist and tracknumbers else "wp-playlist-unnumbered",
        )
        return element(
            "ol", {"class": names}, lines(*(element("li", {}, track) for track in tracks))
        )


def title_of(media: Media) -> str:
    """Return what a track is called."""
    return media.title or file_name(media.url)


def length_of(media: Media) -> str:
    """Return how long a track plays, as `3:05` or `1:02:03`; empty where that is not known."""
    if media.seconds is None or media.seconds < 0:
        return ""
    minutes, seconds = divmod(media.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _cover(media: Media) -> str:
    image = {"src": address(media.image), "alt": "", "loading": "lazy"}
    return element("img", image) if media.image else ""


def _words(media: Media, *, artist: bool) -> Markup:
    """Return title, artist and length of a track."""
    parts = (
        element("cite", {}, title_of(media)),
        element("span", {"class": "wp-playlist-artist"}, media.artist)
        if artist and media.artist
        else "",
        element("span", {"class": "wp-playlist-length"}, length)
        if (length := length_of(media))
        else "",
    )
    return element("figcaption", {}, Markup(" ").join(filter(None, parts)))


def _player(media: Media, kind: str, *, picture: bool) -> Markup:
    url = address(media.url)
    film: dict[str, Value] = {
        "width": media.width,
        "height": media.height,
        "poster": address(media.image) if picture else None,
        "playsinline": True,
    }
    return element(
        kind,
        {
            "aria-label": title_of(media),
            "controls": True,
            "preload": "none",
            **(film if kind == "video" else {}),
        },
        element("source", {"src": url, "type": media.type}),
        element("a", {"href": url}, file_name(url)),
    )

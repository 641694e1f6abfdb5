"""`[playlist]`: a list of players."""

from __future__ import annotations

from markupsafe import Markup

from shortcodes import Call
from shortcodes_wordpress.elements import Value, build_element, join_lines
from shortcodes_wordpress.media import Media
from shortcodes_wordpress.media_selection import MediaSelector, Selection
from shortcodes_wordpress.styles import add_stylesheet
from shortcodes_wordpress.urls import check_url, get_file_name
from shortcodes_wordpress.values import Flag, Ids, Kind, Order, Style, join_classes


class PlaylistHandler:
    """Renders playlists of a media library."""

    def __init__(self, selector: MediaSelector) -> None:
        self._selector = selector

    def render(
        self,
        call: Call,
        *,
        type: Kind = "audio",  # noqa: A002 - attributes have WordPress's names
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
        selection = Selection(type, ids, include, exclude, id, order, orderby)
        tracks = [
            build_element(
                "figure",
                {"class": "wp-playlist-item"},
                _build_cover(media) if images and type == "audio" else "",
                _build_words(media, with_artist=artists) if tracklist else "",
                _build_player(media, type, with_poster=images),
            )
            for media in self._selector.select(call, selection)
        ]
        add_stylesheet(call)
        names = join_classes(
            "wp-playlist",
            f"wp-{type}-playlist",
            f"wp-playlist-{style}",
            "" if tracklist and tracknumbers else "wp-playlist-unnumbered",
        )
        items = (build_element("li", {}, track) for track in tracks)
        return build_element("ol", {"class": names}, join_lines(*items))


def find_title(media: Media) -> str:
    """Return the title of a track, or the name of its file."""
    return media.title or get_file_name(media.url)


def format_length(media: Media) -> str:
    """Return the length of a track, as `3:05` or `1:02:03`; empty if it is not known."""
    if media.seconds is None or media.seconds < 0:
        return ""
    minutes, seconds = divmod(media.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _build_cover(media: Media) -> str:
    attributes = {"src": check_url(media.image), "alt": "", "loading": "lazy"}
    return build_element("img", attributes) if media.image else ""


def _build_words(media: Media, *, with_artist: bool) -> Markup:
    """Return the title, artist and length of a track."""
    parts = [build_element("cite", {}, find_title(media))]
    if with_artist and media.artist:
        parts.append(build_element("span", {"class": "wp-playlist-artist"}, media.artist))
    if length := format_length(media):
        parts.append(build_element("span", {"class": "wp-playlist-length"}, length))
    return build_element("figcaption", {}, Markup(" ").join(parts))


def _build_player(media: Media, kind: str, *, with_poster: bool) -> Markup:
    url = check_url(media.url)
    video_attributes: dict[str, Value] = {
        "width": media.width,
        "height": media.height,
        "poster": check_url(media.image) if with_poster else None,
        "playsinline": True,
    }
    return build_element(
        kind,
        {
            "aria-label": find_title(media),
            "controls": True,
            "preload": "none",
            **(video_attributes if kind == "video" else {}),
        },
        build_element("source", {"src": url, "type": media.type}),
        build_element("a", {"href": url}, get_file_name(url)),
    )

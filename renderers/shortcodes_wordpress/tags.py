"""Registers the tags with an engine."""

from __future__ import annotations

from collections.abc import Iterable
from types import NoneType

from shortcodes import Engine
from shortcodes.checks import check_type
from shortcodes_wordpress.audio import audio
from shortcodes_wordpress.caption import caption
from shortcodes_wordpress.embed import Embed
from shortcodes_wordpress.gallery import Gallery
from shortcodes_wordpress.media import MediaLibrary
from shortcodes_wordpress.media_selection import Shelf
from shortcodes_wordpress.playlist import Playlist
from shortcodes_wordpress.video import Video


def register(
    engine: Engine,
    *,
    media: MediaLibrary | None = None,
    providers: Iterable[str] = (),
    replace: bool = False,
) -> None:
    """Let an engine render WordPress's built-in tags.

    `media` resolves the ids of galleries and playlists; without it they stay as they are.
    `providers` names those whose films may be framed: "youtube", "vimeo". With `replace`, tags
    that the engine has already are taken over; without it `ValueError` is raised for them, and
    for an unknown provider, and `TypeError` for what is of a wrong type.
    """
    check_type("engine", engine, Engine)
    check_type("media", media, MediaLibrary, NoneType)
    check_type("replace", replace, bool)
    embed, shelf = Embed(providers), Shelf(media)
    engine.register("caption", caption, aliases=("wp_caption",), replace=replace)
    engine.register("gallery", Gallery(shelf).gallery, replace=replace)
    engine.register("audio", audio, replace=replace)
    engine.register("video", Video(embed).video, replace=replace)
    engine.register("playlist", Playlist(shelf).playlist, replace=replace)
    engine.register("embed", embed.embed, replace=replace)

"""Registers WordPress's tags with an engine."""

from __future__ import annotations

from collections.abc import Iterable
from types import NoneType

from shortcodes import Engine
from shortcodes.common.checks import check_type
from shortcodes_wordpress.audio import render_audio
from shortcodes_wordpress.caption import render_caption
from shortcodes_wordpress.embed import EmbedHandler
from shortcodes_wordpress.gallery import GalleryHandler
from shortcodes_wordpress.media import MediaLibrary
from shortcodes_wordpress.media_selection import MediaSelector
from shortcodes_wordpress.playlist import PlaylistHandler
from shortcodes_wordpress.video import VideoHandler


def register(
    engine: Engine,
    *,
    media: MediaLibrary | None = None,
    providers: Iterable[str] = (),
    replace: bool = False,
) -> None:
    """Let an engine render WordPress's built-in tags.

    Args:
        engine: The engine.
        media: What knows the attachments behind the ids of galleries and playlists. Without it,
            these shortcodes stay in place.
        providers: The names of providers whose films may be framed: "youtube", "vimeo".
        replace: Whether the handlers replace those that the engine already has for these tags.

    Raises `ValueError` for an unknown provider, and without `replace` for a tag that already has a
    handler; `TypeError` for an argument of a wrong type.
    """
    check_type("engine", engine, Engine)
    check_type("media", media, MediaLibrary, NoneType)
    check_type("replace", replace, bool)
    embed, selector = EmbedHandler(providers), MediaSelector(media)
    engine.register("caption", render_caption, aliases=("wp_caption",), replace=replace)
    engine.register("gallery", GalleryHandler(selector).render, replace=replace)
    engine.register("audio", render_audio, replace=replace)
    engine.register("video", VideoHandler(embed).render, replace=replace)
    engine.register("playlist", PlaylistHandler(selector).render, replace=replace)
    engine.register("embed", embed.render, replace=replace)

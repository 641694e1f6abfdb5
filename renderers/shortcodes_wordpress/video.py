"""`[video]`: a player for films."""

from __future__ import annotations

from markupsafe import Markup

from shortcodes import Call
from shortcodes_wordpress.embed import EmbedHandler
from shortcodes_wordpress.players import build_player, list_files
from shortcodes_wordpress.providers import find_provider
from shortcodes_wordpress.urls import check_url
from shortcodes_wordpress.values import Flag, Length, Preload, join_classes


class VideoHandler:
    """Renders films; those of a known provider as `[embed]` does."""

    def __init__(self, embed: EmbedHandler) -> None:
        self._embed = embed

    def render(
        self,
        call: Call,
        src: str = "",
        *,
        content: Markup = Markup(),  # noqa: B008 - it cannot change
        mp4: str = "",
        m4v: str = "",
        webm: str = "",
        ogv: str = "",
        flv: str = "",
        poster: str = "",
        loop: Flag = False,
        autoplay: Flag = False,
        muted: Flag = False,
        preload: Preload = "metadata",
        width: Length = 640,
        height: Length = 360,
        class_: str = "wp-video-shortcode",
        style: str = "",
    ) -> Markup:
        """Play a film, in one format or several.

        Raises `ValueError` without a file, and for a URL that is refused.
        """
        files = list_files(src, mp4=mp4, m4v=m4v, webm=webm, ogv=ogv, flv=flv)
        poster_url = check_url(poster)
        if find_provider(files[0].url):
            return self._embed.build_figure(call, files[0].url, width, height)
        return build_player(
            call,
            content,
            "video",
            files,
            {
                "class": join_classes(class_),
                "width": width,
                "height": height,
                "poster": poster_url,
                "preload": preload,
                "loop": loop,
                "autoplay": autoplay,
                "muted": muted,
                "playsinline": True,
            },
        )

"""`[video]`: a player for films."""

from __future__ import annotations

from markupsafe import Markup

from shortcodes import Call
from shortcodes_wordpress.embed import Embed
from shortcodes_wordpress.players import player, sources
from shortcodes_wordpress.providers import provider_of
from shortcodes_wordpress.urls import address
from shortcodes_wordpress.values import Flag, Length, Preload, classes


class Video:
    """Renders films; those that a provider plays, as `embed` does."""

    def __init__(self, embed: Embed) -> None:
        self._embed = embed

    def video(
        self,
        call: Call,
        src: str = "",
        *,
        content: Markup,
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
        files = sources(src, mp4=mp4, m4v=m4v, webm=webm, ogv=ogv, flv=flv)
        picture = address(poster)
        if provider_of(files[0].url):
            return self._embed.figure(call, files[0].url, width, height)
        return player(
            call,
            content,
            "video",
            files,
            {
                "class": classes(class_),
                "width": width,
                "height": height,
                "poster": picture,
                "preload": preload,
                "loop": loop,
                "autoplay": autoplay,
                "muted": muted,
                "playsinline": True,
            },
        )

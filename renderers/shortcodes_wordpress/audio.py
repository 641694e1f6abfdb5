"""`[audio]`: a player for sound."""

from __future__ import annotations

from markupsafe import Markup

from shortcodes import Call
from shortcodes_wordpress.players import build_player, list_files
from shortcodes_wordpress.values import Flag, Preload, join_classes


def render_audio(
    call: Call,
    src: str = "",
    *,
    content: Markup = Markup(),  # noqa: B008 - it cannot change
    mp3: str = "",
    m4a: str = "",
    ogg: str = "",
    wav: str = "",
    flac: str = "",
    loop: Flag = False,
    autoplay: Flag = False,
    muted: Flag = False,
    preload: Preload = "none",
    class_: str = "wp-audio-shortcode",
    style: str = "",
) -> Markup:
    """Play a sound file, in one format or several.

    Raises `ValueError` without a file, and for a URL that is refused.
    """
    return build_player(
        call,
        content,
        "audio",
        list_files(src, mp3=mp3, m4a=m4a, ogg=ogg, wav=wav, flac=flac),
        {
            "class": join_classes(class_),
            "preload": preload,
            "loop": loop,
            "autoplay": autoplay,
            "muted": muted,
        },
    )

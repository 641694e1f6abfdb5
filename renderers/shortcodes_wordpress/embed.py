"""`[embed]`: a link to what WordPress would have fetched; a film in a frame only if asked for."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from shortcodes import Call
from shortcodes_wordpress.elements import element, lines
from shortcodes_wordpress.enclosed_html import enclosed_url
from shortcodes_wordpress.providers import checked, frame_url, provider_of
from shortcodes_wordpress.styles import styled
from shortcodes_wordpress.urls import address
from shortcodes_wordpress.values import Pixels

_WIDTH, _HEIGHT = 640, 360
_SANDBOX = "allow-scripts allow-same-origin allow-popups allow-presentation"
"""What a player needs. The frame is of another origin, so it does not get at the page."""


class Embed:
    """Renders embeds; films of the named providers in a frame."""

    def __init__(self, providers: Iterable[str] = ()) -> None:
        self._providers = checked(providers)

    def embed(
        self,
        call: Call,
        src: str = "",
        *,
        content: Markup,
        width: Pixels = None,
        height: Pixels = None,
    ) -> Markup:
        """Link to what is enclosed, or to `src`.

        Raises `ValueError` without a URL, and for one that is refused.
        """
        return self.figure(call, embedded(content, src), width, height)

    def figure(self, call: Call, url: str, width: int | None, height: int | None) -> Markup:
        """Return a link, below a frame where there may be one."""
        link = element("a", {"href": url}, url)
        provider = provider_of(url)
        styled(call)
        if provider is None or provider.name not in self._providers:
            return element("figure", {"class": "wp-embed"}, link)
        frame = element(
            "iframe",
            {
                "src": frame_url(provider, url),
                "title": f"{provider.title}: {url}",
                "width": width or _WIDTH,
                "height": height or (width * _HEIGHT // _WIDTH if width else _HEIGHT),
                "loading": "lazy",
                "sandbox": _SANDBOX,
                "referrerpolicy": "strict-origin-when-cross-origin",
                "allow": "fullscreen; picture-in-picture",
                "allowfullscreen": True,
            },
        )
        caption = element("figcaption", {}, link)
        return element("figure", {"class": "wp-embed"}, lines(frame, caption))


def embedded(content: Markup, src: str) -> str:
    """Return the URL that is to be embedded. Raises `ValueError` where there is none."""
    url = address(enclosed_url(content)) or address(src)
    if not url:
        raise ValueError("it encloses no URL, and has no src")
    return url

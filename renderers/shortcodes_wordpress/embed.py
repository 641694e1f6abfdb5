"""`[embed]`: a link, where WordPress would fetch markup; a film in a frame only on request."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from shortcodes import Call
from shortcodes_wordpress.elements import build_element, join_lines
from shortcodes_wordpress.enclosed_html import extract_url
from shortcodes_wordpress.providers import build_frame_url, check_providers, find_provider
from shortcodes_wordpress.styles import add_stylesheet
from shortcodes_wordpress.urls import check_url
from shortcodes_wordpress.values import Pixels

_WIDTH, _HEIGHT = 640, 360
_SANDBOX = "allow-scripts allow-same-origin allow-popups allow-presentation"
"""What a player needs. The frame has another origin, so that it cannot access the page."""


class EmbedHandler:
    """Renders embeds; films of the named providers in a frame."""

    def __init__(self, providers: Iterable[str] = ()) -> None:
        self._providers = check_providers(providers)

    def render(
        self,
        call: Call,
        src: str = "",
        *,
        content: Markup = Markup(),  # noqa: B008 - it cannot change
        width: Pixels = None,
        height: Pixels = None,
    ) -> Markup:
        """Link to the enclosed URL, or to `src`.

        Raises `ValueError` without a URL, and for one that is refused.
        """
        return self.build_figure(call, find_embedded_url(content, src), width, height)

    def build_figure(self, call: Call, url: str, width: int | None, height: int | None) -> Markup:
        """Return a link, with a frame above it if its provider may be framed."""
        link = build_element("a", {"href": url}, url)
        provider = find_provider(url)
        add_stylesheet(call)
        if provider is None or provider.name not in self._providers:
            return build_element("figure", {"class": "wp-embed"}, link)
        frame = build_element(
            "iframe",
            {
                "src": build_frame_url(provider, url),
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
        caption = build_element("figcaption", {}, link)
        return build_element("figure", {"class": "wp-embed"}, join_lines(frame, caption))


def find_embedded_url(content: Markup, src: str) -> str:
    """Return the URL to embed. Raises `ValueError` if there is none, or if it is refused."""
    url = check_url(extract_url(content)) or check_url(src)
    if not url:
        raise ValueError("it has neither an enclosed URL nor the attribute src")
    return url

"""What HTML holds that a browser would execute or load, or that no tag of WordPress's prints."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

ELEMENTS = frozenset({"script", "iframe", "object", "embed", "base", "meta", "link", "form"})
"""What executes or loads, or sends people elsewhere."""

_ADDRESSES = frozenset({"href", "src", "action", "formaction", "data", "poster", "xlink:href"})
_SKIPPED = re.compile(r"\A[\s\x00-\x20]+|[\x00-\x1f\x7f-\x9f\xad\ufffd]+")
_EXECUTES = re.compile(r"(?:feed:|view-source:)*(?:javascript|vbscript|data):")

_OF_TEXT = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd"}
    | {"mark", "p", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "u", "var", "wbr"}
    | {"figure", "figcaption", "img", "audio", "video", "source", "track", "ul", "ol", "li"}
)
_ATTRIBUTES = frozenset(
    {"alt", "aria-label", "autoplay", "class", "controls", "default", "dir", "height", "href"}
    | {"id", "kind", "label", "lang", "loading", "loop", "muted", "playsinline", "poster"}
    | {"preload", "src", "srclang", "title", "type", "width", "data-shortcode"}
)
_OF_FRAMES = frozenset({"sandbox", "referrerpolicy", "allow", "allowfullscreen"})
_FRAMES = frozenset({"www.youtube-nocookie.com", "player.vimeo.com"})
_URLS = frozenset({"href", "src", "poster"})
_SKIPPED_AROUND = "".join(map(chr, range(0x21)))
_SKIPPED_INSIDE = re.compile(r"[\t\n\r]")
_BASE = "https://page.test/folder/"


def found_in(html: str) -> list[str]:
    """Return what a browser would execute or load: elements, handlers of events, addresses."""
    return _Leaks(html).found


def beyond_media_in(html: str, *, frames: bool = False) -> list[str]:
    """Return every element and attribute that WordPress's tags, as handlers, never print."""
    return _BeyondMedia(html, frames=frames).found


class _Leaks(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ELEMENTS:
            self.found.append(f"<{tag}>")
        for name, given in attrs:
            value = given or ""
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.found.append(f"{name}={value!r}")
            if name in _ADDRESSES and _EXECUTES.match(_SKIPPED.sub("", value).lower()):
                self.found.append(f"{name}={value!r}")


class _BeyondMedia(HTMLParser):
    def __init__(self, html: str, *, frames: bool = False) -> None:
        super().__init__()
        self.found: list[str] = []
        self._tags = _OF_TEXT | ({"iframe"} if frames else set())
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        allowed = _ATTRIBUTES | (_OF_FRAMES if tag == "iframe" else set())
        if tag not in self._tags:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name not in allowed or self._is_bad(tag, name, value or ""):
                self.found.append(f"<{tag} {name}={value!r}>")
        if len({name for name, _ in attrs}) < len(attrs):
            self.found.append(f"<{tag}> has an attribute twice")

    def _is_bad(self, tag: str, name: str, value: str) -> bool:
        if name in _URLS:
            # As a browser reads it: Living Standard of URLs, 4.4.
            read = _SKIPPED_INSIDE.sub("", value.strip(_SKIPPED_AROUND)).replace("\\", "/")
            parts = urlsplit(urljoin(_BASE, read))
            framed = tag != "iframe" or parts.netloc in _FRAMES
            return parts.scheme not in ("http", "https") or not parts.netloc or not framed
        if name == "class":
            return re.fullmatch(r"[A-Za-z0-9_ -]+", value) is None
        if name == "id":
            return re.fullmatch(r"(caption-)?attachment[_-][0-9]+", value) is None
        if name in ("width", "height"):
            return re.fullmatch(r"[1-9][0-9]{0,3}", value) is None
        return False

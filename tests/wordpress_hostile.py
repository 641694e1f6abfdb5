"""Values that try to break out of WordPress's tags, and a look for what got out."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

ADDRESSES = (
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "javascript://example.org/%0aalert(1)",
    "javascript:alert(1)//https://example.org/a.mp3",
    "javascript:/*https://example.org/*/alert(1)",
    " javascript:alert(1)",
    "\x01javascript:alert(1)",
    "\x1bjavascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "java\r\nscript:alert(1)",
    "java script:alert(1)",
    "java\x00script:alert(1)",
    "java\u00a0script:alert(1)",
    "java\u00adscript:alert(1)",
    "java\u200bscript:alert(1)",
    "javascript\t:alert(1)",
    "javascript :alert(1)",
    "\ufeffjavascript:alert(1)",
    "\u202ejavascript:alert(1)",
    "\u2028javascript:alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "javascript&#x3a;alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript:alert(1)",
    "&#0000106;avascript:alert(1)",
    "&#106avascript:alert(1)",
    "&amp;#106;avascript:alert(1)",
    "&amp;amp;#106;avascript:alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "java&#9;script&colon;alert(1)",
    "%6Aavascript:alert(1)",
    "\\x6aavascript:alert(1)",
    "\\u006aavascript:alert(1)",
    "javascrıpt:alert(1)",
    "ｊavascript:alert(1)",
    "javascript：alert(1)",
    "vbscript:msgbox(1)",
    "VBSCRIPT:msgbox(1)",
    "livescript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "data:audio/mpeg;base64,AAAA",
    "DATA:,x",
    "da\nta:text/html,x",
    "blob:https://example.org/1",
    "filesystem:https://example.org/1",
    "file:///etc/passwd",
    "ftp://example.org/a.mp3",
    "about:blank",
    "view-source:https://example.org/",
    "intent://example.org#Intent;end",
    "mailto:someone@example.org",
    "tel:+49",
    "ws://example.org/",
    "jar:https://example.org!/",
    "feed:javascript:alert(1)",
    "x:y",
    "C:\\autoexec.bat",
    "https:alert(1)",
    "https:/example.org/a.mp3",
    "https:///example.org/a.mp3",
    "https:\\\\example.org\\a.mp3",
    "https://example.org\\@evil.test/",
    "https://user:secret@example.org/a.mp3",
    "https://exa mple.org/",
    "https://[::1",
    "https://",
    "http://?",
    "///example.org/a.mp3",
    "////example.org/a.mp3",
    "\\\\example.org\\a.mp3",
    "/\\example.org/a.mp3",
    "/\t/example.org/a.mp3",
    "//",
    ":",
    ":alert(1)",
)
"""What no `href` or `src` may hold."""

MARKUP = (
    "<script>alert(1)</script>",
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    "</figcaption></figure><script>alert(1)</script>",
    "</audio><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "<img src=x:y onerror=alert(1) //",
    "<img/src=`x`onerror=alert(1)>",
    '<img src="/a.png" style="position:fixed;inset:0" onload="alert(1)">',
    '<img src="javascript:alert(1)" srcset="data:,x 1x">',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    '<math><mtext><table><mglyph><style><img src=x onerror="alert(1)">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="java&#10;script:alert(1)"><img src="/a.png"></a>',
    '<a href="/x" onclick="alert(1)" style="x" target=_top>x</a>',
    '<a href="/x" title=\'"onmouseover="alert(1)\'>x</a>',
    "<iframe src=javascript:alert(1)></iframe>",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<base href=https://evil.test/>",
    "<meta http-equiv=refresh content=0;url=javascript:alert(1)>",
    "<link rel=stylesheet href=https://evil.test/x.css>",
    "<style>@import 'https://evil.test/x.css'</style>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    '<track src="javascript:alert(1)" onload=alert(1)>',
    '<track src="/t.vtt" onload=alert(1) default>',
    "<body onload=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<template><script>alert(1)</script></template>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<a href='/x'><img src='/a.png'",
    "<plaintext>",
    "<textarea></figure>",
)
"""What no text may do; also as it is enclosed."""

WORDS = (
    '" onerror="alert(1)',
    "' onerror='alert(1)",
    '" autofocus onfocus=alert(1) x="',
    "` onerror=`alert(1)",
    "x onmouseover=alert(1)",
    '/a.mp3" onerror="alert(1)',
    "/a.mp3' onerror='alert(1)",
    "javascript%3Aalert(1)",  # a relative path, for browsers too
    "expression(alert(1))",
    "width:expression(alert(1))",
    "background:url(javascript:alert(1))",
    "position:fixed;inset:0;z-index:9999",
    "}</style><script>alert(1)</script>",
    "x{}body{display:none}",
    "__proto__",
    "constructor",
    "{{7*7}}{%import os%}",
    "%s%n{0}{content}",
    "-1",
    "0",
    "1e9",
    "9" * 400,
    "NaN",
    "٣",
    "1,2,3;4",
    "1" + ",1" * 500,
    "\x00",
    "\ud800",
    "A" * 9000,
)
"""Whatever else no attribute expects."""

VALUES = (*ADDRESSES, *MARKUP, *WORDS)

_TAGS = frozenset(
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


def quoted(value: str) -> str:
    """Return a value in quotes, written so that a shortcode holds it to the character."""
    return '"' + escape(value).replace("[", "&#91;").replace("]", "&#93;") + '"'


class Page(HTMLParser):
    """Collects what is wrong with HTML that handlers made."""

    def __init__(self, html: str, *, frames: bool = False) -> None:
        super().__init__()
        self.found: list[str] = []
        self._tags = _TAGS | ({"iframe"} if frames else set())
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


def found_in(html: str, *, frames: bool = False) -> list[str]:
    """Return every element and attribute that should not be there."""
    return Page(html, frames=frames).found

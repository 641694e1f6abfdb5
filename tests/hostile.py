"""Values that try to break out of wherever they are put, and what finds that one did."""

from __future__ import annotations

import re
from html.parser import HTMLParser

MARKUP = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script/src=//evil.example>",
    "<script\x0c>alert(1)</script>",
    "<script\n>alert(1)</script\n>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<img src=x onerror\n=\nalert(1)>",
    "<img src='x' ONERROR='alert(1)'>",
    "<img src=`x`onerror=alert(1)>",
    '<img """><script>alert(1)</script>">',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<link rel=stylesheet href=javascript:alert(1)>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href=javascript:alert(1)//>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><script>alert(1)</script>'></noscript>",
    "<style>@import 'javascript:alert(1)';</style>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<!--><script>alert(1)</script>-->",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
]

BREAKOUTS = [
    '" onload="alert(1)',
    "' onload='alert(1)",
    '" onload=alert(1) ',
    "x onload=alert(1)",
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    '"/><img src=x onerror=alert(1)>',
    '\\"><script>alert(1)</script>',
    '"\n\n<script>alert(1)</script>\n\n"',
    '">\n\n<script>alert(1)</script>',
    "</a><script>alert(1)</script>",
    "</div></div></div><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "` onload=`alert(1)",
    "”onload=”alert(1)",
    '"autofocus/onfocus="alert(1)',
    "&quot; onload=&quot;alert(1)",
    "&#34; onload=&#34;alert(1)",
    "&#x22;&#x3e;&#x3c;script&#x3e;alert(1)",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;",
    "&#60script&#62alert(1)&#60/script&#62",
    "&#0000060;script&#0000062;alert(1)",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "\\u003cscript\\u003ealert(1)",
    "＜script＞alert(1)＜/script＞",
    "+ADw-script+AD4-alert(1)",
]

ADDRESSES = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "\x01javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "java\r\nscript:alert(1)",
    "java\x00script:alert(1)",
    "javascript\t:alert(1)",
    "javascript://example.org/%0aalert(1)",
    "javascript&colon;alert(1)",
    "javascript%3Aalert(1)",
    "javascript&#58;alert(1)",
    "javascript&#x3a;alert(1)",
    "&#106;&#97;&#118;&#97;script:alert(1)",
    "&#x6A&#x61&#x76&#x61script:alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "jav\u00adascript:alert(1)",
    "feed:javascript:alert(1)",
    "view-source:javascript:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "//evil.example/\"onload='alert(1)",
    "https://example.org/\"onload='alert(1)",
    "https://example.org/?a=<script>alert(1)</script>",
]

STYLES = [
    "red;}body{background:url(javascript:alert(1))",
    "expression(alert(1))",
    "url('javascript:alert(1)')",
    "</style><img src=x onerror=alert(1)>",
    "\\3c/style\\3e<script>alert(1)</script>",
    "red;behavior:url(#x)",
    '";background:url(//evil.example);"',
]

BROKEN = [
    "\x00",
    "\x00<script>alert(1)</script>",
    "\x02wzxhzdk:0\x03",
    "\ufeff",
    "\ud800",
    "\u202e<script>",
    "<",
    "<!",
    "<!--",
    "<a",
    "<a href='",
    '<a title="',
    "</",
    "&",
    "&#",
    "]",
    "[",
    "[[",
    "[/box",
    "[box",
    "[box title='",
    "[box][box][box]",
    "[/box][/box]",
    '"]<script>alert(1)</script>',
    "'] onload=alert(1) [x='",
    "sc000000000000000000000000n0x",
    "```",
    "`",
    "~~~\n",
    "    <script>alert(1)</script>",
    "\\",
    "{%",
    "{{",
]

MARKDOWN = [
    "[x](javascript:alert(1))",
    "![x](javascript:alert(1))",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)",
    '[x](https://example.org "onload=alert(1)")',
    '![x](x"onerror="alert(1))',
]

VALUES = [*MARKUP, *BREAKOUTS, *ADDRESSES, *STYLES, *BROKEN, *MARKDOWN]
"""All of them, for attributes and for what shortcodes enclose."""

_ELEMENTS = {"script", "iframe", "object", "embed", "base", "meta", "link", "form"}
_ATTRIBUTES = {"href", "src", "action", "formaction", "data", "poster", "xlink:href"}
_SKIPPED = re.compile(r"\A[\s\x00-\x20]+|[\x00-\x1f\x7f-\x9f\xad\ufffd]+")
_EXECUTES = re.compile(r"(?:feed:|view-source:)*(?:javascript|vbscript|data):")


def quoted(value: str) -> str:
    """Return a value as an attribute can carry it, whatever it holds, in its quotes."""
    return '"' + re.sub(r"[^A-Za-z0-9 ]", lambda match: f"&#{ord(match[0])};", value) + '"'


def found_in(html: str) -> list[str]:
    """Return what a browser would execute or load: elements, handlers of events, addresses."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _ELEMENTS:
            self.found.append(f"<{tag}>")
        for name, given in attrs:
            value = given or ""
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.found.append(f"{name}={value!r}")
            if name in _ATTRIBUTES and _EXECUTES.match(_SKIPPED.sub("", value).lower()):
                self.found.append(f"{name}={value!r}")

"""Content that a plug-in encodes before it stores it, such as that of `[vc_raw_html]`.

No reader of a page sees it in this form: WordPress runs it through the plug-in, which decodes it.
"""

from __future__ import annotations

import re
from functools import cache

from shortcodes.catalogue.names import catalogue

_TIMES = ("\N{MULTIPLICATION SIGN}", "&#215;", "&times;")
"""What a typographer makes of an "x" between two digits."""
_CONTROLS = frozenset(map(chr, range(32))) - {"\t", "\n", "\r", "\f"}


def decode_content(name: str, content: str) -> str | None:
    """Return the content of a shortcode as its plug-in decodes it.

    Args:
        name: The name of the shortcode.
        content: The enclosed content, as it is written.

    Returns:
        What was encoded, mostly HTML or a script: **untrusted**. `None` if the plug-in encodes
        nothing, or if this content is not encoded.
    """
    encodings = catalogue().encodings.get(name)
    if not encodings:
        return None
    for mark in _TIMES:
        content = content.replace(mark, "x")
    encoded = "".join(_compile_added_tag().sub("", content).split())
    if not _compile_base64().fullmatch(encoded):
        return None
    from base64 import b64decode  # imported late: little content is encoded
    from urllib.parse import unquote

    digits = encoded.rstrip("=")
    try:
        text = b64decode(digits + "=" * (-len(digits) % 4)).decode()
    except ValueError:
        return None
    if "percent" in encodings:
        text = unquote(text)
    return None if _CONTROLS.intersection(text) else text


@cache
def _compile_added_tag() -> re.Pattern[str]:
    """Return the pattern of the tags that WordPress's paragraph maker adds."""
    return re.compile(r"<(?:/?p|br[ \t\n]*+/?)>")


@cache
def _compile_base64() -> re.Pattern[str]:
    return re.compile(r"[A-Za-z0-9+/]++={0,2}")

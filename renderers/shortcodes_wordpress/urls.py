"""Addresses: which URLs may reach `href` and `src`. Only http, https and relative ones may.

Escaping does not make an address safe, and browsers read addresses generously: they skip line
breaks inside a scheme, and take a backslash for a slash. What would need such reading is refused.
"""

from __future__ import annotations

import re
from html import unescape
from pathlib import PurePosixPath
from unicodedata import category, normalize
from urllib.parse import unquote, urlsplit

MAX_LENGTH = 8192
"""Code points of a URL."""

_SCHEME = re.compile(r"[^/?#:]*+:")
_WEB = re.compile(r"https?://[^/?#]", re.IGNORECASE)
_SKIPPED = re.compile(r"[\x00-\x20\x7f-\xa0]++")
_BAD_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
_GOOD = frozenset(" \u200c\u200d")  # the joiners are part of words, in Persian and elsewhere
_BAD = frozenset('\\<>"`')
_DECODINGS = 4
_SHOWN = 60


def address(text: str) -> str:
    """Return the URL that a text is, with `%20` for spaces; empty text stays empty.

    Raises `ValueError` with the reason why it is refused.
    """
    url = text.strip()
    if not url:
        return ""
    if reason := _reason(url):
        shown = repr(url if len(url) <= _SHOWN else url[: _SHOWN - 1] + "…")
        raise ValueError(f"the URL {shown} is refused: {reason}")
    return url.replace(" ", "%20")


def file_name(url: str) -> str:
    """Return the last part of a URL's path as people read it, or its host, or the URL."""
    parts = urlsplit(url)
    return unquote(PurePosixPath(parts.path).name) or parts.netloc or url


def extension(url: str) -> str:
    """Return the extension of a URL's path in lower case, without its dot."""
    return PurePosixPath(unquote(urlsplit(url).path)).suffix.lower().removeprefix(".")


def _reason(url: str) -> str:
    """Return why a URL is refused; empty where it is not."""
    if len(url) > MAX_LENGTH:  # first, for time grows with the square of the accents on one letter
        return f"it is longer than {MAX_LENGTH} characters"
    decoded = _decoded(url)
    squeezed = _SKIPPED.sub("", normalize("NFKC", decoded))
    if _SCHEME.match(squeezed) and not (_WEB.match(url) and _WEB.match(squeezed)):
        return "only http, https and relative URLs are let through"
    if any(c in _BAD or (category(c) in _BAD_CATEGORIES and c not in _GOOD) for c in url):
        return "it holds a character that no URL may hold"
    if "\\" in decoded or url.startswith("///"):
        return "browsers would not read it as it is written"
    try:
        host = urlsplit(url).netloc
    except ValueError:
        return "its host cannot be read"
    if "@" in host:
        return "it holds a user name"
    if " " in host or (url.startswith("//") and not host):
        return "it names no host"
    return ""


def _decoded(url: str) -> str:
    """Return the URL without entities, also such as were encoded more than once."""
    for _ in range(_DECODINGS):
        if (plainer := unescape(url)) == url:
            break
        url = plainer
    return url

"""Checks which URLs may become an `href` or `src`: only http, https and relative ones, and in links
those of mail and telephones.

Escaping does not make a URL safe, and browsers read URLs generously: they skip line breaks inside
a scheme, and read a backslash as a slash. A URL that would have to be read in such a way is
refused.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from unicodedata import category, normalize
from urllib.parse import unquote, urlsplit

from shortcodes.html.references import unescape

MAX_LENGTH = 8192
"""Code points of a URL."""

_SCHEME = re.compile(r"[^/?#:]*+:")
_WEB = re.compile(r"(?ai)https?://[^/?#]")
_CONTACT = re.compile(r"(?ai)(?:mailto|tel):[\w.!#$%&'*+/=?^{|}~@;,()-]{1,1000}+")
_SKIPPED = re.compile(r"[\x00-\x20\x7f-\xa0]++")
_BAD_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
_GOOD = frozenset(" \u200c\u200d")  # the joiners are part of words, in Persian and elsewhere
_BAD = frozenset('\\<>"`')
_DECODINGS = 4
_MAX_EXCERPT = 60


def check_url(text: str) -> str:
    """Return a URL with `%20` in place of spaces; empty text stays empty.

    Raises `ValueError`, with the reason, if the URL is refused.
    """
    url = text.strip()
    if not url:
        return ""
    if reason := _find_reason(url):
        excerpt = repr(url if len(url) <= _MAX_EXCERPT else url[: _MAX_EXCERPT - 1] + "…")
        raise ValueError(f"the URL {excerpt} is refused: {reason}")
    return url.replace(" ", "%20")


def check_link(text: str) -> str:
    """Return the URL of a link, which may also be that of a mail address or a telephone.

    Raises `ValueError`, with the reason, if the URL is refused.
    """
    return text if _CONTACT.fullmatch(text) else check_url(text)


def get_file_name(url: str) -> str:
    """Return the last part of a URL's path as people read it, or its host, or the URL."""
    parts = urlsplit(url)
    return unquote(PurePosixPath(parts.path).name) or parts.netloc or url


def get_extension(url: str) -> str:
    """Return the extension of a URL's path in lower case, without its dot."""
    return PurePosixPath(unquote(urlsplit(url).path)).suffix.lower().removeprefix(".")


def _find_reason(url: str) -> str:
    """Return why a URL is refused; empty if it is not."""
    if len(url) > MAX_LENGTH:  # checked first: normalising takes quadratic time in the worst case
        return f"it is longer than {MAX_LENGTH} characters"
    decoded = _decode(url)
    squeezed = _SKIPPED.sub("", normalize("NFKC", decoded))
    if _SCHEME.match(squeezed) and not (_WEB.match(url) and _WEB.match(squeezed)):
        return "only http, https and relative URLs are allowed"
    if any(c in _BAD or (category(c) in _BAD_CATEGORIES and c not in _GOOD) for c in url):
        return "it contains a character that is not allowed in a URL"
    if "\\" in decoded or url.startswith("///"):
        return "browsers would not read it as it is written"
    try:
        host = urlsplit(url).netloc
    except ValueError:
        return "its host cannot be read"
    if "@" in host:
        return "it contains a user name"
    if " " in host or (url.startswith("//") and not host):
        return "it has no host"
    return ""


def _decode(url: str) -> str:
    """Return a URL without entities, even if they were encoded several times."""
    for _ in range(_DECODINGS):
        if (plainer := unescape(url)) == url:
            break
        url = plainer
    return url

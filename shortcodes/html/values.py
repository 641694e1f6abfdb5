"""Edits in the value of an HTML attribute: they must not make an address of it, nor code.

Removing `[b]` from `href="java[b]script:…"` creates an address that runs, and so may the output of
a handler there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from shortcodes.html.references import unescape

_ADDRESSES = frozenset(
    {"action", "background", "cite", "classid", "codebase", "data", "formaction", "href", "icon"}
    | {"imagesrcset", "longdesc", "manifest", "ping", "poster", "profile", "src", "srcset"}
    | {"usemap", "xlink:href"}
)
"""Attributes whose values are addresses or begin with one."""

_WORDS = re.compile(
    r"(?i)(?:abbr|alt|aria-.*+|class|dir|download|height|id|label|lang|media|name|placeholder|rel|role"
    r"|summary|target|title|type|value|width)\Z"
)
"""Attributes whose values are words and hold no addresses."""

_RUNS = re.compile(r"(?i)on|srcdoc\Z")
"""The beginnings of attributes that a browser runs, or shows as a page."""

_EXECUTES = re.compile(r"(?i)(?:javascript|vbscript|data):")
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\xad\ufffd]++")
"""Characters that browsers ignore when they read the scheme of an address."""

CUT_MARK = "\ufffc"
"""What stands for a cut in a tag. No address begins after it."""

_NOT_BEFORE = rf"(?<![A-Za-z0-9+.{CUT_MARK}-])"
_NO_SLASH_BEFORE = rf"(?<![/\\{CUT_MARK}])"
_REACH = re.compile(rf"{_NOT_BEFORE}[A-Za-z][A-Za-z0-9+.-]*+:|{_NO_SLASH_BEFORE}[/\\]{{2}}")
_SERVER = re.compile(
    rf"(?:(?i:{_NOT_BEFORE}(?:https?|ftp|wss?|file):)[/\\]*+"
    rf"|{_NO_SLASH_BEFORE}[/\\]{{2}}[/\\]*+)([^/\\?#]*+)"
)
"""The server of an address, anywhere in a value. Browsers need no slashes after the scheme, and let
commas and quotes be part of it."""

_CSS = frozenset(
    {"style", "background-image", "clip-path", "cursor", "fill", "filter", "list-style-image"}
    | {"marker", "marker-end", "marker-mid", "marker-start", "mask", "mask-image", "stroke"}
)
"""Attributes whose values are CSS: those of SVG too, as far as they may name an address."""

_LOADS = {
    **dict.fromkeys(_CSS, re.compile(r"@?(?<![\w-])[\w-]++\(|@[\w-]++")),
    "content": re.compile(r"(?ai)url\s*+="),
}
"""The words by which CSS, and `refresh` in a `<meta>`, load what an address names, by attribute."""

_HIDES = {
    **dict.fromkeys(_CSS, re.compile(r"[\"'()\\/*{};]")),
    "srcset": re.compile(r"[()]"),
    "imagesrcset": re.compile(r"[()]"),
}
"""What begins or ends something in which no address counts, by attribute."""

_JOINS_COMMENT = re.compile(rf"/{CUT_MARK}++\*|\*{CUT_MARK}++/")
"""A cut over which a comment of CSS begins or ends."""

_MAY_BE_CUT = re.compile(
    r"(?ai)(?:abbr|alt|aria-.*+|class|content|data-.*+|download|height|label|lang|placeholder"
    r"|summary|title|value|width)\Z"
)
"""Attributes that hold text, of which any part may be removed. The value of others means something
to a browser or a script as a whole, such as `attributeName="[x]href"` of `<animate>`, or
`name="[x]cookie"` of `<img>`, which hides the cookies from scripts."""


def reach(address: str) -> str:
    """Return the scheme of an address with its colon, in lower case; "//" if it names only a
    server; "" if it stays on the same server.
    """
    match = _REACH.match(_IGNORED.sub("", unescape(address)))
    return match[0].lower().replace("\\", "/") if match else ""


def is_harmless(name: str, before: str, after: str, with_scheme: str, with_server: str) -> bool:
    """Return whether a value may change in an edit, with a scheme and a server of other values."""
    if before == after:
        return True
    if _RUNS.match(name) or _executes(after):
        return False
    is_cut = CUT_MARK in with_server
    if is_cut and after and not _may_be_cut(name):
        return False
    if _WORDS.match(name):
        return True
    if is_cut and name.lower() in _HIDES:
        if _find_servers(after):
            return False  # what is not valid with the shortcode loads nothing
        if _JOINS_COMMENT.search(with_server):
            return False
    loads = _LOADS.get(name.lower())
    if loads and not _keeps_loads(loads, after, with_server):
        return False
    # Lists of addresses, CSS and `refresh` hold addresses anywhere.
    if not _is_subsequence(_find_reaches(after), _find_reaches(with_scheme)):
        return False
    if not _is_subsequence(_find_servers(after), _find_servers(with_server)):
        return False
    return name.lower() not in _ADDRESSES or (
        reach(after) == reach(with_scheme)
        and _find_servers(after)[:1] == _find_servers(with_server)[:1]
    )


@lru_cache(maxsize=16)
def _executes(value: str) -> bool:
    """Return whether an address that runs is in a value."""
    return _EXECUTES.search(_IGNORED.sub("", unescape(value))) is not None


def _may_be_cut(name: str) -> bool:
    return _MAY_BE_CUT.match(name) is not None or name.lower() in _ADDRESSES or name.lower() in _CSS


def _keeps_loads(loads: re.Pattern[str], after: str, other: str) -> bool:
    """Return whether a value loads nothing by other words than another value has."""
    return "\\" not in after and _is_subsequence(
        _find_words(loads, after), _find_words(loads, other)
    )


@lru_cache(maxsize=16)
def _find_words(loads: re.Pattern[str], value: str) -> list[str]:
    return loads.findall(unescape(value))


def may_reveal(name: str, removed: str, after: str) -> bool:
    """Return whether what is removed from a value may have hidden an address that stays in it."""
    hides = _HIDES.get(name.lower())
    if hides is None or not _hides_address(hides, removed):
        return False
    return bool(_find_words(_LOADS["style"], after)) or bool(_find_servers(after))


@lru_cache(maxsize=16)
def _hides_address(hides: re.Pattern[str], removed: str) -> bool:
    return hides.search(unescape(removed)) is not None


@lru_cache(maxsize=16)
def _find_reaches(value: str) -> list[str]:
    """Return everything in a value that could be the scheme or the server of an address."""
    return _REACH.findall(_IGNORED.sub("", unescape(value)))


@lru_cache(maxsize=16)
def _find_servers(value: str) -> list[str]:
    return _SERVER.findall(_IGNORED.sub("", unescape(value)))


def _is_subsequence(some: Iterable[str], others: Iterable[str]) -> bool:
    """Return whether the strings are among the others, in the same order."""
    rest = iter(others)
    return all(each in rest for each in some)

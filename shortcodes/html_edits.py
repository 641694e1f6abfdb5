"""What an edit inside an HTML tag may not do: make anything that was not there before.

Taking `[b]` out of `href="java[b]script:…"` makes an address that runs; so does putting the output
of a handler there.
"""

from __future__ import annotations

import re
from html import unescape

from shortcodes.html_tags import attributes

_ADDRESSES = frozenset(
    {"action", "background", "cite", "classid", "codebase", "data", "formaction", "href", "icon"}
    | {"longdesc", "manifest", "ping", "poster", "profile", "src", "srcset", "usemap", "xlink:href"}
)
"""Attributes whose values are addresses."""

_RUNS = re.compile(r"(?i)on|srcdoc\Z")
"""How attributes begin that a browser runs, or shows as a page."""

_EXECUTES = re.compile(r"(?i)(?:javascript|vbscript|data):")
_SKIPPED = re.compile(r"[\x00-\x20\x7f-\xa0\xad\ufffd]++")
"""What browsers leave out where they look for the scheme of an address."""

_REACH = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*+:|[/\\]{2}")


def reach(address: str) -> str:
    """Return the scheme of an address with its colon, in lower case, "//" where it names a server
    alone, or "" where it leads nowhere but to the same server.
    """
    match = _REACH.match(_SKIPPED.sub("", unescape(address)))
    return match[0].lower().replace("\\", "/") if match else ""


def keeps_its_meaning(before: str, after: str, vouched: str | None = None) -> bool:
    """Whether a tag has the same attributes after an edit, none that was edited runs, and all
    addresses have the reach that they had.

    `vouched` is the tag before the edit with what somebody answers for in its place already: an
    address may have the reach that it has there.
    """
    old, new = _values(before), _values(after)
    allowed = old if vouched is None else _values(vouched)
    if not [name for name, _ in old] == [name for name, _ in new] == [name for name, _ in allowed]:
        return False
    for (name, was), (_, value), (_, may) in zip(old, new, allowed, strict=True):
        if was == value:
            continue
        if _RUNS.match(name) or _EXECUTES.search(_SKIPPED.sub("", unescape(value))):
            return False
        if name.lower() in _ADDRESSES and reach(value) != reach(may):
            return False
    return True


def _values(tag: str) -> list[tuple[str, str]]:
    return [(name, tag[slice(*span)]) for name, span in attributes(tag, 0, len(tag))]

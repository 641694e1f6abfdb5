"""What an edit in HTML may not do: make anything that was not there before.

Taking `[b]` out of `href="java[b]script:…"` makes an address that runs; so does putting the output
of a handler there. Taking `[b a='<style>']` out makes markup of what was the content of `<style>`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from html import unescape

from shortcodes.html.tags import attributes
from shortcodes.html.tokens import Reading, Span, readings, tokens

_ADDRESSES = frozenset(
    {"action", "background", "cite", "classid", "codebase", "data", "formaction", "href", "icon"}
    | {"imagesrcset", "longdesc", "manifest", "ping", "poster", "profile", "src", "srcset"}
    | {"usemap", "xlink:href"}
)
"""Attributes whose values are addresses, or begin with one."""

_WORDS = re.compile(
    r"(?i)(?:abbr|alt|aria-.*+|class|dir|download|height|id|label|lang|name|placeholder|rel|role"
    r"|summary|target|title|type|value|width)\Z"
)
"""Attributes whose values are words, in which nothing is an address."""

_RUNS = re.compile(r"(?i)on|srcdoc\Z")
"""How attributes begin that a browser runs, or shows as a page."""

_EXECUTES = re.compile(r"(?i)(?:javascript|vbscript|data):")
_SKIPPED = re.compile(r"[\x00-\x20\x7f-\xa0\xad\ufffd]++")
"""What browsers leave out where they look for the scheme of an address."""

_REACH = re.compile(r"(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]*+:|[/\\]{2}")
_SERVER = re.compile(r"[/\\]{2}[/\\]*+([^/\\?#'\"<>,]*+)")
"""The server of an address, wherever it stands in a value."""


def reach(address: str) -> str:
    """Return the scheme of an address with its colon, in lower case, "//" where it names a server
    alone, or "" where it leads nowhere but to the same server.
    """
    match = _REACH.match(_SKIPPED.sub("", unescape(address)))
    return match[0].lower().replace("\\", "/") if match else ""


def keeps_its_meaning(
    before: str, after: str, vouched: str | None = None, made: str | None = None
) -> bool:
    """Whether a tag has the same attributes after an edit, none that was edited runs, and all
    addresses have the reach that they had, and the server.

    `vouched` is the tag before the edit with what somebody answers for in its place already: an
    address may have the reach that it has there. `made` is the tag with all in its place that was
    made for it, and nothing taken out: an address may have the server that it has there.
    """
    old, new = _values(before), _values(after)
    allowed = old if vouched is None else _values(vouched)
    served = old if made is None else _values(made)
    names = [[name for name, _ in values] for values in (old, new, allowed, served)]
    return all(names[0] == others for others in names[1:]) and all(
        _is_harmless(name, was, value, may, with_server)
        for (name, was), (_, value), (_, may), (_, with_server) in zip(
            old, new, allowed, served, strict=True
        )
    )


def _is_harmless(name: str, was: str, value: str, may: str, with_server: str) -> bool:
    """Whether an attribute may have a value where it had another one, or may have others."""
    if was == value:
        return True
    if _RUNS.match(name) or _EXECUTES.search(_SKIPPED.sub("", unescape(value))):
        return False
    if _WORDS.match(name):
        return True
    # Lists of addresses, CSS and `refresh` hold addresses anywhere.
    if not _is_part(_reaches(value), _reaches(may)):
        return False
    if not _is_part(_servers(value), _servers(with_server)):
        return False
    return name.lower() not in _ADDRESSES or reach(value) == reach(may)


def _reaches(value: str) -> list[str]:
    """Return all that could be the scheme or the server of an address, wherever it stands."""
    return _REACH.findall(_SKIPPED.sub("", unescape(value)))


def _servers(value: str) -> list[str]:
    return _SERVER.findall(_SKIPPED.sub("", unescape(value)))


def _is_part(some: Iterable[str], all_: Iterable[str]) -> bool:
    """Whether things stand among others in the same order."""
    others = iter(all_)
    return all(one in others for one in some)


def _values(tag: str, *, exact: bool = False) -> list[tuple[str, str]]:
    found = attributes(tag, 0, len(tag), exact=exact)
    return [(name, tag[slice(*span)]) for name, span in found]


# --- whole texts ----------------------------------------------------------------------------------

_JOINS = frozenset("</!?-")
"""What before a cut may become a part of HTML with what follows it."""


def touches_html(text: str, spans: Iterable[Span]) -> bool:
    """Whether what is taken out of a text, or what stands before it, may be a part of HTML."""
    return any(
        text[start - 1 : start] in _JOINS or text.find("<", start, end) >= 0 for start, end in spans
    )


def find_gained(
    before: str,
    after: str,
    *,
    shown: Callable[[str], str] = str,
) -> Span | None:
    """Return the span of the first tag of an edited text that was not there before the edit.

    A tag was there if it stood in the text before, in the same order, and has no attribute that it
    did not have; values may have changed as far as they do no harm. `shown` returns a tag of the
    edited text with what its placeholders stand for.
    """
    if "<" not in after:
        return None
    found = (
        _first_gained(before, after, reading, shown)
        for reading in dict.fromkeys([*readings(before), *readings(after)])
    )
    return next(filter(None, found), None)


def _first_gained(
    before: str,
    after: str,
    reading: Reading,
    shown: Callable[[str], str],
) -> Span | None:
    old = (before[slice(*span)] for span in _tags(before, reading))
    for span in _tags(after, reading):
        tag = after[slice(*span)]
        same, edited = (tag, shown(tag)), _Edited(tag)
        if not any(one in same or edited.comes_of(one) for one in old):
            return span
    return None


def _tags(text: str, reading: Reading) -> Iterator[Span]:
    return ((t.start, t.end) for t in tokens(text, reading, exact=True) if t.is_tag)


_START = re.compile(r"</?[^ \t\n\f\r/>]*+")


class _Edited:
    """A tag of an edited text. It is read once, however many tags it is held against."""

    def __init__(self, tag: str) -> None:
        self._tag = tag
        self._name = _start(tag)

    @cached_property
    def _own_values(self) -> list[tuple[str, str]]:
        return _values(self._tag, exact=True)

    def comes_of(self, before: str) -> bool:
        """Whether it is another tag with less in it, and nothing new."""
        if _start(before) != self._name:
            return False
        old = iter(_values(before, exact=True))
        return all(
            any(name == other and _is_harmless(name, was, value, was, was) for other, was in old)
            for name, value in self._own_values
        )


def _start(tag: str) -> str:
    match = _START.match(tag)
    return match[0].lower() if match else ""

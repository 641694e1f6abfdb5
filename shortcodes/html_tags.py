"""HTML tags in a text: where they stand, and what their attributes are.

One definition for the whole project. It reads what a browser reads (HTML Living Standard, 13.2.5):
a quote begins a value only after "=", and a ">" inside a quoted value ends nothing. A tag that
another one interrupts, or that the text ends in, is no tag: prose holds "a <b" as well.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Final

Span = tuple[int, int]

SPACE: Final = r"[ \t\n\f\r]"
_SPACES: Final = " \t\n\f\r"
_LESS = r"<(?![A-Za-z/!?])"
"""A "<" that begins nothing."""

_NAME_CHAR = rf"(?:[^ \t\n\f\r/>=<]|{_LESS})"
_BARE_CHAR = rf"(?:[^ \t\n\f\r><]|{_LESS})"

ATTRIBUTE: Final = (
    rf"(?:=|{_NAME_CHAR}){_NAME_CHAR}*+"
    rf"(?:{SPACE}*+={SPACE}*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|(?![\"']){_BARE_CHAR}++)?+)?+"
)
"""An attribute of a tag: its name, and its value where it has one."""

ANY_TAG: Final = (
    rf"<(?P<slash>/?)(?P<name>[A-Za-z](?:[^ \t\n\f\r/><]|{_LESS})*+)"
    rf"(?:[ \t\n\f\r/]++|{ATTRIBUTE})*+(?:(?P<closed>>)|\Z|(?=<))"
)
"""A tag, `closed` or not. What interrupts one that is not closed is read next, so that no part of
a text is read twice."""


def _plain_rest(never: str) -> str:
    """Return the pattern from the name of a well-formed tag to its end, without some characters."""
    name = rf"[^ \t\n\f\r/>=\"'{never}]++"
    bare = rf"(?![\"'])[^ \t\n\f\r>{never}]++"
    value = rf"\"[^\"{never}]*+\"|'[^'{never}]*+'|{bare}"
    return rf"(?:[ \t\n\f\r/]++|{name}(?:{SPACE}*+={SPACE}*+(?:{value}))?+)*+>"


PLAIN_REST: Final = _plain_rest("<")
"""From the name of a tag to its end where it is a plain one: well-formed, and without "<". For
patterns that may begin anywhere in a text, since it never reads beyond the next "<"."""

RAW_TEXT: Final = ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
"""Elements that hold no tags but the one that closes them."""

ANY_TOKEN: Final = (
    rf"<!--(?:-?>|(?s:.*?)(?:--!?>|(?P<endless>\Z)))|{ANY_TAG}|<[!?/][^>]*+(?:>|(?P<cut>\Z))"
)
"""A comment, a tag, or another declaration. The groups `endless` and `cut` match where a comment or
a declaration is not closed."""

_TAG = re.compile(ANY_TAG)
_ATTRIBUTE = re.compile(ATTRIBUTE)
_VALUE = re.compile(rf"={SPACE}*+([\"']?)")

_BRACKETS = r"<\[\]"
_HOLDS_BRACKET = re.compile(
    rf"<(?=/?[A-Za-z])(?!/?[A-Za-z][^ \t\n\f\r/>{_BRACKETS}]*+{_plain_rest(_BRACKETS)})"
)
"""A tag that may hold a bracket. One that is plainly whole and holds none is passed over."""


class HtmlTags:
    """The tags in one text, whatever they stand in."""

    def __init__(self, text: str) -> None:
        self.spans: list[Span] = [m.span() for m in _TAG.finditer(text) if m["closed"]]
        """Start and end of each, in order."""
        self._starts = [start for start, _ in self.spans]

    def around(self, offset: int) -> Span | None:
        """Return the span of the tag that an offset stands inside of."""
        index = bisect_left(self._starts, offset) - 1
        if index < 0 or offset >= self.spans[index][1]:
            return None
        return self.spans[index]


def replace_tags(html: str, by: Callable[[str], str]) -> str:
    """Return HTML with each tag replaced by what a function returns for its name."""
    return _TAG.sub(lambda tag: by(tag["name"]) if tag["closed"] else tag[0], html)


def may_hold_brackets(text: str, stop: int | None = None) -> bool:
    """Whether a bracket may stand inside a tag that begins before `stop`: a quick look."""
    return _HOLDS_BRACKET.search(text, 0, len(text) if stop is None else stop) is not None


def attributes(text: str, start: int, end: int) -> Iterator[tuple[str, Span]]:
    """Yield the name and the span of the value of each attribute in the tag of that span.

    The span leaves the quotes out; it is empty where there is no value.
    """
    name = _TAG.match(text, start, end)
    position = name.end("name") if name else end
    for match in _ATTRIBUTE.finditer(text, position, end - 1):
        written = match[0]
        equals = written.find("=", 1)
        if equals < 0:
            yield written, (match.end(), match.end())
            continue
        value = _VALUE.match(text, match.start() + equals)
        assert value  # noqa: S101 - it begins with the sign
        quoted = bool(value[1]) and text.endswith(value[1], value.end(), match.end())
        yield written[:equals].rstrip(_SPACES), (value.end(), match.end() - quoted)

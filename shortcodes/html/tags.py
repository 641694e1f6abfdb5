"""HTML tags in a text: where they stand, and what their attributes are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Final

from shortcodes.html.tokens import (
    ANY_TAG,
    ATTRIBUTE,
    EXACT_ATTRIBUTE,
    SPACE,
    Span,
    likeliest,
    tokens,
)

__all__ = ["ANY_TAG", "ATTRIBUTE", "HtmlTags", "Span", "attributes"]

_SPACES: Final = " \t\n\f\r"


def _plain_rest(never: str) -> str:
    """Return the pattern from the name of a well-formed tag to its end, without some characters."""
    name = rf"[^ \t\n\f\r/>=\"'{never}]++"
    bare = rf"(?![\"'])[^ \t\n\f\r>{never}]++"
    value = rf"\"[^\"{never}]*+\"|'[^'{never}]*+'|{bare}"
    return rf"(?:[ \t\n\f\r/]++|{name}(?:{SPACE}*+={SPACE}*+(?:{value})|(?!).)?+|(?!).)*+>"


PLAIN_REST: Final = _plain_rest("<")
"""From the name of a tag to its end where it is a plain one: well-formed, and without "<". For
patterns that may begin anywhere in a text, since it never reads beyond the next "<"."""

_TAG = re.compile(ANY_TAG)
_ATTRIBUTE = re.compile(ATTRIBUTE)
_EXACT = re.compile(EXACT_ATTRIBUTE)
_NAME = re.compile(r"</?(?P<name>[^ \t\n\f\r/>]*+)")
_VALUE = re.compile(rf"={SPACE}*+([\"']?)")

_BRACKETS = r"<\[\]"
_HOLDS_BRACKET = re.compile(
    rf"<(?=/?[A-Za-z])(?!/?[A-Za-z][^ \t\n\f\r/>{_BRACKETS}]*+{_plain_rest(_BRACKETS)})"
)
"""A tag that may hold a bracket. One that is plainly whole and holds none is passed over."""


class HtmlTags:
    """The tags in one text: none stands in a comment, or in text that is no markup."""

    def __init__(self, text: str) -> None:
        self.spans: list[Span] = [
            (token.start, token.end) for token in tokens(text, likeliest(text)) if token.is_tag
        ]
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


def attributes(
    text: str, start: int, end: int, *, exact: bool = False
) -> Iterator[tuple[str, Span]]:
    """Yield the name and the span of the value of each attribute in the tag of that span.

    The span leaves the quotes out; it is empty where there is no value.
    """
    name = _NAME.match(text, start, end) if exact else _TAG.match(text, start, end)
    position = name.end("name") if name else end
    for match in (_EXACT if exact else _ATTRIBUTE).finditer(text, position, end - 1):
        written = match[0]
        equals = written.find("=", 1)
        if equals < 0:
            yield written, (match.end(), match.end())
            continue
        value = _VALUE.match(text, match.start() + equals)
        assert value  # noqa: S101 - it begins with the sign
        quoted = bool(value[1]) and text.endswith(value[1], value.end(), match.end())
        yield written[:equals].rstrip(_SPACES), (value.end(), match.end() - quoted)

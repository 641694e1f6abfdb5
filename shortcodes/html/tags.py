"""The HTML tags in a text, and their attributes."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from operator import itemgetter
from typing import Final

from shortcodes.html.tokens import (
    ANY_TAG,
    ATTRIBUTE,
    EXACT_ATTRIBUTE,
    SPACE,
    FindCode,
    Span,
    list_readings,
    tokens,
)

__all__ = ["ANY_TAG", "ATTRIBUTE", "HtmlTags", "Span", "attributes"]

_SPACES: Final = " \t\n\f\r"


def _build_plain_rest(excluded: str) -> str:
    """Return the pattern of a well-formed tag after its name, without some characters."""
    name = rf"[^ \t\n\f\r/>=\"'{excluded}]++"
    bare = rf"(?![\"'])[^ \t\n\f\r>{excluded}]++"
    value = rf"\"[^\"{excluded}]*+\"|'[^'{excluded}]*+'|{bare}"
    return rf"(?:[ \t\n\f\r/]++|{name}(?:{SPACE}*+={SPACE}*+(?:{value})|(?!).)?+|(?!).)*+>"


PLAIN_REST: Final = _build_plain_rest("<")
"""The part of a plain tag after its name, to its end: well-formed, and without "<". It never reads
beyond the next "<", so that patterns with it may begin anywhere in a text."""

_BRACKETS: Final = r"<\[\]"


class HtmlTags:
    """The tags in one text, outside comments and raw text, in every way in which it can be read."""

    def __init__(
        self, text: str, code_finders: Sequence[FindCode] = (), *, exact: bool = False
    ) -> None:
        """Find the tags.

        Args:
            text: The text.
            code_finders: The ways to find code in its format.
            exact: Whether to read tags as browsers do, with those that nothing closes.
        """
        self.readings: list[list[Span]] = [
            [
                (token.start, token.end)
                for token in tokens(text, reading, exact=exact)
                if token.is_tag or (exact and not token.is_closed)
            ]
            for reading in list_readings(text, code_finders)
        ]
        """The spans of the tags in order, in each reading."""

    def around(self, offset: int) -> Span | None:
        """Return the span of a tag that an offset is inside, in any reading."""
        return next(iter(self.all_around(offset)), None)

    def all_around(self, offset: int) -> Iterable[Span]:
        """Return the span of each tag that an offset is inside, in the order of the readings."""
        spans: dict[Span, None] = {}
        for reading in self.readings:
            index = bisect_left(reading, offset, key=_START) - 1
            if index >= 0 and offset < reading[index][1]:
                spans[reading[index]] = None
        return spans


_START = itemgetter(0)


@lru_cache(maxsize=1)  # asked when a text is read, and when it is rendered
def may_hold_brackets(text: str, stop: int | None = None) -> bool:
    """Return whether a bracket may be inside a tag before an offset. This is a quick check.

    The offset is that of the last closing bracket, unless `stop` is given.
    """
    end = text.rfind("]") if stop is None else stop
    return _compile_bracket_in_tag().search(text, 0, end) is not None


def attributes(
    text: str, start: int, end: int, *, exact: bool = False
) -> Iterator[tuple[str, Span]]:
    """Yield the name and the span of the value of each attribute in the tag with this span.

    The span of a value is without its quotes; it is empty if there is no value.
    """
    name = (_compile_name() if exact else _compile_tag()).match(text, start, end)
    position = name.end("name") if name else end
    for match in _compile_attribute(exact).finditer(text, position, end - 1):
        attribute = match[0]
        equals = attribute.find("=", 1)
        if equals < 0:
            yield attribute, (match.end(), match.end())
            continue
        value = _compile_value().match(text, match.start() + equals)
        assert value  # noqa: S101 - it begins with "="
        is_quoted = bool(value[1]) and text.endswith(value[1], value.end(), match.end())
        yield attribute[:equals].rstrip(_SPACES), (value.end(), match.end() - is_quoted)


@cache
def _compile_tag() -> re.Pattern[str]:
    return re.compile(ANY_TAG)


@cache
def _compile_attribute(exact: bool) -> re.Pattern[str]:
    return re.compile(EXACT_ATTRIBUTE if exact else ATTRIBUTE)


@cache
def _compile_name() -> re.Pattern[str]:
    return re.compile(r"</?(?P<name>[^ \t\n\f\r/>]*+)")


@cache
def _compile_value() -> re.Pattern[str]:
    return re.compile(rf"={SPACE}*+([\"']?)")


@cache
def _compile_bracket_in_tag() -> re.Pattern[str]:
    """Return the pattern of a tag that may hold a bracket. Tags that are well-formed and hold none
    are skipped.
    """
    return re.compile(
        rf"<(?=/?[A-Za-z])(?!/?[A-Za-z][^ \t\n\f\r/>{_BRACKETS}]*+{_build_plain_rest(_BRACKETS)})"
    )

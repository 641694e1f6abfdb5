"""HTML tokens as a browser reads them: tags, comments and raw text.

This is the one definition for the whole project (HTML Living Standard, 13.2.5): a quote begins a
value only after "=", and a ">" inside a quoted value ends nothing. The content of elements such as
`<style>` is raw text. Whether that of `<noscript>` is depends on whether scripts run: such a text
has two readings, and an edit has to be safe in both. Where it depends on the tree around an element
(`<svg><title>`), no edit is made unless it makes no difference (`ambiguity.py`).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from enum import Enum
from functools import cache
from typing import Final, NamedTuple

Span = tuple[int, int]

SPACE: Final = r"[ \t\n\f\r]"
_END: Final = r"(?=[ \t\n\f\r/>])"
_LESS = r"<(?![A-Za-z/!?])"
"""A "<" that begins nothing."""


def _build_attribute(less: str) -> str:
    """Return the pattern of an attribute, of which `less`, a pattern of "<", may be a part."""
    name_char = rf"(?:[^ \t\n\f\r/>=<]|{less}|(?!).)"
    bare_char = rf"(?:[^ \t\n\f\r><]|{less}|(?!).)"
    return (
        rf"(?:=|{name_char}){name_char}*+"
        rf"(?:{SPACE}*+={SPACE}*+"
        rf"(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|(?![\"']){bare_char}++|(?!).)?+|(?!).)?+"
    )


def _build_tag(less: str) -> str:
    return (
        rf"<(?P<slash>/?)(?P<name>[A-Za-z](?:[^ \t\n\f\r/><]|{less}|(?!).)*+)"
        rf"(?:[ \t\n\f\r/]++|{_build_attribute(less)}|(?!).)*+(?:(?P<closed>>)|\Z|(?=<))"
    )


ATTRIBUTE: Final = _build_attribute(_LESS)
"""An attribute of a tag: its name, and its value if it has one."""

EXACT_ATTRIBUTE: Final = _build_attribute("<")
"""The same for a browser, to which a "<" in a tag is a character like any other."""

ANY_TAG: Final = _build_tag(_LESS)
"""A tag, `closed` or not. A tag that another one interrupts, or in which the text ends, is not
closed, since prose holds "a <b" too. The tag that interrupts it is read next, so that nothing is
read twice."""

_DECLARATION = r"<[!?/][^>]*+(?:>|(?P<cut>\Z))"
_COMMENT = r"<!--(?:-?>|(?s:.*?)(?:--!?>|(?P<endless>\Z)))"

ANY_TOKEN: Final = rf"{_COMMENT}|{ANY_TAG}|{_DECLARATION}"
"""A comment, a tag, or another declaration. The groups `endless` and `cut` match where a comment or
a declaration is not closed."""

RAW_TEXT: Final = ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
"""Elements whose content is raw text."""

MAY_BE_RAW = frozenset({*RAW_TEXT, "noscript", "plaintext"})
"""The same with `noscript`, which holds tags if no scripts run, and `plaintext`, which never
ends."""

_RAW_TAG: Final = rf"(?ai)<(?P<name>{'|'.join(sorted(MAY_BE_RAW))}){_END}"
_GROUPS: Final = ("closed", "name", "slash", "endless", "cut")


class Reading(Enum):
    """Whether scripts run, on which the content of `<noscript>` depends."""

    SCRIPTS = "scripts run, and noscript holds raw text"
    NO_SCRIPTS = "no scripts run, and noscript holds markup"


class Token(NamedTuple):
    """A tag, a comment or a declaration in a text."""

    start: int
    end: int
    match: re.Match[str]
    is_tag: bool
    is_closed: bool
    """Whether it is closed before the text ends."""
    raw_end: int
    """The end of the raw text that follows a tag, or of the token if none does."""


def readings(text: str) -> tuple[Reading, ...]:
    """Return the readings of a text: only one if no element in it makes a difference."""
    if _compile_noscript().search(text) is None:
        return (Reading.SCRIPTS,)
    return (Reading.SCRIPTS, Reading.NO_SCRIPTS)


def reaches_over(text: str, start: int, end: int) -> bool:
    """Return whether a comment or raw text begins in a span of a text."""
    return text.find("<", start, end) >= 0 and bool(
        text.find("<!--", start, end) >= 0 or _compile_raw_tag().search(text, start, end)
    )


def may_hide_the_rest(text: str) -> bool:
    """Return whether raw text, or a comment that nothing closes, may begin in a text."""
    return text.rfind("<!--") > text.rfind("-->") or _compile_raw_tag().search(text) is not None


def bracketed_spans(text: str, *, beside: Container[str] = ()) -> Iterator[Span]:
    """Yield the spans of what may be a comment or raw text, and holds a bracket.

    This is a quick check. `beside` has the names of elements that are left out; "!--" leaves out
    comments.
    """
    if "!--" not in beside:
        end = 0
        while comment := _compile_bracket_in_comment().search(text, end):
            end = text.find("-->", comment.end())
            end = end if end >= 0 else len(text)
            yield comment.start(), end
    endless: set[str] = set()
    position = 0
    while tag := _compile_raw_tag().search(text, position):
        name, position = tag["name"].lower(), tag.end()
        if name in beside or name in endless:
            continue
        end = _find_raw_end(text, name, position)
        if end == len(text):
            endless.add(name)
            continue
        if text.find("[", position, end) >= 0:
            yield position, end
        position = end


def tokens(
    text: str,
    reading: Reading = Reading.SCRIPTS,
    opaque: Iterable[Span] = (),
    *,
    exact: bool = False,
) -> Iterator[Token]:
    """Yield the tokens of a text in order.

    Args:
        text: The text.
        reading: Which elements hold raw text.
        opaque: Spans in which no HTML begins, such as code in Markdown.
        exact: Whether a "<" in a tag is part of the tag, as in browsers.
    """
    pattern = _compile_token(exact)
    raw_text = MAY_BE_RAW - {"noscript"} if reading is Reading.NO_SCRIPTS else MAY_BE_RAW
    hidden = iter(opaque)
    covered: Span | None = next(hidden, None)
    position = 0
    while match := pattern.search(text, position):
        start, position = match.span()
        while covered and covered[1] <= start:
            covered = next(hidden, None)
        if covered and covered[0] <= start:
            position = covered[1]
            continue
        closed, name, slash, endless, cut = match.group(*_GROUPS)
        raw_end = position
        if closed is not None:
            if not slash and (name := name.lower()) in raw_text:
                raw_end = _find_raw_end(text, name, position)
            yield Token(start, position, match, True, True, raw_end)
        else:
            is_closed = name is None and endless is None and cut is None
            yield Token(start, position, match, False, is_closed, raw_end)
        position = raw_end


def _find_raw_end(text: str, name: str, position: int) -> int:
    """Return the end of the raw text that begins at an offset."""
    end = None if name == "plaintext" else _compile_closing(name).search(text, position)
    return end.start() if end else len(text)


@cache
def _compile_closing(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?ai)</{name}{_END}")


@cache
def _compile_token(exact: bool) -> re.Pattern[str]:
    return re.compile(rf"{_COMMENT}|{_build_tag('<')}|{_DECLARATION}" if exact else ANY_TOKEN)


@cache
def _compile_noscript() -> re.Pattern[str]:
    return re.compile(rf"(?ai)<noscript{_END}")


@cache
def _compile_raw_tag() -> re.Pattern[str]:
    return re.compile(_RAW_TAG)


@cache
def _compile_bracket_in_comment() -> re.Pattern[str]:
    return re.compile(r"<!--(?:[^\[<-]|<(?!!--)|-(?!->)|(?!).)*+\[")

"""HTML tokens as a browser reads them: tags, comments and raw text.

This is the one definition for the whole project (HTML Living Standard, 13.2.5): a quote begins a
value only after "=", and a ">" inside a quoted value ends nothing. The content of elements such as
`<style>` is raw text, but not in XML; whether that of `<noscript>` is depends on whether scripts
run; and what is code in Markdown depends on the library. Such a text has several readings, and an
edit has to be safe in all of them. Where the content depends on the tree around an element
(`<svg><title>`), no edit is made unless it makes no difference (`ambiguity.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from operator import itemgetter
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


def begin_like(names: Iterable[str]) -> str:
    """Return the pattern of two letters as names begin with, which is faster to search for."""
    letters = ("".join(sorted({name[index] for name in names})) for index in range(2))
    return "".join(f"[{each}]" for each in letters)


_RAW_TAG: Final = (
    rf"(?ai)<(?={begin_like(MAY_BE_RAW)})(?P<name>{'|'.join(sorted(MAY_BE_RAW))}){_END}"
)
_GROUPS: Final = ("closed", "name", "slash", "endless", "cut")


FindCode = Callable[[str], Iterable[Span]]
"""Yields the spans of code in a text, in order. No HTML begins in them."""


class Reading(NamedTuple):
    """One way in which the HTML of a text may be read."""

    raw_text: frozenset[str] = MAY_BE_RAW
    """The elements whose content is raw text."""
    code: tuple[Span, ...] = ()
    """The spans in which no HTML begins."""


_ONLY_READING: Final = Reading()


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


def list_readings(text: str, code_finders: Sequence[FindCode] = ()) -> list[Reading]:
    """Return the different readings of a text: one if nothing in it makes a difference.

    `code_finders` are the ways in which the code of its format may be found. The first reading is
    without code.
    """
    return [
        Reading(raw_text, code)
        for code in dict.fromkeys([(), *find_code_with_html(text, code_finders)])
        for raw_text in list_raw_text(text)
    ]


def find_code_with_html(text: str, code_finders: Sequence[FindCode]) -> Sequence[tuple[Span, ...]]:
    """Return, for each way to find code, the spans of the code in which HTML may begin."""
    return _find_code_with_html(text, tuple(code_finders)) if code_finders else ()


@lru_cache(maxsize=2)  # a text and what an edit made of it
def _find_code_with_html(
    text: str, code_finders: tuple[FindCode, ...]
) -> Sequence[tuple[Span, ...]]:
    return [
        tuple(span for span in find_code(text) if text.find("<", *span) >= 0)
        for find_code in code_finders
    ]


def list_raw_text(*texts: str) -> Sequence[frozenset[str]]:
    """Return the different sets of elements that may hold raw text in some of the texts.

    Without scripts, `<noscript>` holds markup. In XML, of which `<script/>` is a sign, every
    element does.
    """
    sets = [MAY_BE_RAW]
    if any(map(_compile_noscript().search, texts)):
        sets.append(MAY_BE_RAW - {"noscript"})
    if any(map(_compile_empty_raw_tag().search, texts)):
        sets.append(frozenset())
    return sets


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


def tokens(text: str, reading: Reading = _ONLY_READING, *, exact: bool = False) -> Iterator[Token]:
    """Yield the tokens of a text in order.

    Args:
        text: The text.
        reading: Which elements hold raw text, and where no HTML begins.
        exact: Whether a "<" in a tag is part of the tag, as in browsers.
    """
    pattern = _compile_token(exact)
    search = _search_outside(reading.code, pattern) if reading.code else pattern.search
    position = 0
    while match := search(text, position):
        start, position = match.span()
        closed, name, slash, endless, cut = match.group(*_GROUPS)
        raw_end = position
        if closed is not None:
            if not slash and (name := name.lower()) in reading.raw_text:
                raw_end = _find_raw_end(text, name, position, reading.code)
            yield Token(start, position, match, True, True, raw_end)
        else:
            is_closed = name is None and endless is None and cut is None
            yield Token(start, position, match, False, is_closed, raw_end)
        position = raw_end


_Search = Callable[[str, int], "re.Match[str] | None"]


def _search_outside(code: Iterable[Span], pattern: re.Pattern[str]) -> _Search:
    """Return what searches for tokens that begin outside code, from left to right."""
    spans = iter(code)
    span: Span | None = next(spans, None)
    find_candidate = _compile_beginning().search

    def search(text: str, position: int) -> re.Match[str] | None:
        nonlocal span
        while candidate := find_candidate(text, position):
            start = candidate.start()
            while span and span[1] <= start:
                span = next(spans, None)
            if span and span[0] <= start:
                position = span[1]
            elif match := pattern.match(text, start):
                return match
            else:
                position = start + 1
        return None

    return search


def _find_raw_end(text: str, name: str, position: int, code: Sequence[Span] = ()) -> int:
    """Return the end of the raw text that begins at an offset."""
    if name == "plaintext":
        return len(text)
    closing = _compile_closing(name)
    while end := closing.search(text, position):
        index = bisect_right(code, end.start(), key=_START) - 1
        if index < 0 or code[index][1] <= end.start():
            return end.start()
        position = code[index][1]
    return len(text)


_START = itemgetter(0)


@cache
def _compile_closing(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?ai)</{name}{_END}")


@cache
def _compile_beginning() -> re.Pattern[str]:
    return re.compile(r"<(?=[A-Za-z/!?])")


@cache
def _compile_token(exact: bool) -> re.Pattern[str]:
    return re.compile(rf"{_COMMENT}|{_build_tag('<')}|{_DECLARATION}" if exact else ANY_TOKEN)


@cache
def _compile_noscript() -> re.Pattern[str]:
    return re.compile(rf"(?ai)<noscript{_END}")


@cache
def _compile_empty_raw_tag() -> re.Pattern[str]:
    return re.compile(rf"{_RAW_TAG}[^<>]*+(?<=/)>")


@cache
def _compile_raw_tag() -> re.Pattern[str]:
    return re.compile(_RAW_TAG)


@cache
def _compile_bracket_in_comment() -> re.Pattern[str]:
    return re.compile(r"<!--(?:[^\[<-]|<(?!!--)|-(?!->)|(?!).)*+\[")

"""HTML tokens as a browser reads them: tags, comments and raw text.

This is the one definition for the whole project (HTML Living Standard, 13.2.5): a quote begins a
value only after "=", and a ">" inside a quoted value ends nothing. The content of elements such as
`<style>` is raw text. Where this depends on facts outside the text (whether scripts run) or on the
tree around an element (`<svg><title>`), a text has several readings, and an edit has to be safe in
each of them.
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

_RAW_TAG: Final = rf"(?i)<(?P<name>{'|'.join(sorted(MAY_BE_RAW))}){_END}"
_UNSURE: Final = rf"<(?:svg|math|noscript|select|frameset){_END}"

_FOREIGN = frozenset({"svg", "math"})
_HTML_IN_FOREIGN = frozenset(
    {"foreignobject", "desc", "title", "mi", "mo", "mn", "ms", "mtext", "annotation-xml"}
)
"""Elements of SVG and MathML that contain HTML (13.2.6: integration points)."""
_LEAVE_FOREIGN = frozenset(
    [
        "b",
        "big",
        "blockquote",
        "body",
        "br",
        "center",
        "code",
        "dd",
        "div",
        "dl",
        "dt",
        "em",
        "embed",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "hr",
        "i",
        "img",
        "li",
        "listing",
        "menu",
        "meta",
        "nobr",
        "ol",
        "p",
        "pre",
        "ruby",
        "s",
        "small",
        "span",
        "strong",
        "strike",
        "sub",
        "sup",
        "table",
        "tt",
        "u",
        "ul",
        "var",
        "font",
    ]
)
"""Tags that end SVG and MathML (13.2.6.5)."""


_CONTEXT_NAMES = MAY_BE_RAW | _FOREIGN | _HTML_IN_FOREIGN | _LEAVE_FOREIGN
_GROUPS: Final = ("closed", "name", "slash", "endless", "cut")


class Reading(Enum):
    """The elements that hold raw text in a reading."""

    ALWAYS = "those in RAW_TEXT, everywhere"
    SCRIPTS = "the same, but none in SVG and MathML; scripts run"
    NO_SCRIPTS = "the same, but no scripts run, so that noscript holds markup"
    NEVER = "none"


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
    if _compile_unsure().search(text) is None:
        return (Reading.ALWAYS,)
    return (Reading.SCRIPTS, Reading.NO_SCRIPTS, Reading.ALWAYS, Reading.NEVER)


def likeliest(text: str) -> Reading:
    """Return the reading of most browsers."""
    return readings(text)[0]


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
        for comment in _compile_bracket_in_comment().finditer(text):
            end = text.find("-->", comment.end())
            yield comment.start(), end if end >= 0 else len(text)
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
    text: str, reading: Reading, opaque: Iterable[Span] = (), *, exact: bool = False
) -> Iterator[Token]:
    """Yield the tokens of a text in order.

    Args:
        text: The text.
        reading: Which elements hold raw text.
        opaque: Spans in which no HTML begins, such as code in Markdown.
        exact: Whether a "<" in a tag is part of the tag, as in browsers.
    """
    pattern = _compile_token(exact)
    elements = _Elements(reading)
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
            name = name.lower()
            if name in _CONTEXT_NAMES:
                if slash:
                    elements.close(name)
                elif elements.opens_raw_text(name, is_empty=text[position - 2] == "/"):
                    raw_end = _find_raw_end(text, name, position)
            yield Token(start, position, match, True, True, raw_end)
        else:
            is_closed = name is None and endless is None and cut is None
            yield Token(start, position, match, False, is_closed, raw_end)
        position = raw_end


class _Elements:
    """The elements around an offset that decide which elements hold raw text."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._stack: list[str] = []
        """The open elements of SVG and MathML, and those in them that hold HTML."""

    def opens_raw_text(self, name: str, *, is_empty: bool) -> bool:
        """Read an opening tag; return whether raw text follows."""
        if self._reading is Reading.NEVER:
            return False
        is_raw = name in MAY_BE_RAW and not (
            name == "noscript" and self._reading is Reading.NO_SCRIPTS
        )
        if self._reading is Reading.ALWAYS:
            return is_raw
        stack = self._stack
        if stack and stack[-1] in _FOREIGN and name in _LEAVE_FOREIGN:
            while stack and stack[-1] in _FOREIGN:
                stack.pop()
        is_foreign = bool(stack) and stack[-1] in _FOREIGN
        if (name in _FOREIGN or (is_foreign and name in _HTML_IN_FOREIGN)) and not is_empty:
            stack.append(name)
        return is_raw and not is_foreign

    def close(self, name: str) -> None:
        """Read a closing tag."""
        stack = self._stack
        if name in stack:
            while stack.pop() != name:
                pass


def _find_raw_end(text: str, name: str, position: int) -> int:
    """Return the end of the raw text that begins at an offset."""
    end = None if name == "plaintext" else _compile_closing(name).search(text, position)
    return end.start() if end else len(text)


@cache
def _compile_closing(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?i)</{name}{_END}")


@cache
def _compile_token(exact: bool) -> re.Pattern[str]:
    return re.compile(rf"{_COMMENT}|{_build_tag('<')}|{_DECLARATION}" if exact else ANY_TOKEN)


@cache
def _compile_unsure() -> re.Pattern[str]:
    return re.compile(rf"(?i){_UNSURE}")


@cache
def _compile_raw_tag() -> re.Pattern[str]:
    return re.compile(_RAW_TAG)


@cache
def _compile_bracket_in_comment() -> re.Pattern[str]:
    return re.compile(r"<!--(?:[^\[<-]|<(?!!--)|-(?!->)|(?!).)*+\[")

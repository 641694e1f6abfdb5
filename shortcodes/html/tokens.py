"""HTML as a browser cuts it into tokens: tags, comments, and text that is no markup.

One definition for the whole project (HTML Living Standard, 13.2.5): a quote begins a value only
after "=", and a ">" inside a quoted value ends nothing. What an element such as `<style>` holds is
no markup; where that depends on what no text shows (whether scripts run) or on the tree around
(`<svg><title>`), there is more than one reading, and what is to be safe has to be safe in each.
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


def _attribute(less: str) -> str:
    """Return the pattern of an attribute; `less` is what of "<" may be part of it."""
    name_char = rf"(?:[^ \t\n\f\r/>=<]|{less}|(?!).)"
    bare_char = rf"(?:[^ \t\n\f\r><]|{less}|(?!).)"
    return (
        rf"(?:=|{name_char}){name_char}*+"
        rf"(?:{SPACE}*+={SPACE}*+"
        rf"(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|(?![\"']){bare_char}++|(?!).)?+|(?!).)?+"
    )


def _tag(less: str) -> str:
    return (
        rf"<(?P<slash>/?)(?P<name>[A-Za-z](?:[^ \t\n\f\r/><]|{less}|(?!).)*+)"
        rf"(?:[ \t\n\f\r/]++|{_attribute(less)}|(?!).)*+(?:(?P<closed>>)|\Z|(?=<))"
    )


ATTRIBUTE: Final = _attribute(_LESS)
"""An attribute of a tag: its name, and its value where it has one."""

EXACT_ATTRIBUTE: Final = _attribute("<")
"""The same as a browser has it, to which a "<" in a tag is a letter as any other."""

ANY_TAG: Final = _tag(_LESS)
"""A tag, `closed` or not. One that another one interrupts, or that the text ends in, is not closed:
prose holds "a <b" as well. What interrupts it is read next, so that nothing is read twice."""

_DECLARATION = r"<[!?/][^>]*+(?:>|(?P<cut>\Z))"
_COMMENT = r"<!--(?:-?>|(?s:.*?)(?:--!?>|(?P<endless>\Z)))"

ANY_TOKEN: Final = rf"{_COMMENT}|{ANY_TAG}|{_DECLARATION}"
"""A comment, a tag, or another declaration. The groups `endless` and `cut` match where a comment or
a declaration is not closed."""

RAW_TEXT: Final = ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
"""Elements that hold no tags but the one that closes them."""

MAY_BE_RAW = frozenset({*RAW_TEXT, "noscript", "plaintext"})
"""Those, the one that holds tags where no scripts run, and the one that nothing closes."""

_RAW_TAG: Final = rf"(?i)<(?P<name>{'|'.join(sorted(MAY_BE_RAW))}){_END}"
_UNSURE: Final = rf"<(?:svg|math|noscript|select|frameset){_END}"

_FOREIGN = frozenset({"svg", "math"})
_HTML_IN_FOREIGN = frozenset(
    {"foreignobject", "desc", "title", "mi", "mo", "mn", "ms", "mtext", "annotation-xml"}
)
"""Elements of SVG and MathML in which HTML stands (13.2.6: integration points)."""
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


_TELLING = MAY_BE_RAW | _FOREIGN | _HTML_IN_FOREIGN | _LEAVE_FOREIGN
_GROUPS: Final = ("closed", "name", "slash", "endless", "cut")


class Reading(Enum):
    """Which elements hold text that is no markup."""

    ALWAYS = "those in RAW_TEXT, wherever they stand"
    SCRIPTS = "the same, but none in SVG and MathML; scripts run"
    NO_SCRIPTS = "the same, but no scripts run, so that noscript holds markup"
    NEVER = "none"


class Token(NamedTuple):
    """A part of a text that is no plain text."""

    start: int
    end: int
    match: re.Match[str]
    is_tag: bool
    is_closed: bool
    """Whether it ends in the text."""
    raw_end: int
    """Where the text ends that follows a tag and is no markup, or the tag where none does."""


def readings(text: str) -> tuple[Reading, ...]:
    """Return in how many ways a text can be read: one where no element of it makes a difference."""
    if _unsure().search(text) is None:
        return (Reading.ALWAYS,)
    return (Reading.SCRIPTS, Reading.NO_SCRIPTS, Reading.ALWAYS, Reading.NEVER)


def likeliest(text: str) -> Reading:
    """Return the reading that is a browser's in most cases."""
    return readings(text)[0]


def reaches_over(text: str, start: int, end: int) -> bool:
    """Whether a comment, or text that is no markup, begins in a span of a text."""
    return text.find("<", start, end) >= 0 and bool(
        text.find("<!--", start, end) >= 0 or _raw_tag().search(text, start, end)
    )


def may_hide_the_rest(text: str) -> bool:
    """Whether text that is no markup, or a comment that nothing closes, may begin in a text."""
    return text.rfind("<!--") > text.rfind("-->") or _raw_tag().search(text) is not None


def bracketed_spans(text: str, *, beside: Container[str] = ()) -> Iterator[Span]:
    """Yield the spans of what may be a comment, or text that is no markup, and holds a bracket.

    It is a quick look. The names in `beside` are of elements that are not looked into; "!--" is
    that of comments.
    """
    if "!--" not in beside:
        for comment in _bracket_in_comment().finditer(text):
            end = text.find("-->", comment.end())
            yield comment.start(), end if end >= 0 else len(text)
    endless: set[str] = set()
    position = 0
    while tag := _raw_tag().search(text, position):
        name, position = tag["name"].lower(), tag.end()
        if name in beside or name in endless:
            continue
        end = _raw_end(text, name, position)
        if end == len(text):
            endless.add(name)
            continue
        if text.find("[", position, end) >= 0:
            yield position, end
        position = end


def tokens(
    text: str, reading: Reading, opaque: Iterable[Span] = (), *, exact: bool = False
) -> Iterator[Token]:
    """Yield the tokens of a text in order; `exact` takes "<" in a tag as browsers do.

    What begins in one of the `opaque` spans, such as code in Markdown, is no HTML.
    """
    pattern = _token(exact)
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
            if name in _TELLING:
                if slash:
                    elements.close(name)
                elif elements.opens_raw_text(name, is_empty=text[position - 2] == "/"):
                    raw_end = _raw_end(text, name, position)
            yield Token(start, position, match, True, True, raw_end)
        else:
            is_closed = name is None and endless is None and cut is None
            yield Token(start, position, match, False, is_closed, raw_end)
        position = raw_end


class _Elements:
    """The elements around a place, as far as they say what holds text that is no markup."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._around: list[str] = []
        """Elements of SVG and MathML, and those in them that hold HTML."""

    def opens_raw_text(self, name: str, *, is_empty: bool) -> bool:
        """Take an opening tag; return whether what follows is no markup."""
        if self._reading is Reading.NEVER:
            return False
        is_raw = name in MAY_BE_RAW and not (
            name == "noscript" and self._reading is Reading.NO_SCRIPTS
        )
        if self._reading is Reading.ALWAYS:
            return is_raw
        around = self._around
        if around and around[-1] in _FOREIGN and name in _LEAVE_FOREIGN:
            while around and around[-1] in _FOREIGN:
                around.pop()
        is_foreign = bool(around) and around[-1] in _FOREIGN
        if (name in _FOREIGN or (is_foreign and name in _HTML_IN_FOREIGN)) and not is_empty:
            around.append(name)
        return is_raw and not is_foreign

    def close(self, name: str) -> None:
        """Take a closing tag."""
        around = self._around
        if name in around:
            while around.pop() != name:
                pass


def _raw_end(text: str, name: str, position: int) -> int:
    """Return where text that is no markup ends."""
    end = None if name == "plaintext" else _closing(name).search(text, position)
    return end.start() if end else len(text)


@cache
def _closing(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?i)</{name}{_END}")


@cache
def _token(exact: bool) -> re.Pattern[str]:
    return re.compile(rf"{_COMMENT}|{_tag('<')}|{_DECLARATION}" if exact else ANY_TOKEN)


@cache
def _unsure() -> re.Pattern[str]:
    return re.compile(rf"(?i){_UNSURE}")


@cache
def _raw_tag() -> re.Pattern[str]:
    return re.compile(_RAW_TAG)


@cache
def _bracket_in_comment() -> re.Pattern[str]:
    return re.compile(r"<!--(?:[^\[<-]|<(?!!--)|-(?!->)|(?!).)*+\[")

"""Line breaks in the values of HTML attributes, which a Markdown library must not see.

To the library, a block of HTML ends at a blank line, or where its list ends, even in the middle of
a tag; the quotes that it writes itself would then end the value. So in Markdown from a template,
a variable with a line break could add attributes to a tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from shortcodes.nodes import Span

_NEXT: Final = {
    # state: the next one after white space, "/", ">", "=", '"', "'" and anything else
    "name": ("before", "before", "text", "name", "name", "name", "name"),
    "before": ("before", "before", "text", "attribute", "attribute", "attribute", "attribute"),
    "attribute": ("after", "before", "text", "equals", "attribute", "attribute", "attribute"),
    "after": ("after", "before", "text", "equals", "attribute", "attribute", "attribute"),
    "equals": ("equals", "bare", "text", "bare", "double", "single", "bare"),
    "bare": ("before", "bare", "text", "bare", "bare", "bare", "bare"),
    "double": ("double", "double", "double", "double", "closed", "double", "double"),
    "single": ("single", "single", "single", "single", "single", "closed", "single"),
    "closed": ("before", "before", "text", "attribute", "attribute", "attribute", "attribute"),
}
"""How a browser reads a tag (HTML, 13.2.5). "double" and "single" are inside quotes."""

_QUOTED: Final = frozenset({"double", "single"})
_LINE_BREAKS: Final = frozenset({"\n", "\r", "\r\n"})
_KINDS: Final = {**dict.fromkeys(" \t\f\r\n", 0), "/": 1, ">": 2, "=": 3, '"': 4, "'": 5}
"""The index of the next state, by the first character of a token."""
_OTHER: Final = 6
_TOKENS: Final = r"(?P<tag><(?=/?[A-Za-z]))|\r\n|[ \t\f\r\n/>=\"'<]|[^ \t\f\r\n/>=\"'<]++"


def hold_line_breaks(text: str, placeholder: str) -> str:
    """Return Markdown with a placeholder for each line break that may be in a quoted value.

    Whether "<" begins a tag depends on what is code, and so on the library and on every variable
    before it. A line break counts if it is in the value of a tag that any "<" may begin. The time
    is linear: all these tags are read at once.
    """
    parts, position = list[str](), 0
    for start, end in _find_line_breaks(text):
        parts += text[position:start], placeholder
        position = end
    return "".join([*parts, text[position:]])


def _find_line_breaks(text: str) -> Iterator[Span]:
    """Yield the spans of the line breaks that may be in a quoted value."""
    first = text.find("<")
    states: frozenset[str] = frozenset()
    for token in _compile_tokens().finditer(text, first) if first >= 0 else ():
        kind = _KINDS.get(token[0][0], _OTHER)
        if states:
            if token[0] in _LINE_BREAKS and states & _QUOTED:
                yield token.span()
            states = _step(states, kind)
        if token["tag"] is not None:
            states |= {"name"}


@cache
def _step(states: frozenset[str], kind: int) -> frozenset[str]:
    """Return the states after a token, of all tags that may have begun."""
    return frozenset(_NEXT[state][kind] for state in states) - {"text"}


@cache
def _compile_tokens() -> re.Pattern[str]:
    return re.compile(_TOKENS)

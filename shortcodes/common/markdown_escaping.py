"""Plain text as Markdown (CommonMark, with GitHub's tables) that shows the same text."""

from __future__ import annotations

import re
from collections.abc import Collection

_INLINE = r"\\`*_\[\]~"
"""Characters that mean something anywhere in Markdown, for a character class."""
_ENTITY = r"&(?=#?\w++;)"

_HAZARD = re.compile(
    r"(?P<quote>\\(?=[\"']))"
    rf"|(?P<mark>[{_INLINE}|])"
    r"|(?P<angle><)"
    rf"|(?P<entity>{_ENTITY})"
    r"|(?<![^\r\n])(?P<begin> {0,3}(?:\d{1,9}(?=[.)]))?)(?P<block>[-+#=>.)]|:(?=-))"
    r"|(?<![^\r\n])(?P<indent>\t| (?= {3}| {0,2}\t))"
    r"|(?<= )(?P<end> )(?=[\r\n])"
)
"""What Markdown would not show: backslashes before quotes, marks, tags, entities, beginnings of
blocks, indentation that makes code, and spaces that make a hard line break."""

_REPLACEMENTS = {
    "quote": r"\\\g<0>",
    "mark": r"\\\g<0>",
    "angle": "&lt;",
    "entity": "&amp;",
    "block": r"\g<begin>\\\g<block>",
    "end": "&#32;",
}
"""The template of what is written for each kind of hazard."""

_IN_LINE = re.compile(rf"[{_INLINE}<]|{_ENTITY}")
_IN_TABLE = re.compile(rf"[{_INLINE}<>&|#!$]")
_STARTS_BLOCK = re.compile(r"[#>+=|:-]|[0-9]{1,9}(?=[.)])")


def escape_text(
    text: str, start: int = 0, end: int | None = None, *, keep: Collection[str] = ()
) -> str:
    """Return plain text as Markdown that shows it, with its lines and white space.

    Args:
        text: The plain text, of any number of lines.
        start: The offset of the part to return.
        end: The offset of its end; the end of the text by default.
        keep: The kinds of hazards to leave unescaped: "entity"; "quote" for a backslash before a
            quote.
    """
    parts, offset = [], start
    for hazard in _HAZARD.finditer(text, start, len(text) if end is None else end):
        kind = hazard.lastgroup or ""
        if kind in keep:
            continue
        parts.append(text[offset : hazard.start()])
        if kind == "indent":
            parts.append(f"&#{ord(hazard[0])};")
        else:
            parts.append(hazard.expand(_REPLACEMENTS[kind]))
        offset = hazard.end()
    return "".join([*parts, text[offset:end]])


def escape_words(text: str, *, in_table: bool = False) -> str:
    """Return the words of a text on one line, with a backslash before each mark of Markdown.

    A `<` becomes an entity, which is text in HTML around it too. With `in_table`, the marks that
    only some flavours of Markdown read are escaped as well. What has a meaning only at the start of
    a line is left to `escape_line_start`.
    """
    marks = _IN_TABLE if in_table else _IN_LINE
    return marks.sub(_escape_mark, " ".join(text.split()))


def _escape_mark(match: re.Match[str]) -> str:
    return "&lt;" if match[0] == "<" else f"\\{match[0]}"


def escape_line_start(markdown: str) -> str:
    """Return a line of Markdown, with a backslash before what would begin a block there."""
    match = _STARTS_BLOCK.match(markdown)
    if match is None:
        return markdown
    if match[0].isdigit():
        return f"{match[0]}\\{markdown[match.end() :]}"
    return f"\\{markdown}"

"""Plain text as Markdown (CommonMark) that shows the same text."""

from __future__ import annotations

import re
from collections.abc import Collection

_HAZARD = re.compile(
    r"(?P<quote>\\(?=[\"']))"
    r"|(?P<mark>[\\`*_\[\]~|])"
    r"|(?P<angle><)"
    r"|(?P<entity>&(?=#?\w++;))"
    r"|(?<![^\r\n])(?P<begin> {0,3}(?:\d{1,9}(?=[.)]))?)(?P<block>[-+#=>.)])"
    r"|(?<![^\r\n])(?P<indent>\t| (?= {3}| {0,2}\t))"
    r"|(?<= )(?P<end> )(?=[\r\n])"
)
"""What Markdown would not show: backslashes before quotes, marks, tags, entities, beginnings of
blocks, code, hard breaks."""

_INSTEAD = {
    "quote": r"\\\g<0>",
    "mark": r"\\\g<0>",
    "angle": "&lt;",
    "entity": "&amp;",
    "block": r"\g<begin>\\\g<block>",
    "end": "&#32;",
}


def escaped(
    text: str, start: int = 0, end: int | None = None, *, spare: Collection[str] = ()
) -> str:
    """Return plain text, or a part of it, so that Markdown shows it as it is.

    What is to be spared stays as it is: "entity", "angle" for a "<", "quote" for a backslash
    before a quote.
    """
    parts, position = [], start
    for hazard in _HAZARD.finditer(text, start, len(text) if end is None else end):
        kind = hazard.lastgroup or ""
        if kind in spare:
            continue
        parts.append(text[position : hazard.start()])
        if kind == "indent":
            parts.append(f"&#{ord(hazard[0])};")
        else:
            parts.append(hazard.expand(_INSTEAD[kind]))
        position = hazard.end()
    return "".join([*parts, text[position:end]])

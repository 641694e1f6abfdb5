"""Takes block-level outputs out of paragraphs, which are split, and out of headings, which are not.

Where one stands inside another element, such as a link, it is left there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shortcodes_html.printer import TOKEN
from shortcodes_html.replacements import Outputs, is_block

_PROSE = re.compile(r"<(p|h[1-6])>((?:[^<]++|<(?!/?(?:p|h[1-6])>))*+)</\1>")
_VOID = frozenset({"br", "hr", "img", "input", "wbr"})


def apart(html: str, outputs: Outputs) -> str:
    """Return HTML with block-level outputs beside its paragraphs and headings."""

    def split(match: re.Match[str]) -> str:
        name, content = match[1], match[2]
        parts = list(_parts(content, outputs))
        if len(parts) == 1:
            return match[0]
        if name != "p":
            # A heading is one, whatever stands in it: its blocks follow it.
            parts = ["".join(parts[::2]), *parts[1::2]]
            return "\n".join(filter(None, [_wrapped(name, parts[0]), *parts[1:]]))
        wrapped = (part if i % 2 else _wrapped(name, part) for i, part in enumerate(parts))
        return "\n".join(filter(None, wrapped))

    return _PROSE.sub(split, html) if outputs else html


def _parts(html: str, outputs: Outputs) -> Iterator[str]:
    """Give the HTML before, between and after the placeholders of blocks, and these between."""
    start = depth = 0
    for match in TOKEN.finditer(html):
        if match["name"]:
            if match["name"].lower().rstrip("/") not in _VOID:
                depth += -1 if match["slash"] else 1
        elif match["placeholder"] and depth == 0:
            output = outputs.get(match[0])
            if output is not None and is_block(output):
                yield html[start : match.start()]
                yield match[0]
                start = match.end()
    yield html[start:]


def _wrapped(name: str, html: str) -> str:
    words = html.strip()
    return f"<{name}>{words}</{name}>" if words else ""

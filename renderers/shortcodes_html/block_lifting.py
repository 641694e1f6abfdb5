"""Moves block-level outputs out of paragraphs, which are split, and out of headings, which are not.

A block inside another element, such as a link, stays there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from shortcodes_html.printer import TOKEN
from shortcodes_html.replacements import Replacements, is_block

_PROSE = re.compile(r"<(p|h[1-6])>((?:[^<]++|<(?!/?(?:p|h[1-6])>)|(?!).)*+)</\1>")
_VOID = frozenset({"br", "hr", "img", "input", "wbr"})


def lift_blocks(html: str, replacements: Replacements) -> str:
    """Return HTML with block-level outputs beside its paragraphs and headings."""

    @cache
    def find_tags() -> frozenset[int]:
        """Return the offsets of the tags, outside values and comments."""
        return frozenset(token.start() for token in TOKEN.finditer(html) if token["name"])

    def split(match: re.Match[str]) -> str:
        name, content = match[1], match[2]
        parts = list(_split_at_blocks(content, replacements))
        if len(parts) == 1 or not find_tags().issuperset((match.start(), match.end(2))):
            return match[0]
        if name != "p":
            # A heading stays whole; its blocks follow it.
            parts = ["".join(parts[::2]), *parts[1::2]]
            return "\n".join(filter(None, [_wrap(name, parts[0]), *parts[1:]]))
        wrapped = (part if i % 2 else _wrap(name, part) for i, part in enumerate(parts))
        return "\n".join(filter(None, wrapped))

    return _PROSE.sub(split, html) if replacements else html


def _split_at_blocks(html: str, replacements: Replacements) -> Iterator[str]:
    """Yield HTML and the placeholders of blocks in turn, beginning and ending with HTML."""
    start = depth = 0
    for match in TOKEN.finditer(html):
        if match["name"]:
            if match["name"].lower().rstrip("/") not in _VOID:
                depth += -1 if match["slash"] else 1
        elif match["placeholder"] and depth == 0:
            replacement = replacements.get(match[0])
            if replacement is not None and is_block(replacement):
                yield html[start : match.start()]
                yield match[0]
                start = match.end()
    yield html[start:]


def _wrap(name: str, html: str) -> str:
    content = html.strip()
    return f"<{name}>{content}</{name}>" if content else ""

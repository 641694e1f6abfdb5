"""Moves block-level outputs out of paragraphs, which are split, and out of headings, which are not.

A block inside another element, such as a link, stays there; a paragraph is split around that
element, which would otherwise end the paragraph in the middle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from shortcodes_html.printer import TOKEN
from shortcodes_html.replacements import Replacements, is_block

_PROSE = re.compile(r"<(p|h[1-6])>((?:[^<]++|<(?!/?(?:p|h[1-6])>)|(?!).)*+)</\1>")
_LINE_BREAK = "<br />"
_VOID = frozenset({"br", "hr", "img", "input", "wbr"})


def lift_blocks(html: str, replacements: Replacements) -> str:
    """Return HTML with block-level outputs beside its paragraphs and headings."""

    @cache
    def find_tags() -> frozenset[int]:
        """Return the offsets of the tags, outside values and comments."""
        return frozenset(token.start() for token in TOKEN.finditer(html) if token["name"])

    def split(match: re.Match[str]) -> str:
        name, content = match[1], match[2]
        parts = list(_split_at_blocks(content, replacements, around=name == "p"))
        if len(parts) == 1 or not find_tags().issuperset((match.start(), match.end(2))):
            return match[0]
        if name != "p":
            # A heading stays whole; its blocks follow it.
            parts = ["".join(parts[::2]), *parts[1::2]]
            return "\n".join(filter(None, [_wrap(name, parts[0]), *parts[1:]]))
        wrapped = (part if i % 2 else _wrap(name, part) for i, part in enumerate(parts))
        return "\n".join(filter(None, wrapped))

    return _PROSE.sub(split, html) if replacements else html


def _split_at_blocks(html: str, replacements: Replacements, *, around: bool) -> Iterator[str]:
    """Yield HTML and blocks in turn, beginning and ending with HTML.

    With `around`, an element that a block is in counts as a block.
    """
    start = depth = element_start = 0
    holds_block = False
    for match in TOKEN.finditer(html):
        is_end = False
        if match["name"]:
            if match["name"].lower().rstrip("/") not in _VOID:
                if depth == 0:
                    element_start, holds_block = match.start(), False
                depth += -1 if match["slash"] else 1
                is_end = depth == 0 and holds_block
        elif match["placeholder"]:
            replacement = replacements.get(match[0])
            if replacement is not None and is_block(replacement):
                holds_block = around
                if depth == 0:
                    element_start, is_end = match.start(), True
        if is_end:
            yield html[start:element_start]
            yield html[element_start : match.end()]
            start, holds_block = match.end(), False
    yield html[start:]


def _wrap(name: str, html: str) -> str:
    content = html.strip()
    while content.startswith(_LINE_BREAK):
        content = content.removeprefix(_LINE_BREAK).lstrip()
    while content.endswith(_LINE_BREAK):
        content = content.removesuffix(_LINE_BREAK).rstrip()
    return f"<{name}>{content}</{name}>" if content else ""

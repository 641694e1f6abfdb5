"""Block-level elements: those that HTML allows beside a paragraph, but not inside one."""

from __future__ import annotations

import re

_BLOCKS = (
    "address|article|aside|blockquote|center|details|dialog|dir|div|dl|fieldset|figcaption|figure"
    "|footer|form|h[1-6]|header|hgroup|hr|main|menu|nav|ol|p|pre|search|section|table|ul"
)
"""The start tags that close an open `<p>` (HTML Living Standard, 13.1.2.4)."""

_BLOCK_TAG = re.compile(rf"(?ai)<(?:{_BLOCKS})(?=[\s/>])")


def has_block(markup: str) -> bool:
    """Return whether a start tag in the markup would end the paragraph around it."""
    return _BLOCK_TAG.search(markup) is not None

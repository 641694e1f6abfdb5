"""The dialects: each with the reader that makes a tree of a text."""

from __future__ import annotations

from typing import Protocol

from shortcodes.detection import Tags
from shortcodes.lenient import read_lenient
from shortcodes.nodes import Document
from shortcodes.wordpress.tree import read_wordpress


class DialectReader(Protocol):
    """What reads a text in one dialect."""

    def __call__(self, text: str, tags: Tags, *, skip_code: bool, markdown: bool) -> Document:
        """Return the tree over the text. Never raises on what the text holds."""


DIALECTS: dict[str, DialectReader] = {
    "lenient": read_lenient,
    "wordpress": read_wordpress,
}
"""Every dialect by its name, the default one first."""

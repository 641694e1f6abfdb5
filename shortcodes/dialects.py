"""The dialects: each with the reader that makes a tree of a text."""

from __future__ import annotations

from typing import Protocol

from shortcodes.detection import Tags
from shortcodes.lenient.tree import read_lenient
from shortcodes.nodes import Document


class DialectReader(Protocol):
    """What reads a text in one dialect."""

    def __call__(self, text: str, tags: Tags, *, skip_code: bool, markdown: bool) -> Document:
        """Return the tree over the text. Never raises on what the text holds."""


def _read_wordpress(text: str, tags: Tags, *, skip_code: bool, markdown: bool) -> Document:
    from shortcodes.wordpress.tree import read_wordpress  # a package that most texts never need

    return read_wordpress(text, tags, skip_code=skip_code, markdown=markdown)


DIALECTS: dict[str, DialectReader] = {
    "lenient": read_lenient,
    "wordpress": _read_wordpress,
}
"""Every dialect by its name, the default one first."""

"""The subject of a lint: one text, with what rules ask of it computed once for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from shortcodes.diagnostics import Fix
from shortcodes.nodes import Attribute, Document, Shortcode
from shortcodes.suppression import Suppressions

if TYPE_CHECKING:
    from shortcodes.engine.schema import Schema
    from shortcodes.nodes import Loose
    from shortcodes.plugins import Format


class Subject:
    """One text under lint. `options` are those of `shortcodes.parse` that it was read with;
    without them nothing can be fixed.
    """

    def __init__(
        self,
        document: Document,
        *,
        format: Format = "text",  # noqa: A002 - the name that it has everywhere
        schemas: Mapping[str, Schema] | None = None,
        options: Mapping[str, Any] | None = None,
    ) -> None:
        self.document = document
        self.text = document.source
        self.format = format
        self.schemas: Mapping[str, Schema] = schemas or {}
        """The schemas of tags, by name."""
        self.options: Mapping[str, Any] = options or {}
        self.can_fix = options is not None
        self.dialect: str = self.options.get("dialect", "lenient")
        self.markdown: bool = self.options.get("markdown", False)

    @cached_property
    def shortcodes(self) -> Sequence[Shortcode]:
        """Every shortcode in order, nested ones included, escaped ones not."""
        return list(self.document.shortcodes())

    @cached_property
    def attributes(self) -> Sequence[tuple[Attribute, ...]]:
        """The attributes of every shortcode, in the same order."""
        return [shortcode.attribute_nodes for shortcode in self.shortcodes]

    @cached_property
    def loose(self) -> Loose:
        """The delimiters that are part of no shortcode."""
        return self.document.loose

    @cached_property
    def suppressions(self) -> Suppressions:
        """The comments that say which findings are meant to be there."""
        from shortcodes.rules import NAMES

        return Suppressions(self.document, NAMES, markdown=self.markdown)

    def mend(self, shortcode: Shortcode) -> Fix | None:
        """Return what makes WordPress read the shortcode's opening delimiter as it is meant; the
        same for all rules.
        """
        return None

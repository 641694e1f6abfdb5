"""What the schemas say about the shortcodes of one text, as they were meant."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from shortcodes.diagnostics import Diagnostic, Edit
from shortcodes.linting.consequences import drop_consequences
from shortcodes.linting.enclosing import Enclosing, find_enclosing
from shortcodes.linting.inner_html import find_linked, take_out
from shortcodes.linting.unquoted import Unquoted, find_unquoted, may_hold_lists
from shortcodes.nodes import Shortcode

if TYPE_CHECKING:
    from shortcodes.linting.damage import Damage
    from shortcodes.schemas.encloses import Encloses
    from shortcodes.schemas.schema import Schema


class SchemaChecks:
    """What schemas find in one text; it is for other rules to report how WordPress misreads it."""

    def __init__(
        self,
        text: str,
        shortcodes: Sequence[Shortcode],
        schemas: Mapping[str, Schema],
        options: Mapping[str, Any],
        find_damage: Callable[[int], Damage | None],
    ) -> None:
        """Take a text, and what is known about it.

        Args:
            text: The text.
            shortcodes: Its shortcodes as they were meant, in order.
            schemas: The schemas of tags, by name.
            options: The options that it was read with.
            find_damage: Returns the damage of the tag that begins at an offset.
        """
        self._text = text
        self._shortcodes = shortcodes
        self._schemas = schemas
        self._options = options
        self._find_damage = find_damage

    @cached_property
    def misfits(self) -> Sequence[Diagnostic]:
        """What does not fit, except what only follows from something else in the tag."""
        if not self._schemas:
            return []
        by_name: dict[str, list[Shortcode]] = {}
        checked = [sc for sc in self._shortcodes if sc.name in self._schemas]
        for shortcode in checked:
            by_name.setdefault(shortcode.name, []).append(shortcode)
        misfits = (
            misfit
            for name, shortcodes in by_name.items()
            for misfit in self._schemas[name].check_many(shortcodes)
        )
        return [
            *drop_consequences(misfits, checked, self._find_cause, self._schemas, self._options)
        ]

    def _find_cause(self, shortcode: Shortcode) -> Sequence[Edit] | None:
        """Return the edits that mend what is wrong with a tag apart from what its schema says, or
        `None` if nothing is.
        """
        if damage := self._find_damage(shortcode.open_span[0]):
            return damage.edits
        nodes = shortcode.attribute_nodes
        if any(node.quotes and not node.quotes[1] and node.raw for node in nodes):
            return ()
        if linked := find_linked(shortcode):
            fix = take_out(shortcode, linked)
            return fix.edits if fix else ()
        unquoted = self.unquoted.get(shortcode.open_span[0])
        return unquoted.edits if unquoted else None

    @cached_property
    def unquoted(self) -> Mapping[int, Unquoted]:
        """The values of several words without quotes, by the starts of their shortcodes."""
        text, found = self._text, dict[int, Unquoted]()
        if not self._schemas and not may_hold_lists(text):
            return found
        for shortcode in self._shortcodes:
            schema = self._schemas.get(shortcode.name)
            if shortcode.positional:
                value = find_unquoted(text, shortcode, schema)
                if value and not self._find_damage(shortcode.open_span[0]):
                    found[shortcode.open_span[0]] = value
        return found

    @cached_property
    def enclosing(self) -> Enclosing:
        """What is wrong with closing tags."""
        if not self._schemas or not self._options:
            return Enclosing()
        return find_enclosing(self._text, self._shortcodes, self._find_use, self._lacks)

    def _find_use(self, name: str) -> Encloses | None:
        schema = self._schemas.get(name)
        return schema.encloses if schema else None

    def _lacks(self, shortcode: Shortcode) -> bool:
        schema = self._schemas.get(shortcode.name)
        return schema is not None and schema.requires_attributes

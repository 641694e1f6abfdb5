"""The options of linting and fixing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

from shortcodes.dialects import ParseOptions
from shortcodes.plugins import Format

if TYPE_CHECKING:
    from shortcodes.schemas.schema import Schema


class Registered(Protocol):
    """What an engine says about its shortcodes."""

    @property
    def names(self) -> Iterable[str]:
        """Their names."""

    @property
    def schemas(self) -> Mapping[str, Schema]:
        """The schemas of those that have one, by name."""


class LintOptions(ParseOptions, total=False):
    """The keyword options of `lint` and `fix`: those of `shortcodes.parse`, and these."""

    select: Iterable[str] | None
    """Codes, beginnings of codes ("SC2"), or names of rules; `None` for all."""
    ignore: Iterable[str]
    """What not to look for, in the same way."""
    engine: Registered | None
    """An `Engine`: its names are shortcodes, and its schemas say what attributes they have."""
    schemas: Mapping[str, Schema] | None
    """More schemas, by the names of their tags."""
    format: Format
    """What the text is written in."""

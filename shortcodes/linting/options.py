"""The options of linting and fixing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal, Protocol

from shortcodes.dialects import ParseOptions
from shortcodes.plugins import Format

if TYPE_CHECKING:
    from shortcodes.schemas.schema import Schema


Profile = Literal["wordpress", "writer", "strict"]


class Registered(Protocol):
    """What linting needs to know from an engine."""

    @property
    def names(self) -> Iterable[str]:
        """The names of its shortcodes."""

    @property
    def schemas(self) -> Mapping[str, Schema]:
        """The schemas of the shortcodes that have one, by name."""


class LintOptions(ParseOptions, total=False):
    """The keyword options of `lint` and `fix`: those of `shortcodes.parse` and the following."""

    select: Iterable[str] | None
    """Codes, beginnings of codes ("SC2"), or names of rules; `None` for all."""
    ignore: Iterable[str]
    """The rules not to use, in the same form."""
    profile: Profile
    """Who reads the text: "wordpress", the default; "writer", for texts that an `Engine` renders,
    in which the rules about what WordPress reads are silent; or "strict", in which every finding is
    an error."""
    engine: Registered | None
    """An `Engine`, whose names count as shortcodes and whose schemas describe their attributes."""
    schemas: Mapping[str, Schema] | None
    """Further schemas, by tag name."""
    format: Format
    """The markup of the text."""

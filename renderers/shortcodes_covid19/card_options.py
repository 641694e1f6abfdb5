"""The options that a site sets for all of its cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from shortcodes.common.checks import check_one_of, check_type

Numbers = Literal["latn", "native"]

_HEADING_LEVELS = range(2, 7)


@dataclass(frozen=True, slots=True)
class CardOptions:
    """How cards are written. Raises `TypeError` or `ValueError` for an invalid value."""

    shape: str = "card"
    """The form of a card in a page: "card", or the smaller "badge"."""
    heading: int = 3
    """The level of a card's heading, 2 to 6."""
    numbers: Numbers = "latn"
    """The digits: "latn", or "native" for those of the card's language."""
    fix_contrast: bool = False
    """Whether black or white replaces a `font-color` that is hard to read on its background."""

    def __post_init__(self) -> None:
        check_one_of("shape", self.shape, ("card", "badge"))
        check_one_of("heading", self.heading, _HEADING_LEVELS)
        check_one_of("numbers", self.numbers, get_args(Numbers))
        check_type("fix_contrast", self.fix_contrast, bool)


DEFAULT_OPTIONS: Final = CardOptions()

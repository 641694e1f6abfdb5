"""What the author of a site decides for all of its cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from shortcodes.checks import check_one_of, check_type

Numbers = Literal["latn", "native"]

_HEADINGS = range(2, 7)


@dataclass(frozen=True, slots=True)
class CardOptions:
    """How cards are written. Raises `TypeError` and `ValueError` for a value that is none."""

    shape: str = "card"
    """What stands in a page: the "card", or the smaller "badge"."""
    heading: int = 3
    """The level of a card's heading, 2 to 6."""
    numbers: Numbers = "latn"
    """The digits: Latin ones, or those "native" to the card's language."""
    fix_contrast: bool = False
    """Whether black or white replaces a `font-color` that is hard to read on its background."""

    def __post_init__(self) -> None:
        check_one_of("shape", self.shape, ("card", "badge"))
        check_one_of("heading", self.heading, _HEADINGS)
        check_one_of("numbers", self.numbers, get_args(Numbers))
        check_type("fix_contrast", self.fix_contrast, bool)


DEFAULT_OPTIONS: Final = CardOptions()

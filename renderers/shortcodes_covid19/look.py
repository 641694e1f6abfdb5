"""What the author of a site decides for all of its cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, get_args

from shortcodes_covid19.language import Numbers

_HEADINGS = range(2, 7)


@dataclass(frozen=True, slots=True)
class Look:
    """How cards are written. Raises `ValueError` for a value that is none."""

    shape: str = "card"
    """What stands in a page: the "card", or the smaller "badge"."""
    heading: int = 3
    """The level of a card's heading, 2 to 6."""
    numbers: Numbers = "latn"
    """The digits: Latin ones, or those "native" to the card's language."""
    fix_contrast: bool = False
    """Whether black or white replaces a `font-color` that is hard to read on its background."""

    def __post_init__(self) -> None:
        for name, known in (
            ("shape", ("card", "badge")),
            ("heading", tuple(_HEADINGS)),
            ("numbers", get_args(Numbers)),
            ("fix_contrast", (True, False)),
        ):
            if getattr(self, name) not in known:
                shown = ", ".join(map(repr, known))
                raise ValueError(f"{name} must be one of {shown}, not {getattr(self, name)!r}")


DEFAULT_LOOK: Final = Look()

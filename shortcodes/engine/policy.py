"""Policies: the rules that an engine renders by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from shortcodes.checks import check_one_of, check_seconds, check_whole

Order = Literal["inner", "outer"]
OnError = Literal["diagnostic", "keep", "placeholder", "raise"]
Enclosed = Literal["sanitise", "trusted"]


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules that an engine renders by.

    Raises `TypeError` for a value of a wrong type, and `ValueError` for one that makes no sense.
    """

    order: Order = "inner"
    """Which runs first. With "outer", those inside run only when the outer one asks for them."""
    on_error: OnError = "keep"
    """What becomes of a shortcode that fails, beside its diagnostic: "keep" leaves its source,
    "diagnostic" nothing but what it encloses, "placeholder" puts
    `<span class="shortcode-error">`; "raise" gives up."""
    html: Enclosed = "sanitise"
    """What becomes of HTML that a shortcode encloses before its handler gets it."""
    timeout: float | None = 10.0
    """Seconds that an asynchronous handler may take; one that is not cannot be interrupted."""
    max_depth: int = 100
    """Levels of shortcodes that are rendered; those below stay as they are."""
    max_output: int = 10_000_000
    """Code points that all handlers of a document may make together."""

    def __post_init__(self) -> None:
        for name, kinds in (("order", Order), ("on_error", OnError), ("html", Enclosed)):
            check_one_of(name, getattr(self, name), get_args(kinds))
        check_seconds("timeout", self.timeout, or_none=True)
        check_whole("max_depth", self.max_depth, 0)
        check_whole("max_output", self.max_output, 0)

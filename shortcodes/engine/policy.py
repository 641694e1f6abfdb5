"""Policies: the rules that an engine renders by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from shortcodes.seconds import seconds

Order = Literal["inner", "outer"]
OnError = Literal["diagnostic", "keep", "placeholder", "raise"]
Enclosed = Literal["sanitise", "trusted"]


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules that an engine renders by."""

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
            if getattr(self, name) not in get_args(kinds):
                known = ", ".join(map(repr, get_args(kinds)))
                raise ValueError(f"{name} must be one of {known}, not {getattr(self, name)!r}")
        for name in ("max_depth", "max_output"):
            limit = getattr(self, name)
            if type(limit) is not int or limit < 0:
                raise ValueError(f"{name} must be a whole number from 0, not {limit!r}")
        if self.timeout is not None:
            try:
                seconds(self.timeout)
            except ValueError as error:
                raise ValueError(f"timeout {error}, or None, not {self.timeout!r}") from None

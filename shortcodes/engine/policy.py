"""The rules by which an engine renders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from shortcodes.common.checks import check_one_of, check_seconds, check_whole

if TYPE_CHECKING:
    from shortcodes.call import Call

Order = Literal["inner", "outer"]
OnError = Literal["diagnostic", "keep", "placeholder", "debug", "raise"]
Enclosed = Literal["sanitise", "trusted"]
ReplaceFailed = Callable[["Call", BaseException], str | None]


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules by which an engine renders.

    Raises:
        TypeError: A value has the wrong type.
        ValueError: A value is not one of the choices, or out of range.
    """

    order: Order = "inner"
    """Which shortcodes are rendered first. With "outer", nested ones are rendered only when the
    handler of the enclosing one asks for its content. A handler may have its own order."""
    on_error: OnError | ReplaceFailed = "keep"
    """What replaces a shortcode that fails, in addition to a diagnostic: "keep" keeps its source,
    "diagnostic" its enclosed content only, "placeholder" puts an empty
    `<span class="shortcode-error">` there, and "debug" one with the reason. "raise" raises the
    exception of the handler. A function receives the call and the exception, and returns markup,
    or `None` to keep the source."""
    html: Enclosed = "sanitise"
    """Whether enclosed HTML is sanitised before the handler receives it, or trusted."""
    timeout: float | None = 10.0
    """Seconds that an asynchronous handler may take; other handlers cannot be interrupted."""
    max_depth: int = 100
    """Levels of nested shortcodes that are rendered; deeper ones stay as they are."""
    max_output: int = 10_000_000
    """Code points that all handlers of a document may return together."""

    def __post_init__(self) -> None:
        for name, choices in (("order", Order), ("on_error", OnError), ("html", Enclosed)):
            if not (name == "on_error" and callable(self.on_error)):
                check_one_of(name, getattr(self, name), get_args(choices))
        check_seconds("timeout", self.timeout, or_none=True)
        check_whole("max_depth", self.max_depth, 0)
        check_whole("max_output", self.max_output, 0)


def check_order(order: object) -> None:
    """Raise `TypeError` or `ValueError` for what is neither an order nor `None`."""
    if order is not None:
        check_one_of("order", order, get_args(Order))

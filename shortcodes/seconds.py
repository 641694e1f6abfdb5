"""Numbers of seconds, as settings have them: what clocks, sockets and dates can count with."""

from __future__ import annotations

MOST = 1_000_000_000
"""Some 31 years; larger numbers do not fit into all that takes seconds."""


def seconds(value: object, *, least: str = "above 0") -> float:
    """Return a number of seconds; `least` is "above 0" or "from 0".

    Raises `ValueError` for infinity, NaN, true and false, and what is too small or too large. The
    message says what it must be.
    """
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and (0 < value <= MOST or (value == 0 and least == "from 0")):  # type: ignore[operator]
        return float(value)  # type: ignore[arg-type]
    raise ValueError(f"must be a number of seconds {least}, up to {MOST:,}")

"""Colours: what an author wrote, parsed by tinycss2 and written back from what was parsed.

Nothing but a colour can reach a style sheet that way.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Any

from tinycss2.color4 import parse_color  # type: ignore[import-untyped]

AA = 4.5
"""The least contrast of small text, WCAG 2.2 success criterion 1.4.3."""

_LONGEST = 64
_QUIET = 0.22
"""How far a dimmed label goes from the font's colour towards the background's."""
_TINT = 0.08
"""How much of the font's colour the ornament may lend to the background behind a label."""

Channels = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour that is safe to print."""

    css: str
    """The colour in CSS: `#rrggbb`, `#rrggbbaa`, or a function where it is wider than sRGB."""
    channels: Channels | None
    """Red, green and blue from 0 to 1 in sRGB; `None` where they are not known."""
    alpha: float
    """From 0, see-through, to 1."""


def read_colour(text: str) -> Colour:
    """Return the one CSS colour that `text` is.

    Raises `ValueError` when it is none: not CSS Color Level 4, not finite, longer than 64 code
    points, or `currentcolor`, which is no colour by itself.
    """
    if len(text) > _LONGEST:
        raise ValueError("too long for a colour")
    parsed: Any = parse_color(text)  # which itself raises ValueError for `color()`
    if parsed is None or parsed == "currentcolor" or not all(isfinite(n or 0) for n in parsed):
        raise ValueError("no colour")
    if parsed.space in ("srgb", "hsl", "hwb"):
        red, green, blue = (min(1.0, max(0.0, n)) for n in parsed.to("srgb").coordinates)
        return _srgb((red, green, blue), parsed.alpha)
    return Colour(_function(parsed), None, parsed.alpha)


def contrast(one: Colour, other: Colour) -> float | None:
    """Return the contrast of two colours from 1 to 21, as WCAG 2.2 counts it.

    `None` when it cannot be told: a colour is see-through, or not known in sRGB.
    """
    if one.channels is None or other.channels is None or min(one.alpha, other.alpha) < 1:
        return None
    return _contrast(one.channels, other.channels)


def quiet(font: Colour, ground: Colour) -> Colour:
    """Return the font's colour dimmed for labels, or as it is where dimming would cost AA."""
    if font.channels is None or ground.channels is None or contrast(font, ground) is None:
        return font
    dimmed = _mix(font.channels, ground.channels, _QUIET)
    behind = _mix(ground.channels, font.channels, _TINT)
    return _srgb(dimmed, 1.0) if _contrast(dimmed, behind) >= AA else font


def _srgb(channels: Channels, alpha: float) -> Colour:
    digits = [*channels, alpha] if alpha < 1 else channels
    return Colour("#" + "".join(f"{round(n * 255):02x}" for n in digits), channels, alpha)


def _function(parsed: Any) -> str:
    """Return a colour of another space in CSS, with no more digits than an eye can see."""
    numbers = " ".join("none" if n is None else f"{n:.4f}" for n in parsed.coordinates)
    alpha = f" / {parsed.alpha:.4f}" if parsed.alpha < 1 else ""
    if parsed.space in ("lab", "lch", "oklab", "oklch"):
        return f"{parsed.space}({numbers}{alpha})"
    return f"color({parsed.space} {numbers}{alpha})"


def _mix(one: Channels, other: Channels, share: float) -> Channels:
    red, green, blue = (a + (b - a) * share for a, b in zip(one, other, strict=True))
    return red, green, blue


def _contrast(one: Channels, other: Channels) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(channels: Channels) -> float:
    """Return relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    red, green, blue = (
        n / 12.92 if n <= 0.04045 else ((n + 0.055) / 1.055) ** 2.4 for n in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

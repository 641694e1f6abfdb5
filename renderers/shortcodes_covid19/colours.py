"""Colours: what an author wrote, parsed by tinycss2 and written back from what was parsed.

Nothing but a colour can reach a style sheet that way.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
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

# CSS Color Module Level 4, 18, "Sample code for Color Conversions".
_XYZ_TO_RGB = (
    (12831 / 3959, -329 / 214, -1974 / 3959),
    (-851781 / 878810, 1648619 / 878810, 36519 / 878810),
    (705 / 12673, -2585 / 12673, 705 / 667),
)
_D50_TO_D65 = (
    (0.9554734527042182, -0.023098536874261423, 0.0632593086610217),
    (-0.028369706963208136, 1.0099954580058226, 0.021041398966943008),
    (0.012314001688319899, -0.020507696433477912, 1.3303659366080753),
)


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour that is safe to print."""

    css: str
    """The colour in CSS: `#rrggbb`, `#rrggbbaa`, or a function where it is wider than sRGB."""
    channels: Channels | None
    """Red, green and blue from 0 to 1 in sRGB, of a wider colour the nearest that each can be;
    `None` where they are not known."""
    alpha: float
    """From 0, see-through, to 1."""


@lru_cache(256)
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
    return Colour(_function(parsed), _channels(parsed), parsed.alpha)


@lru_cache(256)
def contrast(font: Colour, ground: Colour) -> float | None:
    """Return the contrast of two colours from 1 to 21, as WCAG 2.2 counts it.

    `None` when it cannot be told: the background is see-through, or a colour not known in sRGB.
    """
    if font.channels is None or ground.channels is None or ground.alpha < 1:
        return None
    return _contrast(_mix(ground.channels, font.channels, font.alpha), ground.channels)


def readable(font: Colour, ground: Colour) -> Colour:
    """Return the font's colour, or black or white where it contrasts less than AA asks for."""
    found = contrast(font, ground)
    if found is None or found >= AA:
        return font
    return max((_BLACK, _WHITE), key=lambda colour: contrast(colour, ground) or 0)


def quiet(font: Colour, ground: Colour) -> Colour:
    """Return the font's colour dimmed for labels, or as it is where dimming would cost AA."""
    if font.channels is None or ground.channels is None or contrast(font, ground) is None:
        return font
    shown = _mix(ground.channels, font.channels, font.alpha)
    dimmed = _srgb(_mix(shown, ground.channels, _QUIET), 1.0)
    return dimmed if _readable_on_ornament(dimmed, ornament(font, ground), ground) else font


def ornament(font: Colour, ground: Colour) -> Colour:
    """Return the colour of the faint shape behind the text: the font's, or where that would cost
    AA, black under a font that is lighter than its background and white under a darker one.
    """
    if (contrast(font, ground) or 0) < AA or _readable_on_ornament(font, font, ground):
        return font
    assert font.channels  # noqa: S101 - their contrast is known
    assert ground.channels  # noqa: S101
    return _BLACK if _luminance(font.channels) > _luminance(ground.channels) else _WHITE


def _readable_on_ornament(text: Colour, shape: Colour, ground: Colour) -> bool:
    """Whether a text has AA on its background and where the ornament lends it its colour."""
    if shape.channels is None or ground.channels is None:
        return False
    tinted = _srgb(_mix(ground.channels, shape.channels, _TINT * shape.alpha), 1.0)
    return min(contrast(text, ground) or 0, contrast(text, tinted) or 0) >= AA


def _srgb(channels: Channels, alpha: float) -> Colour:
    digits = [*channels, alpha] if alpha < 1 else channels
    return Colour("#" + "".join(f"{round(n * 255):02x}" for n in digits), channels, alpha)


def _channels(parsed: Any) -> Channels | None:
    """Return a colour that CSS gives in another space in sRGB, clipped; `None` for `color()`."""
    if parsed.space in ("oklab", "oklch"):
        xyz = parsed.to("xyz-d65").coordinates
    elif parsed.space in ("lab", "lch"):
        xyz = _product(_D50_TO_D65, parsed.to("xyz-d50").coordinates)
    else:
        return None
    red, green, blue = map(_gamma, _product(_XYZ_TO_RGB, xyz))
    return red, green, blue


def _product(matrix: tuple[Channels, ...], vector: Channels) -> Channels:
    red, green, blue = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return red, green, blue


def _gamma(linear: float) -> float:
    """Return a channel of sRGB from its light, clipped to what a screen can show."""
    light = min(1.0, max(0.0, linear))
    return light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


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


_BLACK, _WHITE = read_colour("#000000"), read_colour("#ffffff")

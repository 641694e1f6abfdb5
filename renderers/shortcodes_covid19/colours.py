"""Reads CSS colours, writes them back, and computes their contrast.

tinycss2 parses what an author wrote, and only its result is printed, so that nothing but a colour
can reach a style sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from typing import Any

from tinycss2.color4 import parse_color  # type: ignore[import-untyped]

AA = 4.5
"""The minimum contrast of small text, WCAG 2.2 success criterion 1.4.3."""

_LONGEST = 64
"""Code points of a colour."""
_DIMMING = 0.22
"""How far the colour of a dimmed label is from the font's towards the background's, from 0 to 1."""
_TINT = 0.08
"""The largest share of its colour that the ornament adds to the background behind a label."""

Channels = tuple[float, float, float]

# CSS Color Module Level 4, section 18, "Sample code for Color Conversions".
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
    """A colour that is safe to print in CSS."""

    css: str
    """The colour in CSS: `#rrggbb`, `#rrggbbaa`, or a function if it is wider than sRGB."""
    channels: Channels | None
    """Red, green and blue in sRGB, from 0 to 1. For a wider colour each is clipped; `None` if they
    are not known."""
    alpha: float
    """From 0, transparent, to 1, opaque."""


@lru_cache(256)
def read_colour(text: str) -> Colour:
    """Return the colour that a text is in CSS Color Level 4.

    Raises `ValueError` if it is not one, if it is not finite or has more than 64 code points, and
    for `currentcolor`, which depends on the page.
    """
    if len(text) > _LONGEST:
        raise ValueError(f"not a CSS colour of at most {_LONGEST} characters")
    parsed: Any = parse_color(text)  # raises ValueError for a wrong `color()`
    if parsed is None or parsed == "currentcolor" or not all(isfinite(n or 0) for n in parsed):
        raise ValueError("not a CSS colour")
    if parsed.space in ("srgb", "hsl", "hwb"):
        red, green, blue = (min(1.0, max(0.0, n)) for n in parsed.to("srgb").coordinates)
        return _build_srgb((red, green, blue), parsed.alpha)
    return Colour(_write_function(parsed), _convert_to_srgb(parsed), parsed.alpha)


@lru_cache(256)
def compute_contrast(font: Colour, background: Colour) -> float | None:
    """Return the contrast of two colours from 1 to 21, as WCAG 2.2 defines it.

    Return `None` if it cannot be computed: the background is not opaque, or a colour has no known
    value in sRGB.
    """
    if font.channels is None or background.channels is None or background.alpha < 1:
        return None
    text = _mix(background.channels, font.channels, font.alpha)
    return _compute_channel_contrast(text, background.channels)


def choose_readable(font: Colour, background: Colour) -> Colour:
    """Return the font's colour, or black or white if its contrast is less than AA."""
    contrast = compute_contrast(font, background)
    if contrast is None or contrast >= AA:
        return font
    return max((_BLACK, _WHITE), key=lambda colour: compute_contrast(colour, background) or 0)


def dim_font(font: Colour, background: Colour) -> Colour:
    """Return the font's colour dimmed for labels, or undimmed if dimming would lose AA."""
    contrast = compute_contrast(font, background)
    if font.channels is None or background.channels is None or contrast is None:
        return font
    opaque = _mix(background.channels, font.channels, font.alpha)
    dimmed = _build_srgb(_mix(opaque, background.channels, _DIMMING), 1.0)
    ornament = choose_ornament(font, background)
    return dimmed if _is_readable_on_ornament(dimmed, ornament, background) else font


def choose_ornament(font: Colour, background: Colour) -> Colour:
    """Return the colour of the ornament, the faint shape behind the text.

    It is the font's. If text would lose AA on it, it is black for a font that is lighter than its
    background, and white for a darker font.
    """
    contrast = compute_contrast(font, background) or 0
    if contrast < AA or _is_readable_on_ornament(font, font, background):
        return font
    assert font.channels  # noqa: S101 - their contrast is known
    assert background.channels  # noqa: S101
    is_light = _compute_luminance(font.channels) > _compute_luminance(background.channels)
    return _BLACK if is_light else _WHITE


def _is_readable_on_ornament(text: Colour, ornament: Colour, background: Colour) -> bool:
    """Return whether a text has AA on its background, and where the ornament tints it."""
    if ornament.channels is None or background.channels is None:
        return False
    share = _TINT * ornament.alpha
    tinted = _build_srgb(_mix(background.channels, ornament.channels, share), 1.0)
    return all((compute_contrast(text, behind) or 0) >= AA for behind in (background, tinted))


def _build_srgb(channels: Channels, alpha: float) -> Colour:
    digits = [*channels, alpha] if alpha < 1 else channels
    return Colour("#" + "".join(f"{round(n * 255):02x}" for n in digits), channels, alpha)


def _convert_to_srgb(parsed: Any) -> Channels | None:
    """Return the clipped sRGB channels of a colour in another space, or `None` for `color()`."""
    if parsed.space in ("oklab", "oklch"):
        xyz = parsed.to("xyz-d65").coordinates
    elif parsed.space in ("lab", "lch"):
        xyz = _multiply(_D50_TO_D65, parsed.to("xyz-d50").coordinates)
    else:
        return None
    red, green, blue = map(_encode_gamma, _multiply(_XYZ_TO_RGB, xyz))
    return red, green, blue


def _multiply(matrix: tuple[Channels, ...], vector: Channels) -> Channels:
    red, green, blue = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return red, green, blue


def _encode_gamma(linear: float) -> float:
    """Return a channel of sRGB from linear light, clipped to the range of sRGB."""
    light = min(1.0, max(0.0, linear))
    return light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


def _write_function(parsed: Any) -> str:
    """Return a colour of another space in CSS, with four decimals."""
    numbers = " ".join("none" if n is None else f"{n:.4f}" for n in parsed.coordinates)
    alpha = f" / {parsed.alpha:.4f}" if parsed.alpha < 1 else ""
    if parsed.space in ("lab", "lch", "oklab", "oklch"):
        return f"{parsed.space}({numbers}{alpha})"
    return f"color({parsed.space} {numbers}{alpha})"


def _mix(base: Channels, added: Channels, share: float) -> Channels:
    """Return the channels of a base colour that another one covers by a share from 0 to 1."""
    red, green, blue = (a + (b - a) * share for a, b in zip(base, added, strict=True))
    return red, green, blue


def _compute_channel_contrast(text: Channels, background: Channels) -> float:
    darker, lighter = sorted(map(_compute_luminance, (text, background)))
    return (lighter + 0.05) / (darker + 0.05)


def _compute_luminance(channels: Channels) -> float:
    """Return the relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    red, green, blue = (
        n / 12.92 if n <= 0.04045 else ((n + 0.055) / 1.055) ** 2.4 for n in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


_BLACK, _WHITE = read_colour("#000000"), read_colour("#ffffff")

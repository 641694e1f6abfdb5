"""Colours: only what was parsed is written, and contrast is what WCAG says it is."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shortcodes_covid19.colours import (
    AA,
    Colour,
    choose_ornament,
    choose_readable,
    compute_contrast,
    dim_font,
    read_colour,
)

WRITTEN = {
    "#fff": "#ffffff",
    "#0C3278": "#0c3278",
    "#0c327880": "#0c327880",
    " Red ": "#ff0000",
    "transparent": "#00000000",
    "rgb(12 50 120 / 50%)": "#0c327880",
    "rgba(300, -5, 0, 2)": "#ff0000",
    "hsl(120deg 50% 50%)": "#40bf40",
    "hwb(90 10% 10%)": "#80e61a",
    "rgb(1e99 2 3)": "#ff0203",
    "lab(50 none 3)": "lab(50.0000 none 3.0000)",
    "oklch(0.5 0.1 200 / .5)": "oklch(0.5000 0.1000 200.0000 / 0.5000)",
    "color(display-p3 1 0 0)": "color(display-p3 1.0000 0.0000 0.0000)",
    "#fff/**/": "#ffffff",
}

NO_COLOURS = [
    "",
    "blau",
    "#12",
    "ffffff",
    "currentcolor",
    "inherit",
    "var(--x)",
    "url(x)",
    "#fff;background:red",
    "#fff}",
    "red blue",
    "color()",
    "rgb(calc(1) 2 3)",
    "oklch(1e999 0 0)",
    "hwb(90 1e999 1e999)",
    "rgb(" + "0" * 80 + " 0 0)",
]


def test_a_colour_is_written_back_from_what_was_parsed() -> None:
    assert {text: read_colour(text).css for text in WRITTEN} == WRITTEN


@pytest.mark.parametrize("text", NO_COLOURS)
def test_an_invalid_colour_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_colour(text)


PIECES = (
    "rgb( hsl( hwb( lab( oklch( color( srgb xyz none 1 50% 1e999 90deg ) # fff red ' \" \\ ; { }"
    " [ ] ( /* */ <!-- , / url(x) var(--x) expression( @import ! - +"
)
pieces = st.sampled_from(PIECES.split())


@settings(deadline=None)
@given(st.one_of(st.text(), st.lists(pieces).map(" ".join), st.lists(pieces).map("".join)))
def test_nothing_but_a_colour_gets_through(text: str) -> None:
    try:
        css = read_colour(text).css
    except ValueError:
        return
    assert re.fullmatch(r"#[0-9a-f]{6}([0-9a-f]{2})?|[a-z]+\([a-z0-9 ./-]+\)", css)


@pytest.mark.parametrize(
    ("font", "ground", "expected"),
    [
        ("#fff", "#000", 21.0),
        ("#777", "#fff", 4.48),
        ("#fff", "#0c3278", 12.05),
        ("red", "red", 1.0),
    ],
)
def test_contrast_is_counted_as_wcag_does(font: str, ground: str, expected: float) -> None:
    found = compute_contrast(read_colour(font), read_colour(ground))
    assert found is not None
    assert round(found, 2) == expected


@pytest.mark.parametrize("ground", ["transparent", "#0008", "color(xyz 0.5 0.1 0.2)"])
def test_contrast_is_unknown_where_the_page_or_the_screen_decides(ground: str) -> None:
    assert compute_contrast(read_colour("#fff"), read_colour(ground)) is None


def test_labels_are_dimmed_only_as_far_as_they_stay_readable() -> None:
    pairs = {("#fff", "#0c3278"): "#cad2e1", ("#767676", "#fff"): "#767676"}
    dimmed = {(f, g): dim_font(read_colour(f), read_colour(g)).css for f, g in pairs}
    assert dimmed == pairs


@example(read_colour("#008800"), read_colour("#000000"))
@settings(deadline=None, max_examples=400)
@given(*[st.integers(0, 0xFFFFFF).map(lambda n: read_colour(f"#{n:06x}"))] * 2)
def test_what_can_be_read_on_its_background_can_be_read_on_the_ornament(
    font: Colour, ground: Colour
) -> None:
    """A figure and a label, where the shape lends the background 6 % of its colour."""
    if (compute_contrast(font, ground) or 0) < AA:
        return
    shape = choose_ornament(font, ground)
    digits = (round(b + (a - b) * 0.06) for a, b in zip(_bytes(shape), _bytes(ground), strict=True))
    tinted = read_colour("#" + "".join(f"{digit:02x}" for digit in digits))
    behind = [compute_contrast(text, tinted) or 0 for text in (font, dim_font(font, ground))]
    assert min(behind) >= AA - 0.01


def _bytes(colour: Colour) -> bytes:
    return bytes.fromhex(colour.css[1:7])


@pytest.mark.parametrize(
    ("font", "ground", "expected"),
    [
        ("#fff", "#ff0", "#000000"),
        ("#888", "#777", "#000000"),
        ("#888", "#333", "#ffffff"),
        ("#fff", "#0c3278", "#ffffff"),
        ("#ff000080", "#000", "#ffffff"),
        ("#888", "transparent", "#888888"),
    ],
)
def test_a_colour_that_cannot_be_read_becomes_black_or_white(
    font: str, ground: str, expected: str
) -> None:
    assert choose_readable(read_colour(font), read_colour(ground)).css == expected

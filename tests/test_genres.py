"""Genres in which brackets are something else: what strips a text leaves each byte of them."""

from __future__ import annotations

import pytest

import shortcodes
from tests.genres import CANNOT_KNOW, GENRES


@pytest.mark.parametrize("text", GENRES.values(), ids=GENRES)
def test_no_bracket_of_another_genre_is_a_shortcode(text: str) -> None:
    assert shortcodes.strip(text) == text
    assert shortcodes.fix(text) == text
    assert shortcodes.extract(text) == []


@pytest.mark.parametrize("text", CANNOT_KNOW.values(), ids=CANNOT_KNOW)
def test_what_looks_like_a_shortcode_in_every_way_is_one(text: str) -> None:
    assert len(shortcodes.extract(text)) == 1

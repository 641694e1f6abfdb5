"""The other shapes of a card: badge, text, Markdown, data."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from shortcodes import Engine
from shortcodes_covid19 import SHAPES, CardHandler, CardOptions, Origin, cards
from tests.covid19_pages import TODAY, Known, card, noon

ALL = 'confirmed-24h=1 deaths-24h=1 deaths-rate=1 last-update="Y-m-d"'
SVG = "{http://www.w3.org/2000/svg}"


def shaped(shape: str, attributes: str, known: Known | None = None) -> str:
    """Return one card in a shape."""
    handler = CardHandler(known or "snapshot", clock=noon)
    (one,) = cards(card(attributes), handler=handler)
    return SHAPES[shape](one)


def test_as_text_a_card_is_a_line_for_each_figure() -> None:
    assert shaped("text", f"region=EG {ALL}") == (
        "🇪🇬 Egypt\n"
        "Confirmed: 35,444 (+1,365 New cases)\n"
        "Deaths: 1,271 (+34 New deaths; 3.59% Death rate)\n"
        "Recovered: 9,375\n"
        "Active: 24,798\n"
        "Last updated: 2020-06-08\n"
        "Source: DXY.cn, django-covid19 (MIT), https://github.com/leafcoder/django-covid19\n"
        "frozen 2020-06-08"
    )


def test_as_text_a_sign_stays_before_its_number_where_the_line_runs_from_the_right() -> None:
    lines = shaped("text", "region=AE rtl=1 confirmed-24h=1").splitlines()
    assert lines[1] == "Confirmed: \u206639,376\u2069 (\u2066+568\u2069 New cases)"


def test_as_markdown_a_card_is_a_table_that_any_markdown_reads() -> None:
    made = shaped("markdown", f"region=EG {ALL}")
    assert made == (
        "🇪🇬 **Egypt**\n\n"
        "| | | |\n"
        "|---|--:|---|\n"
        "| Confirmed | 35,444 | +1,365 New cases |\n"
        "| Deaths | 1,271 | +34 New deaths, 3.59% Death rate |\n"
        "| Recovered | 9,375 |  |\n"
        "| Active | 24,798 |  |\n\n"
        "Last updated: 2020-06-08 · Source: "
        "[DXY.cn, django-covid19](<https://github.com/leafcoder/django-covid19>) "
        "([MIT](<https://spdx.org/licenses/MIT.html>)) · frozen 2020-06-08"
    )
    html = MarkdownIt("gfm-like", {"linkify": False}).render(made)
    assert (html.count("<tr>"), html.count("<td"), html.count("<a ")) == (5, 12, 2)


@settings(deadline=None)
@given(st.text("ab|*_`[]()<>&#-+=1.)!\\~: \n", max_size=12))
def test_what_an_author_writes_means_nothing_in_markdown(words: str) -> None:
    quoted = words.replace("[", "").replace("]", "").replace("\\", "")
    for name in ("region-name", "confirmed-label", "last-update-label"):
        made = shaped("markdown", f"region=EG {ALL} {name}='x{quoted}'")
        html = MarkdownIt("gfm-like", {"linkify": False}).render(made)
        assert [html.count(f"<{tag}") for tag in ("p>", "tr>", "td", "a ", "strong>")] == [
            *(2, 5, 12, 2, 1)
        ]
        assert [tag for tag in ("em>", "code", "ul", "ol", "h", "s>") if f"<{tag}" in html] == []


def test_as_data_a_card_has_every_figure_with_its_day_whatever_it_shows() -> None:
    known = Known(age=5, days=7)
    assert json.loads(shaped("json", "region=PS", known)) == {
        "region": "PS",
        "name": "Palestine",
        "as_of": "2026-11-23",
        "age_days": 5,
        "confirmed": 516023,
        "deaths": 24830,
        "recovered": None,
        "active": None,
        "new_confirmed": 2210,
        "new_deaths": 38,
        "days": 7,
        "deaths_rate": 4.81,
        "freshness": "fresh",
        "fetched_at": f"{TODAY}T00:00:00+00:00",
        "source": {
            "key": "test",
            "name": "A source of this test",
            "url": "https://example.org/figures",
            "licence": "CC-BY-4.0",
            "licence_url": "https://example.org/licence",
        },
        "notes": [],
    }


def test_as_data_a_card_of_nowhere_has_the_same_names_and_no_figures() -> None:
    somewhere, nowhere = (
        json.loads(shaped("json", f"region={region}")) for region in ("EG", "Nowhere")
    )
    assert somewhere.keys() == nowhere.keys()
    kept = {key: value for key, value in nowhere.items() if value not in (None, [])}
    assert kept == {"region": "Nowhere", "name": "Nowhere", "days": 1}


@pytest.mark.parametrize("shape", ["text", "markdown", "badge"])
def test_no_word_of_a_card_can_command_a_terminal(shape: str) -> None:
    class Hostile(Known):
        @property
        def origin(self) -> Origin:
            return replace(super().origin, name="a\x1b]0;b\x07", licence="\x9b1m")

    attributes = "region=EG region-name='\x1b]0;' confirmed-label='\x7f\x07'"
    made = shaped(shape, attributes, Hostile())
    assert ("�" in made, re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f]", made)) == (True, [])


def test_a_badge_is_a_picture_whose_title_says_all_that_the_card_says() -> None:
    root = ElementTree.fromstring(shaped("badge", f"region=EG {ALL}"))
    assert (root.tag, root.get("role"), root.get("width")) == (f"{SVG}svg", "img", "240")
    assert root.findtext(f"{SVG}title") == shaped("text", f"region=EG {ALL}")
    assert [text.text for text in root.iter(f"{SVG}text")] == [
        "🇪🇬 Egypt",
        "35,444",
        "+1,365",
        "frozen 2020-06-08 · DXY.cn, django-covid19",
    ]


@pytest.mark.parametrize(
    "attributes",
    [
        "",
        "region=ZZ",
        "region-name='<script>x</script>' rtl=1",
        "bg-color=#fff8",
        "region='\x1b\ufffe'",
        "region-name='\x00\ud800' confirmed-label='\x1b[31m'",
    ],
)
def test_a_badge_is_always_well_formed_and_runs_nothing(attributes: str) -> None:
    root = ElementTree.fromstring(shaped("badge", attributes))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == {
        "svg",
        "title",
        "rect",
        "text",
    }


def test_a_long_name_is_squeezed_into_its_badge() -> None:
    root = ElementTree.fromstring(shaped("badge", f"region=EG region-name='{'Long ' * 20}'"))
    lengths = [text.get("textLength") for text in root.iter(f"{SVG}text")]
    assert lengths == ["216", None, "216"]


def test_a_site_may_have_badges_in_place_of_cards() -> None:
    engine = Engine()
    engine.register("covid19-ultimate-card", CardHandler(options=CardOptions(shape="badge")))
    page = engine.render("[covid19-ultimate-card region=EG] and [covid19-ultimate-card region=AE]")
    assert (page.count("<svg"), page.count("<article"), page.count("<style")) == (2, 0, 0)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"shape": "text"}, "shape must be one of 'card', 'badge', not 'text'"),
        ({"heading": 1}, "heading must be one of 2, 3, 4, 5, 6, not 1"),
        ({"numbers": "roman"}, "numbers must be one of 'latn', 'native', not 'roman'"),
        ({"fix_contrast": "x"}, "fix_contrast must be a bool, not str"),
    ],
)
def test_an_unknown_look_is_a_wrong_call(wrong: dict[str, str], message: str) -> None:
    with pytest.raises((TypeError, ValueError), match=message):
        CardOptions(**wrong)  # type: ignore[arg-type]


def test_a_card_is_headed_at_the_level_that_the_site_says() -> None:
    engine = Engine()
    engine.register("covid19-ultimate-card", CardHandler(options=CardOptions(heading=4)))
    page = engine.render("[covid19-ultimate-card]", options={"styles": "none"})
    assert '<h4 class="cov19u-name" id="cov19u-1"><bdi>World</bdi></h4>' in page


def test_colours_that_are_hard_to_read_are_corrected_on_request_and_reported() -> None:
    engine = Engine()
    engine.register("covid19-ultimate-card", CardHandler(options=CardOptions(fix_contrast=True)))
    styles: dict[str, str] = {}
    found: list[object] = []
    engine.render(
        "[covid19-ultimate-card bg-color=yellow]",
        stylesheets=styles,
        diagnostics=found,  # type: ignore[arg-type]
    )
    assert [d.message for d in found] == [  # type: ignore[attr-defined]
        "#ffffff on #ffff00 has a contrast of 1.07, less than 4.5; #000000 is used"
    ]
    assert "--cov19u-font: #000000; --cov19u-ground: #ffff00" in "".join(styles.values())

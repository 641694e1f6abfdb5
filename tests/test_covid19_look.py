"""The card in a browser: what markup alone cannot prove."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import pytest

import shortcodes
from shortcodes import Context
from shortcodes_covid19 import CardHandler, Figures, Origin

REGIONS = {"EG": "مصر", "AE": "الإمارات العربية المتحدة", "PS": "فلسطين", "world": "العالم"}
SHARED = (
    'confirmed-24h="true" deaths-24h="true" deaths-rate="true" rtl="true" last-update="Y-m-d H:i"'
)
TEXT = "".join(
    f'[covid19-ultimate-card region="{code}" region-name="{name}" {SHARED}]'
    for code, name in REGIONS.items()
)
MEASURE = """() => {
  const all = [...document.querySelectorAll('.cov19u-card')];
  const others = ":not(.cov19u-ornament, circle, .cov19u-sr)";
  const inside = [...document.querySelectorAll(`.cov19u-card ${others}`)];
  const texts = inside.filter(e => e.textContent.trim());
  const cut = texts.filter(e => {
    const card = e.closest('.cov19u-card').getBoundingClientRect(), own = e.getBoundingClientRect();
    return own.left < card.left || own.right > card.right || own.bottom > card.bottom;
  });
  const figures = [...document.querySelectorAll('.cov19u-figure')];
  const cells = [...all[0].querySelectorAll(".cov19u-cell")];
  return {
    heights: new Set(all.map(e => Math.round(e.getBoundingClientRect().height))).size,
    overflow: document.documentElement.scrollWidth - innerWidth,
    cut: cut.map(e => e.className),
    broken: figures.filter(e => e.scrollWidth > e.clientWidth || e.scrollHeight > 80).length,
    smallest: Math.min(...texts.map(e => parseFloat(getComputedStyle(e).fontSize))),
    columns: new Set(cells.map(e => Math.round(e.getBoundingClientRect().right))).size,
  };
}"""


class Late:
    """Figures as large as they grew: nine digits each."""

    origin = Origin("test", "Test", "https://example.org/", "CC0-1.0", ended=date(2024, 4, 13))

    def fetch(self, regions: Collection[str]) -> dict[str, Figures]:
        counts = (776973433, 707772500, 704753890, 676973433, -555555555, 444444444)
        return {
            code: Figures(code, self.origin.ended, self.origin, None, *counts) for code in regions
        }


@pytest.fixture(scope="module")
def html() -> str:
    return page_of(CardHandler())


def page_of(handler: CardHandler) -> str:
    context = Context()
    found = shortcodes.parse(TEXT, tags=handler.tags).shortcodes()
    cards = "".join(handler.handle(shortcode, context) for shortcode in found)
    style = "".join(context.stylesheets.values())
    return (
        '<!doctype html><html lang="ar" dir="rtl"><meta charset="utf-8"><title>x</title>'
        f"<style>body {{ margin: 1rem }} {style}</style>{cards}"
    )


@pytest.mark.parametrize(("width", "columns"), [(1200, 3), (600, 3), (360, 2), (320, 2)])
def test_four_cards_are_one_series_at_every_width(
    browser: Any, html: str, width: int, columns: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(html)
    measured = page.evaluate(MEASURE)
    page.close()
    assert asked == []
    assert measured == {
        "heights": 1,
        "overflow": 0,
        "cut": [],
        "broken": 0,
        "smallest": 12.8,
        "columns": columns,
    }


@pytest.mark.parametrize("width", [320, 480, 520])
def test_figures_of_nine_digits_stay_whole_and_in_their_cells(browser: Any, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.set_content(page_of(CardHandler(Late())))
    measured = page.evaluate(MEASURE)
    page.close()
    kept = {name: measured[name] for name in ("heights", "overflow", "cut", "broken")}
    assert kept == {"heights": 1, "overflow": 0, "cut": [], "broken": 0}


def test_the_sign_stands_before_its_number_and_the_date_before_the_hour(
    browser: Any, html: str
) -> None:
    page = browser.new_page()
    page.set_content(html)
    places = page.evaluate(
        """() => ['.cov19u-change data', '.cov19u-foot time'].map(selector => {
          const text = document.querySelector(selector).firstChild, range = document.createRange();
          const left = n => (range.setStart(text, n), range.setEnd(text, n + 1),
                             range.getBoundingClientRect().left);
          return left(0) < left(text.length - 1);
        })"""
    )
    page.close()
    assert places == [True, True]


@pytest.mark.parametrize("media", [{"media": "print"}, {"forced_colors": "active"}])
def test_paper_and_forced_colours_show_dark_on_light_without_the_ornament(
    browser: Any, html: str, media: dict[str, str]
) -> None:
    page = browser.new_page()
    page.emulate_media(**media)
    page.set_content(html)
    shown = page.evaluate(
        """() => {
          const style = selector => getComputedStyle(document.querySelector(selector));
          return ['.cov19u-card', '.cov19u-label', '.cov19u-foot'].map(s => style(s).color)
            .concat(style('.cov19u-card').backgroundColor, style('.cov19u-ornament').display);
        }"""
    )
    page.close()
    black, white = "rgb(0, 0, 0)", "rgb(255, 255, 255)"
    assert shown == [black, black, black, white, "none"]

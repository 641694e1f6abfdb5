"""The card in a browser: what markup alone cannot prove."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection
from datetime import date
from typing import Any

import pytest

import shortcodes
from shortcodes import Context, Engine
from shortcodes_covid19 import CardHandler, Figures, Origin, stylesheet
from tests import needs
from tests.covid19_pages import COLOURS, PAGES, TAG

pytestmark = pytest.mark.slow

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


AXE = """async () => {
  const found = await axe.run(document, {resultTypes: ['violations', 'incomplete']});
  const shown = results => results.flatMap(rule => rule.nodes.map(node => {
    const card = document.querySelector(node.target[0]).closest('.cov19u-card, .cov19u-badge');
    return [rule.id, [...document.querySelectorAll('.cov19u-card, .cov19u-badge')].indexOf(card)];
  }));
  return [shown(found.violations), shown(found.incomplete)];
}"""
WITHOUT_ORNAMENT = ".cov19u-ornament { display: none }"
"""Axe tells nothing of text on a picture; that the ornament costs no contrast is a property of its
colour, held in test_covid19_colours.py."""

MODES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
}


@pytest.fixture(scope="module")
def axe() -> str:
    return (needs.npm_package("axe-core") / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_but_the_colours_that_are_reported_and_nothing_is_cut_or_overflows(
    browser: Any, axe: str, name: str, direction: str, mode: str
) -> None:
    html = PAGES[name].html(rtl=direction == "rtl")
    page = browser.new_page()
    page.emulate_media(**MODES[mode])
    page.set_content(html)
    page.add_style_tag(content=WITHOUT_ORNAMENT)
    page.evaluate(axe)
    forced = mode == "forced"  # where the reader's own colours stand for those of the author
    hard = set() if forced else {("color-contrast", place) for place in _hard_to_read(name)}
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        violations, incomplete = page.evaluate(AXE)
        wrong = {tuple(one) for one in violations}
        unsure = {tuple(one) for one in incomplete} - {("color-contrast", -1)}
        measured = page.evaluate(MEASURE) if page.locator(".cov19u-card").count() else _NO_CARD
        kept = {key: measured[key] for key in ("overflow", "cut", "broken")}
        assert (width, wrong, kept) == (width, hard, {"overflow": 0, "cut": [], "broken": 0})
        assert (width, unsure) == (width, _UNSURE_OF_BADGES if name == "badges" else set())
    page.close()


_UNSURE_OF_BADGES = {("color-contrast", place) for place in range(4)}
"""Text on a rectangle of the same picture; its colours are the card's."""
_NO_CARD = {"overflow": 0, "cut": [], "broken": 0}


def _hard_to_read(name: str) -> list[int]:
    """Return which cards of a page lint reports, as places among them."""
    text = PAGES[name].text
    document = shortcodes.parse(text, tags=[TAG])
    starts = [shortcode.span[0] for shortcode in document.shortcodes()]
    if PAGES[name].card_options.fix_contrast:
        return []
    linted = shortcodes.lint(text, engine=Engine(installed=True))
    found = [d.span[0] for d in linted if (d.code, d.severity) == ("SC505", "warning")]
    return [bisect_right(starts, place) - 1 for place in found]


def test_the_colours_that_are_reported_are_those_that_wcag_fails() -> None:
    reported = _hard_to_read("colours")
    assert [n not in reported for n in range(len(COLOURS))] == list(COLOURS.values())


def test_cards_work_where_a_policy_allows_the_sites_own_style_sheet_alone(
    browser: Any,
) -> None:
    policy = {"Content-Security-Policy": "default-src 'none'; style-src 'self'"}
    styles: dict[str, str] = {}
    engine = Engine(installed=True)
    cards = engine.render(
        f"[{TAG} region=EG][{TAG} region=AE font-color=#000 bg-color=#ffd700]",
        options={"styles": "none"},
        stylesheets=styles,
    )
    page = f'<!doctype html><title>x</title><link rel=stylesheet href="/cards.css">{cards}'
    css = "\n".join(styles.values())
    assert css == stylesheet(("#000", "#ffd700"))
    answers: dict[str, dict[str, Any]] = {
        "http://site.test/": {"body": page, "content_type": "text/html", "headers": policy},
        "http://site.test/cards.css": {"body": css, "content_type": "text/css"},
    }
    with browser.new_context() as context:
        said: list[str] = []
        tab = context.new_page()
        tab.on("console", lambda message: said.append(message.text))
        tab.route("**/*", lambda route: route.fulfill(**answers[route.request.url]))
        tab.goto("http://site.test/")
        shown = tab.evaluate(
            """() => [...document.querySelectorAll('.cov19u-card')].map(e => {
              const style = getComputedStyle(e);
              return [style.color, style.backgroundColor];
            })"""
        )
    assert shown == [
        ["rgb(255, 255, 255)", "rgb(12, 50, 120)"],
        ["rgb(0, 0, 0)", "rgb(255, 215, 0)"],
    ]
    assert said == []


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

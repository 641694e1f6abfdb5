"""WordPress's tags in a browser: what it runs, what it asks for, and how they look."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pytest

from shortcodes import Engine
from shortcodes.engine import default_engine
from shortcodes_covid19.attributes import FIELDS
from shortcodes_wordpress import TAGS, Media, register
from tests.hostile import TOGETHER, quoted
from tests.leaks import beyond_media_in
from tests.test_wordpress_tags_hostile import IMAGE, NAMES, WORKING, Hostile, attributes_of
from tests.visit import ELEMENTS, MEDIA, Visit

pytestmark = pytest.mark.slow

MEASURE = """() => {
  const box = e => e.getBoundingClientRect();
  const all = [...document.querySelectorAll('main *')];
  const first = n => [...document.querySelectorAll('.gallery')][n].querySelectorAll('li');
  const columns = n => new Set([...first(n)].map(e => Math.round(box(e).left))).size;
  return {
    overflow: document.documentElement.scrollWidth - innerWidth,
    outside: all.filter(e => box(e).left < 0 || box(e).right > innerWidth).map(e => e.outerHTML),
    smallest: Math.min(...all.filter(e => e.offsetWidth && e.textContent.trim()).map(
      e => parseFloat(getComputedStyle(e).fontSize))),
    columns: [columns(0), columns(1)],
    captions: [...document.querySelectorAll('.wp-caption')].filter(
      e => e.lastElementChild.offsetWidth > e.querySelector('img').offsetWidth).length,
    shape: getComputedStyle(document.querySelector('.wp-embed iframe')).aspectRatio,
  };
}"""


class Library:
    """Pictures, sounds and films, with long words and short ones."""

    def attachments(self, ids: Collection[int]) -> dict[int, Media]:
        return {number: self._one(number) for number in ids}

    def _one(self, number: int) -> Media:
        words = "Words that go on for longer than the picture is wide" if number % 2 else ""
        if number < 20:
            return Media(f"/{number}.svg", "image/svg+xml", caption=words, alt=f"Picture {number}")
        if number < 30:
            cover = "/cover.svg" if number % 2 else ""
            return Media(
                f"/{number}.mp3",
                "audio/mpeg",
                title=words or "Coda",
                artist="The Ensemble",
                seconds=185,
                image=cover,
            )
        return Media(f"/{number}.mp4", "video/mp4", width=640, height=360, image="/still.svg")


EVERY_TAG = """\
<h1>Every tag</h1>
[caption align="alignright"]<img src="/small.svg" alt="x"> Words to the right.[/caption]
<p>Words beside it.</p>
[caption align="aligncenter"]<img src="/small2.svg" alt="x"> Words below the middle.[/caption]
[caption width="900"]<img src="/wide.svg" alt="x"> Words below a wide one.[/caption]
[gallery ids="1,2,3,4,5"]
[gallery ids="1,2,3,4,5,6,7" columns="6" link="file"]
[audio src="/a.mp3"]
[video mp4="/v.mp4" poster="/still.svg"]
[playlist ids="20,21,22"]
[playlist ids="20,21" style="dark" tracknumbers="no"]
[playlist type="video" ids="30"]
[embed]https://example.org/a/very/long/address/that/goes/on/and/on/and/does/not/want/to/end[/embed]
[embed]https://youtu.be/abc-efg_ijk[/embed]
"""


def every_tag() -> str:
    engine = Engine()
    register(engine, media=Library(), providers=["youtube"])
    return engine.render(EVERY_TAG, format="html", options={"page": True, "title": "Every tag"})


def hostile_page(values: tuple[str, ...]) -> str:
    """Return a page with every value in every attribute and in the content of every tag."""
    engine = Engine(on_error="placeholder")
    register(engine, media=Hostile(*values), providers=["youtube", "vimeo"])
    texts = []
    for number, value in enumerate(values, 1):
        held = quoted(value)
        for tag in NAMES:
            names = [name for name in attributes_of(tag) if name not in ("ids", "src", "include")]
            working = WORKING[tag] if "ids" not in WORKING[tag] else f"ids={number}"
            urls = [n for n in names if n in ("mp3", "m4a", "ogg", "mp4", "webm", "poster")]
            rest = " ".join(f"{n}={held}" for n in names if n not in urls)
            texts += [f"[{tag} {working} {n}={held}]" for n in urls]
            texts.append(f"[{tag} src={held}]")
            texts.append(f"[{tag} {working} {rest}]{IMAGE}{value}[/{tag}]")
            texts.append(f"[{tag} {working}]{value}[/{tag}]")
    html = engine.render("\n\n".join(texts), options={"page": True, "title": "x"})
    assert beyond_media_in(html.partition("<main>")[2].partition("</main>")[0]) == []
    return html


@pytest.mark.parametrize("part", range(4))
def test_a_page_of_hostile_values_runs_nothing_and_asks_for_nothing_but_its_media(
    browser: Any, part: int
) -> None:
    visit = Visit(browser, hostile_page(TOGETHER[part::4])).touched(1000)
    harm, dom = visit.harm(), set(visit.page.evaluate(ELEMENTS))
    visit.page.close()
    assert harm == []
    assert {"<audio src>", "<img src>", "<a href>", "<video poster>"} - dom == {"<audio src>"}


@pytest.mark.parametrize(("width", "columns"), [(1200, [3, 6]), (360, [2, 2])])
def test_every_tag_fits_its_page(browser: Any, width: int, columns: list[int]) -> None:
    visit = Visit(browser, every_tag(), width)
    visit.page.wait_for_load_state("load")
    measured = visit.page.evaluate(MEASURE)
    visit.page.close()
    assert visit.events == []
    assert measured == {
        "overflow": 0,
        "outside": [],
        "smallest": 14,
        "columns": columns,
        "captions": 0,
        "shape": "16 / 9",
    }


def test_a_page_of_every_tag_asks_for_its_media_and_its_frame_only(browser: Any) -> None:
    visit = Visit(browser, every_tag())
    visit.page.wait_for_load_state("load")
    known = set(visit.page.evaluate(MEDIA))
    visit.page.close()
    assert set(visit.asked) - known == set()
    assert "http://page.test/a.mp3" not in visit.asked
    assert sorted(TAGS) == sorted({*NAMES, "wp_caption"})


def test_a_page_of_hostile_cards_runs_nothing_and_asks_for_nothing(browser: Any) -> None:
    names = [field.name for field in FIELDS if field.name != "region"]
    texts = []
    for value in TOGETHER:
        held = quoted(value)
        given = " ".join(f"{name}={held}" for name in names)
        texts.append(f'[covid19-ultimate-card region="EG" {given}]{value}[/covid19-ultimate-card]')
        texts.append(f"[covid19-ultimate-card region={held}]")
    html = default_engine().render("\n\n".join(texts), options={"page": True, "title": "x"})
    visit = Visit(browser, html).touched()
    dom = set(visit.page.evaluate(ELEMENTS))
    cards = visit.count("article.cov19u-card")
    visit.page.close()
    assert cards >= len(TOGETHER)
    assert (visit.events, visit.asked) == ([], [])
    assert {name for name in dom if " on" in name} == set()
    assert dom & {"<script>", "<iframe>", "<object>", "<embed>", "<form>", "<base>"} == set()

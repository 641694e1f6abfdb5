"""Pages of cards that people look at, and tests measure: every state that a card can be in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from shortcodes import Engine
from shortcodes_covid19 import CardHandler, CardOptions, Figures, Origin
from shortcodes_html import page
from tests.repository import ROOT

TAG = "covid19-ultimate-card"
TODAY = date(2026, 11, 28)
ARTICLE = ROOT / "examples" / "article-ar.txt"
ALL = 'confirmed-24h="1" deaths-24h="1" deaths-rate="1" last-update="j F Y"'

COLOURS = {
    ("#ffffff", "#0c3278"): True,
    ("#000000", "#ffffff"): True,
    ("#767676", "#ffffff"): True,
    ("#777777", "#ffffff"): False,
    ("#ffff00", "#ffffff"): False,
    ("white", "darkgreen"): True,
    ("white", "orange"): False,
    ("hsl(0 0% 100%)", "hsl(350 80% 30%)"): True,
    ("#ffffff80", "#000000"): True,
    ("#ffffff40", "#000000"): False,
    ("oklch(0.95 0.03 90)", "oklch(0.3 0.1 200)"): True,
    ("lab(60 20 -40)", "lab(40 20 -40)"): False,
    ("#888", "#999"): False,
}
"""Pairs of `font-color` and `bg-color`, and whether small text in them can be read: WCAG's AA."""

Count = int | None
Counts = tuple[Count, Count, Count, Count, Count, Count]
"""In the order of the fields of `Figures`."""


@dataclass(frozen=True)
class Known:
    """A source that says for every region the same, from so many days ago."""

    counts: Counts = (516_023, 24_830, None, None, 2_210, 38)
    age: int = 0
    days: int = 1
    ended: bool = False

    @property
    def origin(self) -> Origin:
        day = self._day if self.ended else None
        name, url = "A source of this test", "https://example.org/figures"
        licence = "https://example.org/licence"
        return Origin("test", name, url, "CC-BY-4.0", licence, self.days, day)

    @property
    def _day(self) -> date:
        return date.fromordinal(TODAY.toordinal() - self.age)

    def fetch(self, regions: Collection[str]) -> Mapping[str, Figures]:
        now = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)
        return {
            region: Figures(region, self._day, self.origin, now, *self.counts, days=self.days)
            for region in regions
        }


@dataclass(frozen=True)
class Page:
    """A text with cards, and what renders it."""

    text: str
    source: object = "snapshot"
    card_options: CardOptions = field(default_factory=CardOptions)
    lang: str | None = None
    format: str = "text"
    css: str = ""

    def html(self, *, rtl: bool = False) -> str:
        """Return the page, run from right to left if need be."""
        handler = CardHandler(self.source, options=self.card_options, clock=noon)  # type: ignore[arg-type]
        engine = Engine()
        engine.register(TAG, handler)
        styles: dict[str, str] = {}
        options = {"styles": "none", **({"lang": self.lang} if self.lang else {})}
        text = self.text.replace(f"[{TAG} ", f'[{TAG} rtl="{str(rtl).lower()}" ')
        fragment = engine.render(
            text,
            format=self.format,  # type: ignore[arg-type]
            options=options,
            stylesheets=styles,
        )
        direction = "rtl" if rtl else "ltr"
        lang = self.lang or ("ar" if rtl else "en")
        return page(
            f"<h1>Cards</h1><h2>One</h2>{fragment}",
            title="Cards",
            lang=lang,
            direction=direction,
            stylesheets=[*styles.values(), self.css],
        )


def noon() -> datetime:
    return datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)


def card(attributes: str = "") -> str:
    """Return the source of a card, in a paragraph of its own."""
    return f"[{TAG} {attributes}]\n\n"


def _four(attributes: str = "") -> str:
    return "".join(card(f"region={region} {ALL} {attributes}") for region in _REGIONS)


_REGIONS = ("EG", "AE", "PS", "world")
_LONG = "Saint Vincent and the Grenadines and every Island that the Sea has not taken yet " * 2
_LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihungsbehörde"
_HUGE = (8_169_734_331, 777_707_720, 704_753_890_123, 67_697_343_300, -555_555_555, 444_444_444)

PAGES: dict[str, Page] = {
    "article": Page(ARTICLE.read_text(encoding="utf-8")),
    "english": Page(_four()),
    "missing": Page(
        card(f"region=EG {ALL}") + card("region=ZZ region-name=Nowhere") + card("region=XK"),
        Known((None, 0, None, None, None, None)),
    ),
    "unknown": Page(card(f"region=Atlantis {ALL}")),
    "long": Page(
        card(f'region=VC region-name="{_LONG}" {ALL} deaths-24h-label="{_LONG}"')
        + card(f'region=DE region-name="{_LONG_WORD}" {ALL} recovered-label="{_LONG_WORD}"')
    ),
    "huge": Page(_four(), Known(_HUGE)),
    "weekly": Page(_four(), Known(age=5, days=7)),
    "ageing": Page(_four(), Known(age=3)),
    "stale": Page(_four("bg-position=left"), Known(age=90, days=7)),
    "colours": Page(
        "".join(
            card(f'region=EG {ALL} font-color="{font}" bg-color="{ground}"')
            for font, ground in COLOURS
        )
    ),
    "fixed": Page(
        "".join(
            card(f'region=EG {ALL} font-color="{font}" bg-color="{ground}"')
            for font, ground in COLOURS
        ),
        card_options=CardOptions(fix_contrast=True),
    ),
    "native": Page(_four(), card_options=CardOptions(numbers="native"), lang="ar-EG"),
    "german": Page(_four("bg-position=center"), lang="de"),
    "chinese": Page(_four(), lang="zh-Hant"),
    "columns": Page(
        f'<div class="cov19u-cards">{_four()}</div>', format="html", css="body { max-width: none }"
    ),
    "badges": Page(_four(), card_options=CardOptions(shape="badge")),
}
"""By name."""

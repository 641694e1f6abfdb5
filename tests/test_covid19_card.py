"""The card: what an author writes, and the markup a reader gets."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import shortcodes
from shortcodes import Context, Diagnostic
from shortcodes_covid19 import WORLD, CardHandler, Figures, Origin, Snapshot, stylesheet
from shortcodes_covid19.attributes import FIELDS, KINDS

NAME = "covid19-ultimate-card"
EGYPT = (
    "[covid19-ultimate-card region=”EG” region-name=”مصر” confirmed-label=”اجمالي الحالات”"
    " confirmed-24h=”true” confirmed-24h-label=”الحالات الجديدة” deaths-label=”اجمالي الوفيات”"
    " deaths-24h=”true” deaths-24h-label=”الوفيات الجديدة” deaths-rate=”true”"
    " deaths-rate-label=”نسبة الوفيات” recovered-label=”المتعافون”"
    " active-label=”حالات تحت العلاج” font-color=”#ffffff” bg-color=”#0c3278″"
    " bg-position=”right” rtl=”true” last-update=”Y-m-d H:i”"
    " last-update-label=”تم تحديث البيانات في :”]"
)
EGYPT_CARD = """\
<article class="cov19u-card" lang="ar" dir="rtl" aria-labelledby="cov19u-1" \
data-freshness="frozen" data-ornament="right">
  <svg class="cov19u-ornament" viewBox="-110 -110 220 220" aria-hidden="true" focusable="false">\
<circle r="66" fill="currentColor"/><circle class="cov19u-spikes" r="80" pathLength="144"/>\
<circle class="cov19u-knobs" r="98" pathLength="144"/></svg>
  <h3 class="cov19u-name" id="cov19u-1">\
<span class="cov19u-flag" aria-hidden="true">🇪🇬</span>&nbsp;<bdi>مصر</bdi></h3>
  <dl class="cov19u-figures">
    <div class="cov19u-main cov19u-confirmed">
      <dt class="cov19u-label"><bdi>اجمالي الحالات</bdi></dt>
      <dd class="cov19u-figure"><bdi dir="ltr"><data value="35444">35,444</data></bdi></dd>
      <dd class="cov19u-note"><span class="cov19u-change">\
<bdi dir="ltr"><data value="1365">+1,365</data></bdi></span> \
<bdi class="cov19u-label">الحالات الجديدة</bdi></dd>
    </div>
    <div class="cov19u-cell cov19u-deaths">
      <dt class="cov19u-label"><bdi>اجمالي الوفيات</bdi></dt>
      <dd class="cov19u-figure"><bdi dir="ltr"><data value="1271">1,271</data></bdi></dd>
      <dd class="cov19u-note"><span class="cov19u-change">\
<bdi dir="ltr"><data value="34">+34</data></bdi></span> \
<bdi class="cov19u-label">الوفيات الجديدة</bdi></dd>
      <dd class="cov19u-note"><span class="cov19u-change">\
<bdi dir="ltr"><data value="3.59">3.59%</data></bdi></span> \
<bdi class="cov19u-label">نسبة الوفيات</bdi></dd>
    </div>
    <div class="cov19u-cell cov19u-recovered">
      <dt class="cov19u-label"><bdi>المتعافون</bdi></dt>
      <dd class="cov19u-figure"><bdi dir="ltr"><data value="9375">9,375</data></bdi></dd>
    </div>
    <div class="cov19u-cell cov19u-active">
      <dt class="cov19u-label"><bdi>حالات تحت العلاج</bdi></dt>
      <dd class="cov19u-figure"><bdi dir="ltr"><data value="24798">24,798</data></bdi></dd>
    </div>
  </dl>
  <footer class="cov19u-foot">
    <span><bdi>تم تحديث البيانات في :</bdi> \
<time datetime="2020-06-08" dir="ltr">2020-06-08 00:00</time></span>
    <span><bdi>المصدر:</bdi> \
<a href="https://github.com/leafcoder/django-covid19" dir="ltr" rel="external noopener">\
DXY.cn, django-covid19</a> \
<span class="cov19u-licence">\
(<a href="https://spdx.org/licenses/MIT.html" dir="ltr" rel="external noopener">MIT</a>)\
</span></span>
    <span class="cov19u-freshness"><bdi>متوقف عند</bdi> \
<time datetime="2020-06-08" dir="ltr">2020-06-08</time></span>
  </footer>
</article>"""
NO_DATA = "— no data"


def render(text: str, context: Context | None = None, handler: CardHandler | None = None) -> str:
    """Return the card of the first shortcode in the text."""
    shortcode = next(shortcodes.parse(text, tags=[NAME]).shortcodes())
    return str((handler or CardHandler()).handle(shortcode, context or Context()))


def card(attributes: str = "", **options: Any) -> str:
    return render(f"[{NAME} {attributes}]", Context(options=options))


def reports(attributes: str) -> list[Diagnostic]:
    context = Context()
    render(f"[{NAME} {attributes}]", context)
    return context.diagnostics


class _Page(HTMLParser):
    """Collects what a reader is shown or told, and every tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("h3", "dt", "dd") or ("class", "cov19u-freshness") in attrs:
            self.texts.append("")

    def handle_data(self, data: str) -> None:
        if self.texts and (data := data.replace("\n", "")):
            self.texts[-1] += data

    def said(self) -> list[str]:
        return [" ".join(text.replace("—", "— ").split()) for text in self.texts]


def said(html: str) -> list[str]:
    return _Page(html).said()


# The article's cards.


def test_the_card_of_egypt_is_this_markup() -> None:
    context = Context()
    assert render(EGYPT, context) == EGYPT_CARD
    assert context.diagnostics == []
    assert context.stylesheets == {"shortcodes_covid19": stylesheet()}


def test_without_a_region_the_card_is_the_world_and_has_no_flag() -> None:
    text = EGYPT.replace("region=”EG” ", "").replace("مصر", "العالم")
    assert said(render(text)) == [
        "العالم",
        "اجمالي الحالات",
        "7,063,127",
        "+107,667 الحالات الجديدة",
        "اجمالي الوفيات",
        "405,814",
        "+3,261 الوفيات الجديدة",
        "5.75% نسبة الوفيات",
        "المتعافون",
        "3,123,511",
        "حالات تحت العلاج",
        "3,533,802 تم تحديث البيانات في : 2020-06-08 00:00 المصدر: DXY.cn, django-covid19 (MIT)",
        "متوقف عند 2020-06-08",
    ]


def test_a_change_of_zero_is_written_without_a_sign() -> None:
    text = EGYPT.replace("EG", "PS").replace("مصر", "فلسطين")
    assert said(render(text))[:8] == [
        "🇵🇸 فلسطين",
        "اجمالي الحالات",
        "643",
        "0 الحالات الجديدة",
        "اجمالي الوفيات",
        "5",
        "0 الوفيات الجديدة",
        "0.78% نسبة الوفيات",
    ]


def test_two_cards_of_a_page_share_no_id() -> None:
    context = Context()
    cards = [render(EGYPT, context), render(EGYPT, context)]
    assert [re.findall(r'(?:id|aria-labelledby)="(.*?)"', html) for html in cards] == [
        ["cov19u-1", "cov19u-1"],
        ["cov19u-2", "cov19u-2"],
    ]


# Defaults and switches.


def test_without_attributes_the_card_has_its_defaults() -> None:
    page = _Page(card())
    assert page.said() == [
        "World",
        "Confirmed",
        "7,063,127",
        "Deaths",
        "405,814",
        "Recovered",
        "3,123,511",
        "Active",
        "3,533,802 Source: DXY.cn, django-covid19 (MIT)",
        "frozen 2020-06-08",
    ]
    assert page.tags[0] == (
        "article",
        {
            "class": "cov19u-card",
            "lang": "en",
            "dir": "ltr",
            "aria-labelledby": "cov19u-1",
            "data-freshness": "frozen",
            "data-ornament": "right",
        },
    )


@pytest.mark.parametrize("value", ["true", "TRUE", "1", "yes", "On"])
def test_every_usual_word_for_true_switches_a_figure_on(value: str) -> None:
    assert "+1,365 New cases" in said(card(f'region=EG confirmed-24h="{value}"'))


@pytest.mark.parametrize("value", ["false", "0", "no", "off", "", "2", "y", "enabled"])
def test_every_other_value_leaves_a_figure_off(value: str) -> None:
    assert "+1,365 New cases" not in said(card(f'region=EG confirmed-24h="{value}"'))


def test_names_compare_without_case_and_the_last_of_two_wins() -> None:
    assert said(card('REGION=ae Region=EG Region-Name="X" confirmed-LABEL="Y"'))[:3] == [
        "🇪🇬 X",
        "Y",
        "35,444",
    ]


@pytest.mark.parametrize("region", ["", "world", "World", "ALL", "001"])
def test_every_usual_name_of_the_world_is_understood(region: str) -> None:
    assert reports(f'region="{region}"') == []
    assert said(card(f'region="{region}"'))[2] == "7,063,127"


def test_a_blank_label_is_replaced_by_the_default() -> None:
    assert said(card('confirmed-label=" " deaths-label=""'))[1:4] == [
        "Confirmed",
        "7,063,127",
        "Deaths",
    ]


def test_the_ornament_stands_on_the_named_side_whatever_the_direction() -> None:
    shown = [
        re.findall(
            r'dir="(\w+)" aria.*data-ornament="(\w+)"', card(f"rtl={rtl} bg-position={side}")
        )
        for rtl in ("true", "false")
        for side in ("left", "Right", "center")
    ]
    assert shown == [
        [("rtl", "left")],
        [("rtl", "right")],
        [("rtl", "center")],
        [("ltr", "left")],
        [("ltr", "right")],
        [("ltr", "center")],
    ]


def test_last_update_is_a_format_of_php_in_the_language_and_direction_of_its_words() -> None:
    english = card('last-update="l, j F Y"')
    arabic = card('last-update="j F Y" region-name="العالم"')
    found = [re.search(r"<span><bdi>(.*?)</bdi> (<time.*?</time>)", x) for x in (english, arabic)]
    assert [match and match.groups() for match in found] == [
        (
            "Last updated:",
            '<time datetime="2020-06-08" dir="ltr">Monday, 8 June 2020</time>',
        ),
        ("آخر تحديث:", '<time datetime="2020-06-08" dir="rtl">8 يونيو 2020</time>'),
    ]


# Missing figures.


def test_a_figure_without_data_is_a_dash_and_says_so_and_is_never_nought() -> None:
    html = card("region=CW")
    assert html.count('<span class="cov19u-none" aria-hidden="true">—</span>') == 2
    assert html.count('<span class="cov19u-sr">no data</span>') == 2
    assert said(html)[5:8] == ["Recovered", NO_DATA, "Active"]


def test_a_card_of_an_unknown_region_keeps_its_cells_and_the_name_that_its_author_gave() -> None:
    attributes = 'region="Atlantis" confirmed-24h=1 deaths-24h=1 deaths-rate=1'
    assert said(card(attributes)) == [
        "Atlantis",
        "Confirmed",
        NO_DATA,
        f"{NO_DATA} New cases",
        "Deaths",
        NO_DATA,
        f"{NO_DATA} New deaths",
        f"{NO_DATA} Death rate",
        "Recovered",
        NO_DATA,
        "Active",
        NO_DATA,
        "no data",
    ]
    assert said(card('region="Atlantis" region-name="Plato’s"'))[0] == "Plato’s"
    assert said(card("region=hk"))[0] == "🇭🇰 Hong Kong"
    assert said(card("region=XJ"))[:3] == ["Diamond Princess", "Confirmed", "712"]


class _Partial:
    """A source that knows some figures only, of a day of its own."""

    origin = Origin("test", "Test", "https://example.org/", "CC0-1.0", ended=date(2024, 4, 13))

    def fetch(self, regions: Collection[str]) -> dict[str, Figures]:
        figures = Figures("", date(2024, 4, 1), self.origin, None, 0, 0, 0, None, -3, None)
        return {code: replace(figures, region=code) for code in regions}


def test_a_card_shows_zero_where_its_source_reports_zero() -> None:
    text = f"[{NAME} region=EG confirmed-24h=1 deaths-24h=1 deaths-rate=1]"
    assert said(render(text, handler=CardHandler(_Partial()))) == [
        "🇪🇬 Egypt",
        "Confirmed",
        "0",
        "−3 New cases",
        "Deaths",
        "0",
        f"{NO_DATA} New deaths",
        f"{NO_DATA} Death rate",
        "Recovered",
        "0",
        "Active",
        f"{NO_DATA} Source: Test (CC0-1.0)",
        "frozen 2024-04-01",
    ]


# Languages.


def test_a_language_without_words_of_ours_speaks_english_and_says_so() -> None:
    html = card("region=CW", lang="pl")
    assert said(html)[0] == "🇨🇼 Curaçao"
    assert '<article class="cov19u-card" lang="pl"' in html
    assert '<bdi lang="en">Source:</bdi>' in html
    assert '<bdi lang="en">frozen</bdi>' in html
    assert '<span class="cov19u-sr" lang="en">no data</span>' in html
    assert html.count('<dt class="cov19u-label"><bdi lang="en">Confirmed</bdi></dt>') == 1


@pytest.mark.parametrize(
    ("lang", "tag"),
    [("ar-EG", "ar-EG"), ("pt_BR", "pt-BR"), ("xx-nonsense", "en"), ("", "en"), (None, "en")],
)
def test_the_language_is_the_callers_if_cldr_has_it(lang: object, tag: str) -> None:
    assert f'<article class="cov19u-card" lang="{tag}"' in card(lang=lang)


def test_numbers_are_written_in_latin_digits_in_every_language() -> None:
    texts = {lang: said(card("region=EG", lang=lang))[2] for lang in ("ar-EG", "fa", "de", "hi")}
    assert texts == {"ar-EG": "35,444", "fa": "35,444", "de": "35.444", "hi": "35,444"}


# Bad values.


def test_a_bad_value_falls_back_and_is_reported_at_its_place() -> None:
    text = (
        f'[{NAME} region=ZQ font-color="#fff;x" bg-color="url(x)" bg-position="top"'
        ' last-update="\\Y 08"]'
    )
    context = Context()
    html = render(text, context)
    places = {d.code + " " + text[slice(*d.span)]: d.message for d in context.diagnostics}
    assert places == {
        'SC501 font-color="#fff;x"': "font-color is '#fff;x', not a CSS colour",
        'SC501 bg-color="url(x)"': "bg-color is 'url(x)', not a CSS colour",
        'SC502 bg-position="top"': "bg-position is 'top', not left, right or center",
        'SC503 last-update="\\Y 08"': (
            "last-update is '\\\\Y 08', not a format of PHP's date() with at least one letter, at"
            " most 64 characters, no control character and no backslash at the end"
        ),
        "SC504 region=ZQ": "no source has figures for region 'ZQ'",
    }
    assert {d.severity for d in context.diagnostics} == {"warning"}
    assert context.stylesheets == {"shortcodes_covid19": stylesheet()}
    assert 'data-ornament="right"' in html
    assert "Last updated" not in html


@pytest.mark.parametrize("pattern", ["- : /", "\\Y", "Y" * 65, "Y\x07", "123"])
def test_an_invalid_date_format_is_reported(pattern: str) -> None:
    assert [d.code for d in reports(f'last-update="{pattern}"')] == ["SC503"]


def test_a_date_format_that_ends_with_a_backslash_is_reported() -> None:
    assert [d.code for d in reports("last-update=Y\\ rtl=true")] == ["SC503"]


@pytest.mark.parametrize("pattern", ["Y", "c", "\\\\Y", "l، j F Y", "Y" * 64])
def test_a_valid_date_format_is_not_reported(pattern: str) -> None:
    assert reports(f'last-update="{pattern}"') == []


@pytest.mark.parametrize(
    ("attributes", "message", "severity"),
    [
        (
            "font-color=#888 bg-color=#999",
            "#888888 on #999999 has a contrast of 1.24, less than 4.5",
            "warning",
        ),
        ("bg-color=yellow", "#ffffff on #ffff00 has a contrast of 1.07, less than 4.5", "warning"),
        ("bg-color=transparent", "the contrast of #ffffff on #00000000 cannot be computed", "info"),
    ],
)
def test_hard_to_read_colours_stay_their_authors_and_are_noted(
    attributes: str, message: str, severity: str
) -> None:
    assert [(d.code, d.message, d.severity) for d in reports(attributes)] == [
        ("SC505", message, severity)
    ]


# Safety.


def test_what_an_author_writes_is_escaped() -> None:
    html = card(
        """region-name='</bdi><script>alert(1)</script>' confirmed-label='"><img src=x>'"""
        """ last-update='Y\\<\\b>' last-update-label='&lt;b>{{ 7*7 }}' region=EG"""
    )
    assert "onload=" not in card("""region='"onload="x' region-name=x""")
    assert {tag for tag, _ in _Page(html).tags} == {
        *("article", "svg", "circle", "h3", "bdi", "dl", "div", "dt", "dd", "span"),
        *("footer", "time", "a", "data"),
    }
    assert "&lt;/bdi&gt;&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "{{ 7*7 }}" in html


values = st.text().filter(lambda text: "\n" not in text)


@settings(deadline=None)
@given(st.fixed_dictionaries({}, optional={field.name: values for field in FIELDS}))
def test_no_value_of_any_attribute_breaks_the_card(given_values: dict[str, str]) -> None:
    quoted = " ".join(f"""{n}='{v.replace("'", "")}'""" for n, v in given_values.items())
    context = Context()
    html = render(f"[{NAME} {quoted.replace('[', '').replace(']', '')}]", context)
    assert html.count("<article") == html.count("</article>") == 1
    assert " style=" not in html
    _, *colours = context.stylesheets.values()
    rule = (
        r"\.cov19u-card\.[a-z0-9-]+"
        r" \{( --cov19u-(font|ground|quiet|ornament): [#a-z0-9(). /-]+;?){4} \}\n"
    )
    assert [css for css in colours if not re.fullmatch(rule, css)] == []


def test_the_style_sheet_styles_nothing_but_the_card_and_requests_nothing() -> None:
    css = re.sub(r"/\*.*?\*/", "", stylesheet(), flags=re.DOTALL)
    selectors = re.findall(r"([^{};]+)\{", css)
    outside = [s.strip() for s in selectors if not s.strip().startswith((".cov19u-card", "@"))]
    assert outside == []
    assert re.findall(r"url\(|@import|https?:|expression|<", css) == []


def test_every_field_has_a_kind_and_a_valid_default() -> None:
    assert [f.name for f in FIELDS if f.kind not in KINDS] == []
    assert [KINDS[f.kind].read(f.default) for f in FIELDS if f.kind == "region"] == [WORLD]
    assert len(FIELDS) == 18


def test_all_cards_of_a_document_make_one_request_to_the_source() -> None:
    class Counting:
        origin = Snapshot().origin

        def __init__(self) -> None:
            self.asked: list[list[str]] = []

        def fetch(self, regions: Collection[str]) -> dict[str, Figures]:
            self.asked.append(sorted(regions))
            return Snapshot().fetch(regions)

    source = Counting()
    engine = shortcodes.Engine()
    engine.register("covid19-ultimate-card", CardHandler(source))
    page = engine.render('[covid19-ultimate-card region="EG"][covid19-ultimate-card]' * 50)
    assert (page.count("<article"), source.asked) == (100, [[WORLD, "EG"]])

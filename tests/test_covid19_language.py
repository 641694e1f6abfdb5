"""The card's language: which it is, and what it writes."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from typing import Any

import pytest
from babel import Locale

from shortcodes import Engine
from shortcodes_covid19 import CardHandler, CardOptions
from shortcodes_covid19.language import choose_language
from shortcodes_covid19.region_names import find_name
from shortcodes_covid19.words import _read_words
from tests import needs
from tests.covid19_pages import Known, card, noon
from tests.repository import ROOT


def language(tag: str, numbers: str = "latn") -> Any:
    return choose_language(tag, "", str, numbers)  # type: ignore[arg-type]


def lang_of(text: str, *, format: str = "text", lang: str | None = None) -> str:  # noqa: A002
    """Return language and direction of the first card of a text."""
    options = {"styles": "none", **({"lang": lang} if lang else {})}
    made = Engine(installed=True).render(text, format=format, options=options)  # type: ignore[arg-type]
    head = made[made.index("<article") :].split(" ")
    return f"{head[2]} {head[3]}"


ARABIC = "هذا نص عربي"
CHOSEN = {
    "the caller's, before all others": (card("active-label=نشط"), "text", "de", "de ltr"),
    "that of the labels": (f"Text. {card('active-label=نشط')}", "text", None, "ar rtl"),
    "that of Latin labels is English": (ARABIC + card("active-label=Sick"), "text", None, "en ltr"),
    "without labels that of the text around": (f"{ARABIC}\n\n{card()}", "text", None, "ar rtl"),
    "that an HTML page names": (f"<html lang='fr-CA'><p>{card()}", "html", None, "fr-CA ltr"),
    "that of the words of HTML": (f"<p class=x>{ARABIC}</p>{card()}", "html", None, "ar rtl"),
    "English where nothing tells": (card(), "text", None, "en ltr"),
    "English where the letters serve many languages": (f"Текст {card()}", "text", None, "en ltr"),
    "English where the caller names none that is known": (card(), "text", "tlh", "en ltr"),
    "its author's direction": (card("active-label=نشط rtl=false"), "text", None, "ar ltr"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "form", "lang", "expected"), CHOSEN.values(), ids=CHOSEN)
def test_the_language_of_a_card_comes_from_the_caller_its_labels_or_its_page(
    text: str, form: str, lang: str | None, expected: str
) -> None:
    tag, direction = expected.split()
    assert lang_of(text, format=form, lang=lang) == f'lang="{tag}" dir="{direction}"'


NUMBERS = {
    "en": ("1,234,567", "−1,234", "4.81%", "7 days"),
    "de": ("1.234.567", "−1.234", "4,81\u00a0%", "7 Tage"),
    "hi": ("12,34,567", "−1,234", "4.81%", "7 दिन"),
    "tr": ("1.234.567", "−1.234", "%4,81", "7 gün"),
    "ar": ("1,234,567", "−1,234", "4.81%", "7 أيام"),
}
NATIVE = {
    "ar": ("١٬٢٣٤٬٥٦٧", "−١٬٢٣٤", "٤٫٨١٪", "٧ أيام"),
    "fa": ("۱٬۲۳۴٬۵۶۷", "−۱٬۲۳۴", "۴٫۸۱٪", "۷ روز"),
    "hi": ("१२,३४,५६७", "−१,२३४", "४.८१%", "७ दिन"),
    "de": NUMBERS["de"],
}


@pytest.mark.parametrize(
    ("tag", "numbers", "expected"),
    [*((t, "latn", e) for t, e in NUMBERS.items()), *((t, "native", e) for t, e in NATIVE.items())],
)
def test_numbers_are_written_as_in_the_language(
    tag: str, numbers: str, expected: tuple[str, ...]
) -> None:
    one = language(tag, numbers)
    written = (
        one.write_number(1234567),
        one.write_change(-1234),
        one.write_percentage(Decimal("4.81")),
        one.write_period(7),
    )
    assert written == expected


def test_names_are_cldrs_and_short_where_it_has_short_ones_that_are_no_abbreviation() -> None:
    asked = [("PS", "ar"), ("PS", "de"), ("HK", "en"), ("US", "en"), ("GB", "fr"), ("SA", "fa")]
    asked += [("MO", "zh_Hant_TW"), ("001", "en"), ("EG", "ar_EG"), ("ZZZ", "en")]
    assert [find_name(code, Locale.parse(tag)) for code, tag in asked] == [
        "فلسطين",
        "Palästina",
        "Hong Kong",
        "United States",
        "Royaume-Uni",
        "عربستان",
        "澳門",
        "World",
        "مصر",
        "ZZZ",
    ]


@pytest.mark.checkout
def test_the_short_names_are_those_of_cldr() -> None:
    needs.npm_package("cldr-localenames-full")
    table = ROOT / "renderers" / "shortcodes_covid19" / "short_names.csv"
    before = table.read_bytes()
    subprocess.run([sys.executable, ROOT / "scripts" / "make_short_names.py"], check=True)
    assert table.read_bytes() == before


def test_every_language_has_every_word_and_is_one_that_cldr_has() -> None:
    table = _read_words()
    words = {tag: sorted(found) for tag, found in table.items()}
    assert words == dict.fromkeys(table, sorted(table["en"]))
    assert [tag for tag in table if not Locale.parse(tag, sep="-")] == []


AGES = {
    "fresh": (Known(age=5, days=7), "current 2026-11-23", "+2,210 New cases (7 days)"),
    "ageing": (Known(age=3), "some days old 2026-11-25", "+2,210 New cases"),
    "stale": (Known(age=90), "out of date 2026-08-30", "+2,210 New cases"),
    "frozen": (Known(age=2000, ended=True), "frozen 2021-06-07", "+2,210 New cases"),
}


@pytest.mark.parametrize("age", AGES)
def test_a_card_says_in_words_and_for_machines_how_old_its_figures_are(age: str) -> None:
    known, freshness, change = AGES[age]
    engine = Engine()
    engine.register("covid19-ultimate-card", CardHandler(known, clock=noon))
    html = engine.render(card("confirmed-24h=1"), options={"styles": "none"})
    words = " ".join(words_of(html).split())
    assert f'data-freshness="{age}"' in html
    assert freshness in words
    assert f"{change} Deaths" in words


def words_of(html: Any) -> str:
    """Return the words of markup."""
    return str(html.striptags())


def test_native_digits_reach_every_number_of_a_card_but_those_for_machines() -> None:
    engine = Engine()
    engine.register("covid19-ultimate-card", CardHandler(options=CardOptions(numbers="native")))
    text = card('region=EG confirmed-24h=1 deaths-rate=1 last-update="j F Y"')
    html = engine.render(text, options={"styles": "none", "lang": "ar"})
    words = words_of(html).replace("DXY.cn, django-covid19", "")
    assert [letter for letter in words if letter.isascii() and letter.isdigit()] == []
    assert '<data value="35444">٣٥٬٤٤٤</data>' in html
    assert '<time datetime="2020-06-08" dir="rtl">٨ يونيو ٢٠٢٠</time>' in html

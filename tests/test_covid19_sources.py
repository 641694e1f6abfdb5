"""Documents with cards from every source: how often a server is asked, and what a reader sees."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer

import shortcodes_covid19
from shortcodes import Diagnostic, Engine
from shortcodes.diagnostics import Edit, Fix
from shortcodes_covid19 import table
from shortcodes_covid19.data_sources.disease_sh import DiseaseSh
from shortcodes_covid19.data_sources.who import read_daily
from shortcodes_covid19.regions import list_regions
from tests import covid19_servers as loopback
from tests.covid19_servers import WHO_PATH, Server, who_line, who_table
from tests.repository import ROOT

ARTICLES = [ROOT / "examples" / "article-ar.txt", ROOT.parent / "shared/data/article-ar.txt"]
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def rendered(
    text: str, chain: str, url: str, cache: Path | None, **places: Any
) -> tuple[str, list[Diagnostic]]:
    """Return a page, and what was reported."""
    engine = Engine()
    shortcodes_covid19.register(
        engine,
        source=chain,
        clock=lambda: NOW,
        cache=cache,
        base_urls={"who": url, "disease.sh": url},
        **places,
    )
    found: list[Diagnostic] = []
    return str(engine.render(text, diagnostics=found)), found


def totals(page: str) -> list[tuple[str, ...]]:
    """Return what each card says of itself, and its totals as machines read them."""
    cards = re.findall(r"<article.*?</article>", page, re.S)
    figure = r'<dd class="cov19u-figure">(?:<bdi[^>]*><data value="(-?\d+)"|<span[^>]*>(—))'
    return [
        (
            *re.findall(r'data-freshness="(\w+)"', card),
            *("".join(pair) for pair in re.findall(figure, card)),
        )
        for card in cards
    ]


# The article's cards: Egypt, the Emirates, Palestine and the world.

TABLE = """\
# source: The Ministry
# licence: CC0-1.0
region,date,confirmed,deaths,recovered,active
EG,2026-11-28,4,1,2,1
AE,2026-11-24,4,0,,
PS,,3,0,,
001,2026-11-01,44,3,2,1
"""
EXPECTED = {
    "snapshot": [
        ("frozen", "35444", "1271", "9375", "24798"),
        ("frozen", "39376", "281", "22275", "16820"),
        ("frozen", "643", "5", "377", "261"),
        ("frozen", "7063127", "405814", "3123511", "3533802"),
    ],
    "final": [
        ("frozen", "516023", "24830", "—", "—"),
        ("frozen", "1067030", "2349", "—", "—"),
        ("frozen", "703228", "5708", "—", "—"),
        ("frozen", "776973433", "7077725", "—", "—"),
    ],
    "disease.sh": [
        ("frozen", "516023", "24830", "442182", "49011"),
        ("frozen", "1067030", "2349", "1064681", "0"),
        ("frozen", "703228", "5708", "—", "—"),
        ("frozen", "704753890", "7010681", "675619811", "22123398"),
    ],
    "who": [
        ("fresh", "516023", "24830", "—", "—"),
        ("fresh", "1067030", "2349", "—", "—"),
        ("ageing", "703200", "5708", "—", "—"),
        ("fresh", "2458968", "37001", "—", "—"),
    ],
    "file:figures.csv": [
        ("fresh", "4", "1", "2", "1"),
        ("ageing", "4", "0", "—", "—"),
        ("stale", "3", "0", "—", "—"),
        ("stale", "44", "3", "2", "1"),
    ],
}
REQUESTS = {"who": [WHO_PATH], "disease.sh": ["/all?allowNull=true", "/countries?allowNull=true"]}


@pytest.mark.parametrize("article", ARTICLES, ids=["ours", "shared"])
@pytest.mark.parametrize("chain", EXPECTED)
def test_the_article_has_four_cards_from_every_source(
    server: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    article: Path,
    chain: str,
) -> None:
    if not article.exists():
        pytest.skip(f"{article.name} is not there")
    monkeypatch.chdir(tmp_path)
    Path("figures.csv").write_text(TABLE, encoding="utf-8")
    server.documented()
    text = article.read_text(encoding="utf-8")
    pages = [rendered(text, chain, server.url, tmp_path / "cache") for _ in range(3)]
    assert totals(pages[0][0]) == EXPECTED[chain]
    assert [found for _, found in pages] == [[], [], []]
    assert pages[0] == pages[1] == pages[2]
    assert server.asked == REQUESTS.get(chain, [])


def test_a_hundred_cards_are_one_request_even_with_cards_inside_others(server: Server) -> None:
    server.documented()
    card = "[covid19-ultimate-card region=EG]"
    text = f"[a]{card}[a]{card}[/a][/a]" + card * 98
    engine = Engine()
    engine.register("a", lambda call: call.content)
    shortcodes_covid19.register(
        engine, source="who", cache=None, base_urls={"who": server.url}, clock=lambda: NOW
    )
    assert engine.render(text).count('value="516023"') == 100
    assert server.asked == [WHO_PATH]


# With the server off.


@pytest.fixture
def off(ca: trustme.CA, tmp_path: Path) -> str:
    """The address of a server that is off; a cache in `tmp_path` has its last answers."""
    context = loopback.context_of(ca, "localhost")
    with HTTPServer(host="localhost", ssl_context=context) as http:
        one = Server(http)
        one.documented()
        text = ARTICLES[0].read_text(encoding="utf-8")
        for chain in REQUESTS:
            rendered(text, chain, one.url, tmp_path / "cache", expires=0.001)
    return one.url


@pytest.mark.slow
@pytest.mark.parametrize("chain", REQUESTS)
def test_with_the_server_off_the_page_has_what_it_said_before(
    off: str, tmp_path: Path, chain: str
) -> None:
    text = ARTICLES[0].read_text(encoding="utf-8")
    page, found = rendered(text, chain, off, tmp_path / "cache")
    assert totals(page) == EXPECTED[chain]
    (said,) = found
    assert (said.code, said.severity) == ("SC506", "warning")
    assert text[slice(*said.span)].startswith("[covid19-ultimate-card region=”EG”")
    message = rf"{chain}: {off[8:]}: connection refused; its answer of [-0-9: ]{{16}} UTC is used"
    assert re.fullmatch(message, said.message)


@pytest.mark.slow
@pytest.mark.parametrize("chain", REQUESTS)
def test_with_nothing_kept_the_next_source_has_its_turn(
    off: str, tmp_path: Path, chain: str
) -> None:
    text = ARTICLES[0].read_text(encoding="utf-8")
    page, found = rendered(text, f"{chain},snapshot", off, tmp_path / "empty")
    assert totals(page) == EXPECTED["snapshot"]
    message = f"{chain}: {off[8:]}: connection refused"
    assert [(d.code, d.message) for d in found] == [("SC506", message)]


@pytest.mark.slow
def test_with_no_other_source_the_cards_have_dashes_and_say_why(off: str, tmp_path: Path) -> None:
    text = ARTICLES[0].read_text(encoding="utf-8")
    page, found = rendered(text, "who", off, tmp_path / "empty")
    assert totals(page) == [("—", "—", "—", "—")] * 4
    assert [(d.code, d.message) for d in found] == [
        ("SC506", f"who: {off[8:]}: connection refused"),
        ("SC504", "no source has figures for region 'EG'"),
        ("SC504", "no source has figures for region 'AE'"),
        ("SC504", "no source has figures for region 'PS'"),
        ("SC504", "no source has figures for the world"),
    ]


def test_one_card_never_mixes_two_sources(server: Server, tmp_path: Path) -> None:
    server.documented()
    text = "[covid19-ultimate-card region=EG][covid19-ultimate-card region=JO]"
    page, found = rendered(text, "who,snapshot", server.url, tmp_path)
    assert totals(page) == [
        ("fresh", "516023", "24830", "—", "—"),
        ("frozen", "808", "9", "571", "228"),
    ]
    sources = re.findall(r"<a href=[^>]*>([^<]*)", page)
    assert sources[::2] == [  # each followed by its licence
        "World Health Organization, WHO COVID-19 dashboard",
        "DXY.cn, django-covid19",
    ]
    assert found == []


# Regions as they are written.


@pytest.mark.parametrize(
    ("region", "shown", "codes"),
    [
        ("EG", "35444", []),
        ("eg", "35444", []),
        ("EGY", "35444", ["SC508"]),
        ("Egypt", "35444", ["SC508"]),
        ("مصر", "35444", ["SC508"]),
        ("", "7063127", []),
        ("world", "7063127", []),
        ("ZZ", "—", ["SC504"]),
        ("Atlantis", "—", ["SC504"]),
        ("NZ", "1154", ["SC507", "SC507"]),
    ],
)
def test_a_region_is_understood_in_any_spelling(region: str, shown: str, codes: list[str]) -> None:
    page, found = rendered(
        f'[covid19-ultimate-card region="{region}"]', "snapshot", "https://x", None
    )
    assert totals(page)[0][1] == shown
    assert [diagnostic.code for diagnostic in found] == codes


def test_a_name_may_be_in_the_language_of_the_card() -> None:
    engine = Engine()
    shortcodes_covid19.register(engine)
    text = "[covid19-ultimate-card region=Ägypten]"
    pages = [engine.render(text, options={"lang": lang}) for lang in ("de", "fr")]
    assert [totals(page)[0][1] for page in pages] == ["35444", "—"]


def test_how_a_region_was_understood_is_reported() -> None:
    _, found = rendered("[covid19-ultimate-card region=Egypt]", "snapshot", "https://x", None)
    fix = Fix("write EG", (Edit((30, 35), "EG"),), safe=True)
    message = "region 'Egypt' is read as EG"
    assert found == [Diagnostic("SC508", message, (23, 35), "info", fix=fix)]


# The WHO's table, read.


def days(*reports: tuple[str, str, str]) -> list[str]:
    """Return rows of Egypt: day, new cases and new deaths; totals go up by one hundred, and one."""
    return [
        who_line(day, "EG", "Egypt", cases, 1000 + 100 * n, deaths, 10 + n)
        for n, (day, cases, deaths) in enumerate(reports)
    ]


def row(day: str, *five: int | str | None) -> dict[str, object]:
    names = ("confirmed", "deaths", "new_confirmed", "new_deaths", "days")
    return {"region": "EG", "date": date.fromisoformat(day), **dict(zip(names, five, strict=True))}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # a week apart
        (
            days(("2026-11-01", "1", "1"), ("2026-11-08", "1", "1")),
            row("2026-11-08", "1100", "11", 100, 1, 7),
        ),
        # each day, or a week filled with noughts: the change is of seven days
        (
            days(*[(f"2026-11-{day:02}", "0", "0") for day in range(1, 16)]),
            row("2026-11-15", "2400", "24", 700, 7, 7),
        ),
        # a month apart
        (
            days(("2026-10-01", "1", "1"), ("2026-10-05", "", ""), ("2026-11-01", "1", "1")),
            row("2026-11-01", "1200", "12", 200, 2, 31),
        ),
        # deaths are reported less often: their change is of another period, and is left out
        (
            days(
                ("2026-10-01", "1", "1"),
                ("2026-10-25", "1", ""),
                ("2026-11-01", "1", "1"),
            ),
            row("2026-11-01", "1200", "12", 100, None, 7),
        ),
        # deaths are not reported any more
        (
            days(("2026-10-25", "1", "1"), ("2026-11-01", "1", "")),
            row("2026-11-01", "1100", "11", 100, None, 7),
        ),
        # one report, and reports too close to each other
        (days(("2026-11-01", "1", "1")), row("2026-11-01", "1000", "10", None, None, 1)),
        (
            days(("2026-11-01", "1", "1"), ("2026-11-03", "1", "1")),
            row("2026-11-03", "1100", "11", None, None, 1),
        ),
        # whatever the order of the rows
        (
            days(("2026-11-01", "1", "1"), ("2026-11-08", "1", "1"), ("2026-11-15", "1", "1"))[
                ::-1
            ],
            row("2026-11-15", "1200", "12", 100, 1, 7),
        ),
        # taken back
        (
            [
                who_line("2026-11-01", "EG", "Egypt", 5, 1000, 0, 10),
                who_line("2026-11-08", "EG", "Egypt", -5, 995, -1, 9),
            ],
            row("2026-11-08", "995", "9", -5, -1, 7),
        ),
        # no numbers, which the rule for all sources will say
        (
            [who_line("2026-11-08", "EG", "Egypt", 5, "many", 0, "-7")],
            row("2026-11-08", "many", "-7", None, None, 1),
        ),
    ],
)
def test_what_who_reports_is_the_change_between_two_reports(
    lines: list[str], expected: dict[str, object]
) -> None:
    assert read_daily([who_table(*lines)])[1] == expected


def test_the_world_is_the_sum_of_all_areas_and_of_the_changes_of_the_last_week() -> None:
    lines = [
        who_line("2026-11-01", "EG", "Egypt", 1, 100, 1, 10),
        who_line("2026-11-08", "EG", "Egypt", 5, 105, 1, 11),
        who_line("2026-10-01", "AE", "UAE", 1, 200, 0, ""),
        who_line("2026-11-08", "AE", "UAE", 9, 209, 0, ""),
        who_line("2026-10-01", "", "A ship", 1, 1, 0, 1),
    ]
    world = read_daily([who_table(*lines)])[0]
    assert world == {
        "region": "001",
        "date": date(2026, 11, 8),
        "confirmed": 315,
        "deaths": 12,
        "new_confirmed": 5,
        "new_deaths": 1,
        "days": 7,
    }
    lines.append(who_line("2026-11-08", "PS", "Palestine", 5, "many", 0, "1"))
    world = read_daily([who_table(*lines)])[0]
    assert (world["confirmed"], world["deaths"]) == (None, 13)


def test_pieces_of_any_size_are_the_same_table() -> None:
    whole = loopback.WHO
    expected = read_daily([whole])
    for size in (1, 2, 3, 7, 1000):
        pieces = [whole[at : at + size] for at in range(0, len(whole), size)]
        assert read_daily(pieces) == expected


@given(st.binary(), st.sampled_from([b"", who_table()]), st.integers(1, 9))
def test_reading_any_bytes_as_a_report_raises_nothing_but_a_value_error(
    data: bytes, begun: bytes, size: int
) -> None:
    whole = begun + data
    with suppress(ValueError):
        read_daily([whole[at : at + size] for at in range(0, len(whole), size)])


cells = st.one_of(
    st.sampled_from(["2026-11-08", "EG", "AE", "001", "", "5", "-5", "many"]),
    st.text(st.characters(exclude_characters=',"\n\r\x00', codec="utf-8"), max_size=5),
)


@given(st.lists(st.tuples(*[cells] * 7), max_size=5))
def test_a_report_with_any_cells_has_each_region_once_or_raises_a_value_error(
    rows: list[tuple[str, ...]],
) -> None:
    lines = [who_line(*row[:3], *row[3:]) for row in rows]
    with suppress(ValueError):
        made = read_daily([who_table(*lines)])
        assert [row["region"] for row in made] == [*dict.fromkeys(row["region"] for row in made)]


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=3)),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(st.text(), inner)),
    max_leaves=4,
)
countries = st.fixed_dictionaries(
    {"cases": json_values},
    optional={
        "recovered": json_values,
        "deaths": json_values,
        "countryInfo": st.one_of(
            json_values,
            st.fixed_dictionaries({"iso2": st.one_of(json_values, st.just("EG"))}),
        ),
    },
)


@given(st.one_of(json_values, st.lists(st.one_of(countries, json_values), max_size=3)))
def test_any_json_is_read_as_known_regions_or_raises_a_value_error(value: Any) -> None:
    for endpoint in DiseaseSh.endpoints:
        with suppress(ValueError):
            rows = endpoint.read(iter([json.dumps(value).encode()]))
            text = table.write(DiseaseSh.origin, rows)
            assert set(table.read(text, "csv", "x").figures) <= {"EG", "001"}


def test_a_table_with_more_areas_than_exist_is_refused() -> None:
    lines = [who_line("2026-11-08", "", f"Area {n}", 5, 5, 0, 0) for n in range(1001)]
    with pytest.raises(ValueError, match=r"^line 1002: it has more than 1000 areas$"):
        read_daily([who_table(*lines)])


@pytest.mark.slow
def test_of_many_years_only_the_last_reports_stay_in_memory() -> None:
    def years(days: int) -> Iterator[bytes]:
        yield who_table()
        for code in list_regions()[1:11]:
            for day in range(days):
                when = date(2020, 1, 4) + timedelta(day)
                yield who_line(str(when), code, code, 1, day, 0, 0).encode() + b"\n"

    def peak(days: int) -> int:
        tracemalloc.start()
        rows = read_daily(years(days))
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert len(rows) == 11
        return highest

    peak(10)  # what is made once is made
    assert peak(2000) < 1.2 * peak(500)


@pytest.mark.slow
def test_rendering_with_tables_of_the_package_needs_no_network_library() -> None:
    code = (
        "import sys, shortcodes\n"
        "page = shortcodes.render('[covid19-ultimate-card region=EG]')\n"
        "print('35444' in page)\n"
        "heavy = {'requests', 'requests_cache', 'urllib3', 'click', 'rich'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "True\n[]\n"

"""Figures before they are on a card: chains, age, regions, belief, and tables in files."""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from babel.localedata import locale_identifiers
from hypothesis import given
from hypothesis import strategies as st

from shortcodes import registry
from shortcodes.files.folders import Folder
from shortcodes_covid19 import (
    WORLD,
    Figures,
    Origin,
    Settings,
    Snapshot,
    Source,
    SourceError,
    ask,
    freshness,
    resolve_region,
    sources,
    table,
)
from shortcodes_covid19.data_sources import BUILT_IN, bind_files
from shortcodes_covid19.plausibility import read_counts
from shortcodes_covid19.regions import list_regions
from shortcodes_covid19.table import TableError

DAY = date(2026, 11, 22)
NOTHING = dict.fromkeys(
    ("confirmed", "deaths", "recovered", "active", "new_confirmed", "new_deaths")
)


def origin(key: str, cadence: int = 1, ended: date | None = None) -> Origin:
    return Origin(key, key.title(), f"https://{key}.example/", "CC0-1.0", "", cadence, ended)


class Fixed:
    """A source that knows some regions, and counts what it is asked."""

    def __init__(self, key: str, *regions: str, error: Exception | None = None) -> None:
        self.origin = origin(key)
        self.asked: list[list[str]] = []
        self._regions, self._error = regions, error

    def fetch(self, regions: Collection[str]) -> Mapping[str, Figures]:
        self.asked.append(list(regions))
        if self._error is not None:
            raise self._error
        return {code: self.of(code) for code in regions if code in self._regions}

    def of(self, region: str) -> Figures:
        return Figures(region, DAY, self.origin, None, 10, 1, 5, 4, 2, 1)


class Wrong(Fixed):
    """A source that answers what is no answer."""

    def __init__(self, key: str, answer: Any) -> None:
        super().__init__(key)
        self._answer = answer

    def fetch(self, regions: Collection[str]) -> Mapping[str, Figures]:
        answer: Mapping[str, Figures] = self._answer
        return answer


# Chains.


def test_each_region_is_of_the_first_source_that_knows_it_and_each_source_is_asked_once() -> None:
    first, second, third = Fixed("a", "EG"), Fixed("b", "EG", "AE"), Fixed("c", "PS")
    said: list[str] = []
    found = ask([first, second, third], ["EG", "AE", "EG"], said.append)
    assert found == {"EG": first.of("EG"), "AE": second.of("AE")}
    assert [first.asked, second.asked, third.asked] == [[["EG", "AE"]], [["AE"]], []]
    assert said == []


def test_a_source_that_fails_is_reported_and_the_next_one_asked() -> None:
    old = Fixed("old").of("EG")
    chain = [
        Fixed("a", error=SourceError("a: example.org: answered with status 404")),
        Fixed("b", error=ZeroDivisionError("division by zero")),
        Fixed("c", error=SourceError("c: did not answer in time", {"EG": old})),
        Wrong("e", None),
        Wrong("f", {"AE": 5}),
        Fixed("d", "EG", "AE"),
    ]
    said: list[str] = []
    assert ask(chain, ["EG", "AE", "ZZ"], said.append) == {"EG": old, "AE": chain[-1].of("AE")}
    assert said == [
        "a: example.org: answered with status 404",
        "b failed: ZeroDivisionError: division by zero",
        "c: did not answer in time",
        "e failed: TypeError: argument of type 'NoneType' is not iterable",
        "f failed: TypeError: fetch must return a mapping of regions to Figures",
    ]


def test_a_failure_keeps_its_figures_where_it_is_pickled() -> None:
    error = SourceError("a: did not answer in time", {"EG": Fixed("a").of("EG")})
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.figures) == (str(error), error.figures)


def test_a_chain_names_sources_in_their_order() -> None:
    own = Fixed("own")
    made = sources(["who", "file:a,b.csv", own, " snapshot "])
    assert [source.origin.key for source in made] == ["who", "file:a,b.csv", "own", "snapshot"]
    assert [source.origin.key for source in sources(" who, ,final ")] == ["who", "final"]
    assert [source.origin.key for source in sources()] == ["snapshot"]
    assert sources(own) == (own,)


@pytest.mark.parametrize("name", [*BUILT_IN, "file:x.csv"])
def test_every_name_of_a_source_gives_that_source(name: str) -> None:
    (source,) = sources(name)
    assert isinstance(source, Source)
    assert source.origin.key == name


@pytest.mark.parametrize(
    ("chain", "message"),
    [
        ("whoo", "unknown source 'whoo'; did you mean 'who'?"),
        ("who,Snapshot", "unknown source 'Snapshot'; did you mean 'snapshot'?"),
        (
            "x",
            "unknown source 'x'; known: snapshot, final, local, disease.sh, who, file:PATH",
        ),
        ("file:", "file: needs a path, such as file:figures.csv"),
        (" , ", "the chain of sources is empty"),
        ([], "the chain of sources is empty"),
    ],
)
def test_a_chain_that_names_nothing_is_an_error(chain: Any, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        sources(chain)


class Installed(Fixed):
    """What somebody's package has in the group `shortcodes.sources`."""

    def __init__(self) -> None:
        super().__init__("ministry", "EG")


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Entry points of this module, good and bad."""
    points = [("ministry", "Installed"), ("who", "Installed"), ("bad", "DAY"), ("gone", "Gone")]

    def entry_points(group: str) -> list[EntryPoint]:
        return [EntryPoint(name, f"{__name__}:{value}", group) for name, value in points]

    monkeypatch.setattr("importlib.metadata.entry_points", entry_points)
    for cache in (registry._find_entry_points, registry._load_plugin):
        cache.cache_clear()
    yield
    for cache in (registry._find_entry_points, registry._load_plugin):
        cache.cache_clear()


def test_a_source_that_is_installed_has_the_name_of_its_entry_point(installed: None) -> None:
    with pytest.warns(RuntimeWarning) as warned:
        found = ask(sources("ministry,final"), ["EG", "AE"], print)
    assert {code: figures.origin.key for code, figures in found.items()} == {
        "EG": "ministry",
        "AE": "final",
    }
    place = f"the plug-in '{__name__}:{{}}' in shortcodes.sources is skipped: {{}}"
    assert [str(one.message) for one in warned] == [
        place.format("Installed", "the name 'who' is taken"),
        place.format("DAY", "it is not a Source"),
        place.format("Gone", f"AttributeError: module '{__name__}' has no attribute 'Gone'"),
    ]
    with pytest.raises(ValueError, match=r"; did you mean 'ministry'\?$"):
        sources("minstry")


def test_an_object_that_is_not_a_source_is_a_type_error() -> None:
    with pytest.raises(TypeError, match=r"^a source needs origin and fetch, which int lacks$"):
        sources([1])  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("url", "shown"), [("http://e.com", "'http://e.com'"), ("https://", "'https://'"), ("x", "'x'")]
)
def test_a_base_url_is_https(url: str, shown: str) -> None:
    with pytest.raises(ValueError, match="must begin with https://") as raised:
        sources("who", Settings(base_urls={"who": url}))
    assert str(raised.value) == f"the base URL of who must begin with https://, not {shown}"


@pytest.mark.parametrize("user", ["ana:secret", "ana", ":secret", "", "a\\"])
def test_a_base_url_holds_no_password_and_none_is_shown(user: str) -> None:
    with pytest.raises(ValueError, match="who") as raised:
        sources("who", Settings(base_urls={"who": f"https://{user}@example.org/x"}))
    assert str(raised.value) == "the base URL of who must not contain a user name or password"


def test_the_paths_of_files_in_a_chain_are_relative_to_its_folder(tmp_path: Path) -> None:
    who, *tables, empty = bind_files("who, file:a/b.csv,file:/c.csv,file:", Folder(tmp_path))
    keys = [one.origin.key for one in tables if isinstance(one, Source)]
    assert (who, keys, empty) == ("who", [f"file:{tmp_path}/a/b.csv", "file:/c.csv"], "file:")


def test_a_source_is_asked_once_however_often_a_chain_names_it() -> None:
    one = Fixed("one")
    chain: list[str | Source] = ["who", one, "who", " who ", one, "snapshot"]
    assert [source.origin.key for source in sources(chain)] == ["who", "one", "snapshot"]


def test_a_chain_has_a_limit() -> None:
    chain = [f"file:{number}.csv" for number in range(20)]
    assert len(sources(chain)) == 20
    with pytest.raises(ValueError, match="a chain must not have more than 20 sources"):
        sources([*chain, "snapshot"])


# Age.


@pytest.mark.parametrize(
    ("cadence", "age", "expected"),
    [
        *[(1, -2, "stale"), (1, -1, "fresh"), (1, 0, "fresh"), (1, 1, "fresh")],
        *[(1, 2, "ageing"), (1, 7, "ageing"), (1, 8, "stale"), (1, 2364, "stale")],
        *[(7, 7, "fresh"), (7, 8, "ageing"), (7, 14, "ageing"), (7, 15, "stale")],
        *[(30, 30, "fresh"), (30, 31, "ageing"), (30, 60, "ageing"), (30, 61, "stale")],
    ],
)
def test_freshness_is_age_in_the_sources_own_cadence(cadence: int, age: int, expected: str) -> None:
    figures = Figures("EG", DAY, origin("a", cadence))
    assert freshness(figures, date.fromordinal(DAY.toordinal() + age)) == expected


def test_a_source_that_has_ended_is_frozen_from_its_last_day_on() -> None:
    assert freshness(Figures("EG", DAY, origin("a", 1, DAY)), DAY) == "frozen"


def test_figures_of_no_known_day_never_look_current() -> None:
    assert freshness(Figures("EG", None, origin("a")), DAY) == "stale"


@pytest.mark.parametrize("name", ["snapshot", "final"])
def test_the_tables_of_the_package_are_frozen_whatever_day_it_is(name: str) -> None:
    (source,) = sources(name)
    found = source.fetch(["EG", "AE", "PS", WORLD])
    assert len(found) == 4
    for day in (date(2020, 6, 8), date(2024, 12, 1), date(2099, 1, 1)):
        assert {freshness(figures, day) for figures in found.values()} == {"frozen"}


# Regions.


@pytest.mark.parametrize(
    ("text", "region"),
    [
        *[("EG", "EG"), ("eg", "EG"), (" Eg ", "EG"), ("EGY", "EG"), ("egy", "EG"), ("818", "EG")],
        *[("Egypt", "EG"), ("EGYPT", "EG"), ("مصر", "EG"), ("United  Arab Emirates", "AE")],
        *[("Côte d’Ivoire", "CI"), ("cote d'ivoire", "CI"), ("UK", "GB"), ("XKK", "XK")],
        *[("Palestine", "PS"), ("فلسطين", "PS"), ("الإمارات العربية المتحدة", "AE"), ("xj", "XJ")],
        *[("UAE", "AE"), ("uae", "AE"), ("USA", "US"), ("840", "US")],
        *[("", WORLD), ("  ", WORLD), ("world", WORLD), ("ALL", WORLD), ("001", WORLD)],
        *[("العالم", WORLD), ("ZZ", "ZZ"), ("zz", "ZZ"), ("Atlantis", "Atlantis"), ("1", "1")],
        *[("ZZZ", "ZZ"), ("SUN", "SUN"), ("ägypten", "ägypten"), ("Ⅷ", "Ⅷ"), ("–", "–")],
    ],
)
def test_a_region_is_understood_as_it_is_written(text: str, region: str) -> None:
    assert resolve_region(text) == region


def test_names_are_known_in_the_languages_that_are_given() -> None:
    assert resolve_region("Ägypten", ["de"]) == "EG"
    assert resolve_region("Égypte", ["xx-none", "", "fr_FR"]) == "EG"


@given(st.text())
def test_no_text_is_too_odd_to_be_a_region(text: str) -> None:
    once = resolve_region(text)
    assert resolve_region(once) == once


def test_a_letter_with_accents_without_end_is_a_region_at_once() -> None:
    """To put these in order, Python would need hours."""
    text = "e" + "\u0301\u0316" * 500_000
    assert resolve_region(text) == text


@pytest.mark.slow
def test_no_language_has_a_name_that_is_too_long_to_be_looked_up() -> None:
    names = (
        str(name)
        for tag in locale_identifiers()
        if "_" not in tag
        for name in Locale.parse(tag).territories.values()
    )
    assert max(map(len, names)) < 200


def test_the_regions_that_are_known_are_codes() -> None:
    known = list_regions()
    assert {WORLD, "EG", "AE", "PS", "XK", "XJ", "NA"} <= set(known)
    assert not {"ZZ", "EU", "QO"} & set(known)
    assert [resolve_region(code) for code in known] == list(known)


# What is believed.


@pytest.mark.parametrize(
    ("row", "expected", "notes"),
    [
        ({}, {}, ()),
        (
            {"confirmed": "516023", "deaths": 24830, "recovered": " 7.0 ", "active": ""},
            {"confirmed": 516023, "deaths": 24830, "recovered": 7},
            (),
        ),
        ({"confirmed": 0, "new_confirmed": -3}, {"confirmed": 0, "new_confirmed": -3}, ()),
        (
            {"confirmed": -1, "deaths": "-5"},
            {},
            (
                "confirmed is -1, less than zero: not shown",
                "deaths is -5, less than zero: not shown",
            ),
        ),
        (
            {"confirmed": "many", "deaths": "1.5", "new_deaths": "9" * 40, "active": True},
            {},
            (
                "confirmed is 'many', not a whole number: not shown",
                "deaths is '1.5', not a whole number: not shown",
                "active is 'True', not a whole number: not shown",
                f"new_deaths is '{'9' * 19}…', not a whole number: not shown",
            ),
        ),
        (
            {"confirmed": 10, "deaths": 11, "new_deaths": 1, "recovered": 2},
            {"confirmed": 10, "recovered": 2},
            ("deaths exceed confirmed: deaths are not shown",),
        ),
        (
            {"confirmed": 10, "deaths": 1, "recovered": 10, "active": 0},
            {"confirmed": 10, "deaths": 1},
            ("deaths and recovered exceed confirmed: recovered and active are not shown",),
        ),
        ({"deaths": 5, "recovered": 9}, {"deaths": 5, "recovered": 9}, ()),
    ],
)
def test_one_rule_says_what_of_a_row_is_believed(
    row: dict[str, Any], expected: dict[str, int], notes: tuple[str, ...]
) -> None:
    assert read_counts(row) == ({**NOTHING, **expected}, notes)


anything = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text())


@given(st.dictionaries(st.sampled_from(sorted(NOTHING)), anything))
def test_what_is_believed_never_contradicts_itself(row: dict[str, Any]) -> None:
    counts, notes = read_counts(row)
    totals = [counts[name] for name in ("confirmed", "deaths", "recovered", "active")]
    assert all(total is None or total >= 0 for total in totals)
    confirmed, deaths, recovered, _ = totals
    assert confirmed is None or (deaths or 0) + (recovered or 0) <= confirmed
    assert all(note == note.strip() and "\n" not in note for note in notes)


# Tables in files.

CSV = """\
# source: Ministry of Health: figures
# url: https://example.org/figures
# licence: CC-BY-4.0
# cadence: 7
# fetched: 2026-11-28T10:00:00+02:00
# whatever: else

region,date,confirmed,deaths,new_confirmed,days,remark
EG,2026-11-22,516023,24830,23,7,"a, b"
Jordan,,1000
"""
OF_CSV = Origin(
    "file:x", "Ministry of Health: figures", "https://example.org/figures", "CC-BY-4.0", "", 7
)
FETCHED = datetime(2026, 11, 28, 8, tzinfo=UTC)
JSON = {
    "source": "Ministry of Health: figures",
    "url": "https://example.org/figures",
    "licence": "CC-BY-4.0",
    "cadence": 7,
    "fetched": "2026-11-28T08:00:00",
    "figures": [
        {
            "region": "EG",
            "date": "2026-11-22",
            "confirmed": 516023,
            "deaths": "24830",
            "new_confirmed": 23,
            "days": 7,
        },
        {"region": "Jordan", "confirmed": 1000, "deaths": None},
    ],
}
FIGURES = {
    "EG": Figures("EG", DAY, OF_CSV, FETCHED, 516023, 24830, None, None, 23, None, 7),
    "JO": Figures("JO", None, OF_CSV, FETCHED, 1000),
}


def test_csv_and_json_hold_the_same_figures() -> None:
    assert table.read(CSV, "csv", "file:x") == table.Table(OF_CSV, FIGURES)
    assert table.read("\ufeff" + CSV.replace("\n", "\r\n"), "csv", "file:x").figures == FIGURES
    assert table.read(json.dumps(JSON), "json", "file:x") == table.Table(OF_CSV, FIGURES)


def test_a_table_needs_no_more_than_regions() -> None:
    bare = Origin("file:x", "x.csv", "", "")
    figures = {"EG": Figures("EG", None, bare, None, 5)}
    assert table.read("confirmed,region\n5,EG\n", "csv", "file:x", "x.csv").figures == figures


def test_what_is_written_reads_the_same() -> None:
    text = table.write(OF_CSV, map(table.build_row, FIGURES.values()), fetched=FETCHED.isoformat())
    assert table.read(text, "csv", "file:x") == table.Table(OF_CSV, FIGURES)


@given(st.dictionaries(st.sampled_from([*NOTHING, "date", "days"]), st.text()), st.text())
def test_no_value_breaks_out_of_its_row(row: dict[str, str], name: str) -> None:
    head = Origin("k", name, "https://e.com/", "x")
    text = table.write(head, [{"region": "EG", **row}, {"region": "AE", "confirmed": 1}])
    assert len(text.split("\n")) == len([*text.splitlines(), ""])
    try:
        read = table.read(text, "csv", "k")
    except TableError:
        assert row.get("date") or row.get("days")
    else:
        assert list(read.figures) == ["EG", "AE"]
        assert read.figures["AE"].confirmed == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "it has no header line with a column region"),
        ("# a: b\n", "it has no header line with a column region"),
        ("<!doctype html>", "it has no header line with a column region"),
        ("region\n", "it has no figures"),
        ("region\nAtlantis", "line 2: 'Atlantis' is not a region"),
        ("#\n\nregion,x\n,1", "line 4: '' is not a region"),
        ("region\nEG\nEgypt", "line 3: region EG appears twice"),
        ("region,date\nEG,1.2.2020", "line 2: date is '1.2.2020', not a date such as 2024-12-31"),
        ("region,days\nEG,0", "line 2: days is '0', not a number of days"),
        ("region,days\nEG,week", "line 2: days is 'week', not a number of days"),
        ('region,date\nEG,"2020', "line 2: unexpected end of data"),
        ('region,"date\nEG', "line 1: unexpected end of data"),
        ("region," + "x" * 140_000, "line 1: field larger than field limit (131072)"),
        ("# url: javascript:alert(1)\nregion\nEG", "url is not an http or https address"),
        ("# licence-url: //x\nregion\nEG", "licence-url is not an http or https address"),
        ("# cadence: -1\nregion\nEG", "cadence is '-1', not a number of days"),
        ("# ended: soon\nregion\nEG", "ended is 'soon', not a date such as 2024-12-31"),
        ("# fetched: now\nregion\nEG", "fetched is 'now', not a time in ISO 8601"),
    ],
)
def test_an_invalid_table_is_an_error_that_names_the_line(text: str, message: str) -> None:
    with pytest.raises(TableError) as raised:
        table.read(text, "csv", "file:x")
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"figures": [', "it is not JSON: Expecting value: line 1 column 14 (char 13)"),
        ("[" * 100_000, "it is not JSON: "),
        ("[]", 'it is not an object with a list "figures"'),
        ('{"figures": {}}', 'it is not an object with a list "figures"'),
        ('{"figures": []}', "it has no figures"),
        ('{"figures": [1]}', "figures 1: it is not an object"),
        ('{"figures": [{"region": "EG"}, {"region": 5}]}', "figures 2: '5' is not a region"),
    ],
)
def test_json_that_holds_no_table_is_an_error(text: str, message: str) -> None:
    with pytest.raises(TableError) as raised:
        table.read(text, "json", "file:x")
    assert str(raised.value).startswith(message)


@given(st.text())
def test_reading_any_text_as_a_table_raises_nothing_but_a_table_error(text: str) -> None:
    for form in ("csv", "json"):
        try:
            table.read(text, form, "k")
        except TableError:
            continue


# Files.


def test_a_file_is_a_source_and_is_read_again_when_it_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_text("region,confirmed\nEG,5\n", encoding="utf-8")
    (source,) = sources(f"file:{path}")
    assert source.origin == Origin(f"file:{path}", "figures.csv", "", "")
    assert source.fetch(["EG", "AE"])["EG"].confirmed == 5
    path.write_text("region,confirmed\nEG,66\n", encoding="utf-8")
    assert source.fetch(["EG"])["EG"].confirmed == 66


def test_a_file_that_cannot_be_used_is_reported_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "latin.csv").write_bytes(b"region\nEG\xe9")
    (tmp_path / "page.JSON").write_text("<html>", encoding="utf-8")
    (tmp_path / "large.csv").write_bytes(b"x" * 2_000_001)
    expected = {
        "gone.csv": "no such file or directory",
        ".": "is a directory",
        "latin.csv": "'utf-8' codec can't decode byte 0xe9 in position 9: unexpected end of data",
        "page.JSON": "it is not JSON: Expecting value: line 1 column 1 (char 0)",
        "large.csv": "it is larger than 2,000,000 bytes",
    }
    for name, reason in expected.items():
        (source,) = sources(f"file:{tmp_path / name}")
        said: list[str] = []
        assert ask([source], ["EG"], said.append) == {}
        assert said == [f"file:{tmp_path / name}: {reason}"]


def test_a_missing_local_table_is_reported_with_the_command_that_writes_it(tmp_path: Path) -> None:
    said: list[str] = []
    ask(sources("local", Settings(local=tmp_path / "l.csv")), ["EG"], said.append)
    there_is_none = f"{tmp_path}/l.csv does not exist; create it with `shortcodes covid19 update`"
    assert said == [f"local: {there_is_none}"]


def test_final_has_the_totals_of_four_regions_and_nothing_else() -> None:
    (final,) = sources("final")
    head = final.origin
    assert (head.cadence, head.ended, head.licence) == (7, date(2024, 12, 1), "CC-BY-4.0")
    assert final.fetch(["EG", "AE", "PS", WORLD, "JO"]) == {
        code: Figures(code, head.ended, head, None, *totals)
        for code, totals in {
            "EG": (516023, 24830),
            "AE": (1067030, 2349),
            "PS": (703228, 5708),
            WORLD: (776973433, 7077725),
        }.items()
    }
    rates = {
        code: str(one.deaths_rate) for code, one in final.fetch(["EG", "AE", "PS", WORLD]).items()
    }
    assert rates == {"EG": "4.81", "AE": "0.22", "PS": "0.81", WORLD: "0.91"}


def test_the_parts_of_an_origin_are_those_of_its_figures() -> None:
    figures = Snapshot().fetch(["EG"])["EG"]
    assert (figures.source, figures.licence, figures.url) == (
        "DXY.cn, django-covid19",
        "MIT",
        "https://github.com/leafcoder/django-covid19",
    )

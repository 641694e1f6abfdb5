"""The snapshot: the table's promises, the figures it stands for, and the script that makes it."""

from __future__ import annotations

import csv
import importlib.util
import json
import zipfile
from datetime import date
from decimal import Decimal
from importlib import resources
from pathlib import Path
from types import ModuleType

import pytest

from shortcodes_covid19 import WORLD, Figures, Origin, Snapshot
from tests.repository import ROOT

DAY = date(2020, 6, 8)
ORIGIN = Origin(
    key="snapshot",
    name="DXY.cn, django-covid19",
    url="https://github.com/leafcoder/django-covid19",
    licence="MIT",
    licence_url="https://spdx.org/licenses/MIT.html",
    cadence=1,
    ended=DAY,
)
SCRIPT = ROOT / "scripts" / "make_covid19_snapshot.py"
PACKAGE = resources.files("shortcodes_covid19")


def test_the_figures_of_the_article_are_these() -> None:
    assert Snapshot().fetch(["EG", "AE", "PS", WORLD]) == {
        "EG": Figures("EG", DAY, ORIGIN, None, 35444, 1271, 9375, 24798, 1365, 34),
        "AE": Figures("AE", DAY, ORIGIN, None, 39376, 281, 22275, 16820, 568, 5),
        "PS": Figures("PS", DAY, ORIGIN, None, 643, 5, 377, 261, 0, 0),
        WORLD: Figures(WORLD, DAY, ORIGIN, None, 7063127, 405814, 3123511, 3533802, 107667, 3261),
    }


def test_the_origin_names_source_licence_and_day() -> None:
    assert Snapshot().origin == ORIGIN


def test_regions_that_the_table_lacks_are_left_out() -> None:
    assert Snapshot().fetch(["HK", "eg", "", "Egypt"]) == {}


def test_zero_recovered_cases_are_read_as_no_data_and_active_ones_too() -> None:
    assert Snapshot().fetch(["CW"]) == {
        "CW": Figures("CW", DAY, ORIGIN, None, 21, 1, None, None, 0, 0)
    }


def test_a_row_that_contradicts_itself_has_no_recovered_and_active() -> None:
    notes = (
        "active is -215, less than zero: not shown",
        "deaths and recovered exceed confirmed: recovered and active are not shown",
    )
    expected = Figures("NZ", DAY, ORIGIN, None, 1154, 22, None, None, 0, 0, notes=notes)
    assert Snapshot().fetch(["NZ"]) == {"NZ": expected}


def test_a_row_of_the_day_before_keeps_its_own_day() -> None:
    expected = Figures("CN", date(2020, 6, 7), ORIGIN, None, 84634, 4645, 79865, 124, 9, 0)
    assert Snapshot().fetch(["CN"]) == {"CN": expected}


def test_no_figure_on_a_card_is_negative_except_a_change() -> None:
    lines = (PACKAGE / "snapshot.csv").read_text(encoding="utf-8").splitlines()
    codes = [row["region"] for row in csv.DictReader(x for x in lines if not x.startswith("#"))]
    figures = Snapshot().fetch(codes).values()
    totals = [n for f in figures for n in (f.confirmed, f.deaths, f.recovered, f.active)]
    assert (len(codes), sorted(set(codes))) == (216, codes)
    assert [n for n in totals if n is not None and n < 0] == []


def test_the_table_is_small_and_travels_with_its_licence() -> None:
    table = (PACKAGE / "snapshot.csv").read_bytes()
    licence = (PACKAGE / "snapshot-LICENSE.txt").read_text(encoding="utf-8")
    assert len(table) <= 40_000
    assert licence.startswith("MIT License\n\nCopyright (c) 2020 leafcoder\n")


@pytest.mark.parametrize(
    ("confirmed", "deaths", "rate"),
    [
        (35444, 1271, "3.59"),
        (800, 1, "0.13"),  # 0.125: halves go up
        (5, 0, "0.00"),
        (0, 0, None),
        (None, 5, None),
        (5, None, None),
    ],
)
def test_the_death_rate_is_deaths_in_a_hundred_confirmed(
    confirmed: int | None, deaths: int | None, rate: str | None
) -> None:
    expected = None if rate is None else Decimal(rate)
    assert Figures("EG", DAY, ORIGIN, None, confirmed, deaths).deaths_rate == expected


# The script.


@pytest.fixture
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_covid19_snapshot", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _day(day: int, confirmed: int, new: int) -> dict[str, int]:
    return {
        "dateId": day,
        "confirmedCount": confirmed,
        "deadCount": 1,
        "curedCount": 2,
        "currentConfirmedCount": confirmed - 3,
        "confirmedIncr": new,
        "deadIncr": 0,
    }


def _wheel(folder: Path) -> Path:
    days = {
        "EGY": [_day(20200607, 7, 4), _day(20200608, 9, 2)],
        "Princess": [_day(20200608, 8, 0)],
        "FO": [_day(20200607, 6, 6)],
    }
    entries = [
        {"fields": {"countryCode": code, "confirmedCount": 0, "dailyData": json.dumps(rows)}}
        for code, rows in days.items()
    ]
    path = folder / "django_covid19.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        entry = zipfile.ZipInfo("django_covid19/fixtures/country.json")
        wheel.writestr(entry, json.dumps(entries))
        wheel.writestr(zipfile.ZipInfo("django_covid19-0.4rc1.dist-info/LICENSE"), "terms\n")
    return path


def test_the_script_takes_the_last_day_of_each_series_and_mends_codes(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert script.main([str(_wheel(tmp_path)), str(tmp_path)]) == 0
    table = (tmp_path / "snapshot.csv").read_text(encoding="utf-8").splitlines()
    assert [line for line in table if not line.startswith("# wheel-sha256: ")] == [
        "# what: COVID-19 figures by region: totals, and the change within the row's own day",
        "# source: DXY.cn, django-covid19",
        "# release: 0.4rc1",
        "# url: https://github.com/leafcoder/django-covid19",
        "# licence: MIT",
        "# licence-url: https://spdx.org/licenses/MIT.html",
        "# cadence: 1",
        "# ended: 2020-06-08",
        "# notice: Copyright (c) 2020 leafcoder; the whole notice is in snapshot-LICENSE.txt",
        "# made-by: scripts/make_covid19_snapshot.py",
        "region,date,confirmed,deaths,recovered,active,new_confirmed,new_deaths",
        "001,2020-06-08,23,3,6,14,2,0",
        "EG,2020-06-08,9,1,2,6,2,0",
        "FO,2020-06-07,6,1,2,3,6,0",
        "XJ,2020-06-08,8,1,2,5,0,0",
    ]
    assert (tmp_path / "snapshot-LICENSE.txt").read_text(encoding="utf-8") == "terms\n"
    assert capsys.readouterr().out == (
        "3 rows, 2020-06-08: confirmed 23, deaths 3, recovered 6, active 14,"
        " new_confirmed 8, new_deaths 0\n"
    )


def test_the_script_says_in_one_line_that_a_file_is_not_the_wheel(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.whl").write_text("no zip", encoding="utf-8")
    with pytest.raises(SystemExit) as leaving:
        script.main([str(tmp_path / "x.whl"), str(tmp_path)])
    assert leaving.value.code == 2
    assert (
        capsys.readouterr()
        .err.splitlines()[-1]
        .endswith("this is not the wheel of django-covid19 0.4rc1: File is not a zip file")
    )

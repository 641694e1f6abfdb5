"""`shortcodes covid19`, `--covid-source` and the table `covid19` of a configuration."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from shortcodes.cli.io import replacing
from shortcodes.files.held_folders import HeldFolder
from tests import covid19_servers as loopback
from tests.command import call
from tests.covid19_servers import WHO_PATH, Server
from tests.repository import ROOT
from tests.samples import samples, terminal

CARD = "[covid19-ultimate-card region=EG]"
TABLE = """\
# source: The Ministry
# url: https://example.org/figures
# licence: CC0-1.0
region,date,confirmed,deaths,recovered,active,new_confirmed,new_deaths,days
EG,2026-11-22,5166,24,9,5133,-3,0,7
AE,,1067030,,,,12,,
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder where the command runs, with a table, and homes for cache and data."""
    (tmp_path / "figures.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "page.txt").write_text(CARD, encoding="utf-8")
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path


@pytest.fixture
def server(listening: HTTPServer, site: Path) -> Iterator[Server]:
    """A server that the configuration of the site names."""
    listening.clear()
    made = Server(listening)
    made.documented()
    configure(site, f'base-urls = {{ who = "{made.url}", "disease.sh" = "{made.url}" }}')
    yield made
    listening.clear()


def configure(site: Path, text: str) -> None:
    (site / "shortcodes.toml").write_text(f"[covid19]\n{text}\n", encoding="utf-8")


def age_of(day: str) -> int:
    return (datetime.now(UTC).date() - datetime.fromisoformat(day).date()).days


def freshness_of(day: str) -> str:
    """Return how fresh figures of a daily source are, that is not of yesterday."""
    return "stale" if age_of(day) > 7 else "ageing"


# show


def test_show_prints_a_line_for_each_region_with_age_and_source(site: Path, capfd: Any) -> None:
    status, out, err = call(
        capfd,
        "covid19",
        "show",
        "EG",
        "AQ",
        "مصر",
        "BV",
        "--source",
        "file:figures.csv,snapshot",
    )
    rows = [re.split(r"  +", line.strip()) for line in out.splitlines()]
    assert rows == [
        ["region", "as of", "confirmed", "deaths", "recovered", "active", "rate", "source"],
        [
            "Egypt",
            f"2026-11-22 {age_of('2026-11-22')} days {freshness_of('2026-11-22')}",
            "5,166 -3 in 7 days",
            "24 ±0 in 7 days",
            "9",
            "5,133",
            "0.46%",
            "file:figures.csv",
        ],
        ["Antarctica", *["—"] * 7],
        ["Bouvet Island", *["—"] * 7],
        ["file:figures.csv: The Ministry, CC0-1.0, https://example.org/figures"],
    ]
    assert (status, err) == (
        0,
        "shortcodes: warning: no source has figures for region 'AQ'\n"
        "shortcodes: warning: no source has figures for region 'BV'\n",
    )


@pytest.mark.parametrize(
    ("region", "hint"),
    [
        ("Egpyt", "; did you mean 'Egypt'?"),
        ("egpyt", "; did you mean 'Egypt'?"),
        ("البرازل", "; did you mean 'البرازيل'?"),
        ("ZZ", ""),
        ("\x1b[2J", ""),
    ],
)
def test_show_of_an_unknown_region_is_a_mistake(
    site: Path, capfd: Any, region: str, hint: str
) -> None:
    said = f"shortcodes: there is no region {region!r}{hint}\n"
    assert call(capfd, "covid19", "show", "EG", region) == (2, "", said)


def test_one_day_is_written_in_the_singular(site: Path, capfd: Any) -> None:
    yesterday = (datetime.now(UTC).date() - timedelta(days=1)).isoformat()
    Path("y.csv").write_text(f"region,date,new_deaths\nEG,{yesterday},3\n", encoding="utf-8")
    _, out, _ = call(capfd, "covid19", "show", "EG", "--source", "file:y.csv")
    assert f" {yesterday} 1 day fresh " in out


def test_show_without_a_region_shows_the_world_of_the_snapshot(site: Path, capfd: Any) -> None:
    status, out, err = call(capfd, "covid19", "show")
    assert (status, err) == (0, "")
    assert re.split(r"  +", out.splitlines()[1].strip()) == [
        "World",
        f"2020-06-08 {age_of('2020-06-08')} days frozen",
        "7,063,127 +107,667",
        "405,814 +3,261",
        "3,123,511",
        "3,533,802",
        "5.75%",
        "snapshot",
    ]


def test_as_json_every_figure_is_there_with_its_day_and_nulls_stay(site: Path, capfd: Any) -> None:
    words = ("EG", "AE", "AQ", "--source", "file:figures.csv", "--format", "json")
    _, out, _ = call(capfd, "covid19", "show", *words)
    egypt, emirates, nobody = json.loads(out)
    origin = {
        "key": "file:figures.csv",
        "name": "The Ministry",
        "url": "https://example.org/figures",
        "licence": "CC0-1.0",
        "licence_url": "",
    }
    assert egypt == {
        "region": "EG",
        "name": "Egypt",
        "as_of": "2026-11-22",
        "age_days": age_of("2026-11-22"),
        "freshness": freshness_of("2026-11-22"),
        "fetched_at": None,
        "confirmed": 5166,
        "deaths": 24,
        "recovered": 9,
        "active": 5133,
        "new_confirmed": -3,
        "new_deaths": 0,
        "days": 7,
        "deaths_rate": 0.46,
        "notes": [],
        "source": origin,
    }
    assert (emirates["as_of"], emirates["age_days"], emirates["freshness"]) == (None, None, "stale")
    assert {name: value for name, value in nobody.items() if value not in (None, [])} == {
        "region": "AQ",
        "name": "Antarctica",
        "days": 1,
    }


def test_on_a_terminal_the_table_fits_it_and_no_figure_is_cut(site: Path) -> None:
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "shortcodes", "covid19", "show", "EG", "AE", "world"]
    environment = {**os.environ, "COLUMNS": "80", "TERM": "xterm", "NO_COLOR": "1"}
    subprocess.run(command, stdout=follower, check=True, env=environment)
    os.close(follower)
    shown = os.read(leader, 65536).decode()
    os.close(leader)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown).splitlines()
    assert max(map(len, plain)) <= 80
    text = " ".join(plain)
    for figure in ("35,444", "+1,365", "7,063,127", "+107,667", "3,533,802", "2020-06-08"):
        assert figure in text
    assert "…" not in text


def test_what_a_table_says_cannot_command_the_terminal(site: Path, capfd: Any) -> None:
    (site / "bad.csv").write_text("# source: a\x1b[31mb\nregion\nEG\n", encoding="utf-8")
    _, out, err = call(capfd, "covid19", "show", "EG", "--source", "file:bad.csv")
    assert "\x1b" not in out + err
    assert "a\\x1b[31mb" in out


@pytest.mark.parametrize("command", ["show", "update"])
def test_an_unknown_source_is_the_users_mistake(site: Path, capfd: Any, command: str) -> None:
    message = "shortcodes: --source: unknown source 'whoo'; did you mean 'who'?\n"
    assert call(capfd, "covid19", command, "--source", "whoo") == (2, "", message)


@pytest.mark.parametrize("command", ["show", "update"])
def test_each_command_has_a_help_with_an_example(site: Path, capfd: Any, command: str) -> None:
    status, out, err = call(capfd, "covid19", command, "--help")
    assert (status, err) == (0, "")
    assert (
        f"\n    shortcodes covid19 {command} " in out
        or f"\n    shortcodes covid19 {command}\n" in out
    )


# update


def test_update_writes_what_local_reads(server: Server, site: Path, capfd: Any) -> None:
    path = site / "data/shortcode-engine/covid19/local.csv"
    said = f"5 regions until 2026-11-22: {path}\n"
    assert call(capfd, "covid19", "update", "--source", "who") == (0, "", said)
    assert server.asked == [WHO_PATH]
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# source: World Health Organization, WHO COVID-19 dashboard\n# url: ")
    server.http.clear()
    status, out, err = call(
        capfd, "covid19", "show", "EG", "world", "--source", "local", "--format", "json"
    )
    assert (status, err) == (0, "")
    egypt, world = json.loads(out)
    assert (egypt["confirmed"], egypt["new_confirmed"], egypt["days"]) == (516023, 23, 7)
    assert egypt["fetched_at"].startswith(f"{datetime.now(UTC):%Y-%m-}")
    assert egypt["source"]["key"] == "local"
    assert egypt["source"]["name"] == "World Health Organization, WHO COVID-19 dashboard"
    assert world["confirmed"] == 2458968
    assert server.asked == []
    _, page, _ = call(capfd, "render", "--covid-source", "local", "page.txt")
    assert 'value="516023"' in page


def test_a_card_uses_the_updated_table_only_where_its_source_is_named(
    server: Server, site: Path, capfd: Any
) -> None:
    call(capfd, "covid19", "update")
    _, page, _ = call(capfd, "render", "page.txt")
    assert 'value="35444"' in page


def test_update_requests_again_whatever_the_cache_holds(
    server: Server, site: Path, capfd: Any
) -> None:
    for _ in range(2):
        assert call(capfd, "covid19", "update", "-o", "new.csv")[0] == 0
    assert server.asked == [WHO_PATH, WHO_PATH]


def test_update_from_disease_sh_has_the_world_too(server: Server, site: Path, capfd: Any) -> None:
    status, _, err = call(capfd, "covid19", "update", "--source", "disease.sh", "-o", "w.csv")
    assert (status, err) == (0, "4 regions until 2024-04-13: w.csv\n")
    lines = Path("w.csv").read_text(encoding="utf-8").splitlines()
    assert [line[:5] for line in lines if line[0] != "#"] == [
        "regio",
        "001,2",
        "AE,20",
        "EG,20",
        "PS,20",
    ]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [(b"", "text/csv", 404), (b"<html>", "text/html", 200), (loopback.WHO[:-9], "text/csv", 200)],
)
def test_a_file_stays_as_it_was_if_the_answer_is_invalid(
    server: Server, site: Path, capfd: Any, body: bytes, kind: str, status: int
) -> None:
    call(capfd, "covid19", "update", "-o", "new.csv")
    before = Path("new.csv").read_bytes()
    server.http.clear()
    server.answer(WHO_PATH, body, kind, status=status)
    result, out, err = call(capfd, "covid19", "update", "-o", "new.csv")
    assert (result, out) == (2, "")
    host = f"shortcodes: who: {server.url[8:]}"
    assert err.startswith((f"{host}: answered ", f"{host}: sent "))
    assert Path("new.csv").read_bytes() == before
    assert not [path for path in site.iterdir() if path.name.startswith(".")]


@pytest.mark.slow
def test_update_shows_its_progress_on_a_terminal_only(server: Server, site: Path) -> None:
    command = [sys.executable, "-m", "shortcodes", "covid19", "update", "-o", "new.csv"]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    leader, follower = pty.openpty()
    subprocess.run(command, stderr=follower, check=True, env=environment)
    os.close(follower)
    shown = os.read(leader, 65536).decode()
    os.close(leader)
    assert "━" in shown
    piped = subprocess.run(command, capture_output=True, check=True, env=environment)
    assert piped.stderr == b"5 regions until 2026-11-22: new.csv\n"


def test_a_folder_that_cannot_be_made_is_the_users_mistake(
    server: Server, site: Path, capfd: Any
) -> None:
    (site / "data").write_text("", encoding="utf-8")
    folder = site / "data/shortcode-engine/covid19"
    assert call(capfd, "covid19", "update") == (2, "", f"shortcodes: {folder}: no such file\n")


def test_update_asks_one_source(site: Path, capfd: Any) -> None:
    message = "shortcodes: --source: update takes one source\n"
    assert call(capfd, "covid19", "update", "--source", "who,snapshot") == (2, "", message)


# The page of documentation


@pytest.mark.slow
@pytest.mark.checkout
def test_the_commands_of_the_page_on_sources_print_what_it_says(site: Path) -> None:
    (site / "examples").symlink_to(ROOT / "examples")
    shown = [
        (command, said, terminal(command, site))
        for sample in samples(ROOT / "docs" / "sources.md", "console")
        for command, said in sample.commands
    ]
    assert len(shown) == 2
    assert [(command, _undated(said)) for command, said, _ in shown] == [
        (command, _undated(printed)) for command, _, printed in shown
    ]


def _undated(text: str) -> list[str]:
    return [re.sub(r"\b\d+ days\b", "N days", line).rstrip() for line in text.splitlines()]


# --covid-source and the configuration


def test_the_sources_named_on_the_command_line_are_used_by_the_card(site: Path, capfd: Any) -> None:
    status, page, err = call(capfd, "render", "--covid-source", "file:figures.csv", "page.txt")
    assert (status, err) == (0, "")
    assert 'value="5166"' in page


def test_an_unknown_source_on_the_command_line_is_a_mistake_of_the_user(
    site: Path, capfd: Any
) -> None:
    message = "shortcodes: --covid-source: unknown source 'snapshto'; did you mean 'snapshot'?\n"
    assert call(capfd, "render", "--covid-source", "snapshto", "page.txt") == (2, "", message)


@pytest.mark.parametrize("name", ["shortcodes.toml", "pyproject.toml"])
def test_the_configuration_names_a_chain_and_the_command_line_another(
    site: Path, capfd: Any, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    head = "covid19" if name == "shortcodes.toml" else "tool.shortcodes.covid19"
    text = f'[{head}]\nsource = ["final", "file:figures.csv"]\n'
    (site / name).write_text(text.replace('"final", ', ""), encoding="utf-8")
    monkeypatch.chdir(site / "below")
    assert 'value="5166"' in call(capfd, "render", "../page.txt")[1]
    assert "5,166" in call(capfd, "covid19", "show", "EG")[1]
    assert 'value="516023"' in call(capfd, "render", "--covid-source", "final", "../page.txt")[1]
    (site / name).write_text(text, encoding="utf-8")
    assert 'value="516023"' in call(capfd, "render", "../page.txt")[1]


def test_paths_and_addresses_of_the_configuration_are_used_by_the_sources(
    server: Server, site: Path, capfd: Any
) -> None:
    configure(
        site,
        f'source = "who"\ncache = "kept"\nlocal = "here.csv"\nexpires = 60\n'
        f'base-urls = {{ who = "{server.url}" }}',
    )
    _, page, err = call(capfd, "render", "page.txt")
    assert ('value="516023"' in page, err) == (True, "")
    assert len(list((site / "kept").iterdir())) == 1
    assert call(capfd, "covid19", "update") == (
        0,
        "",
        f"5 regions until 2026-11-22: {site / 'here.csv'}\n",
    )
    configure(site, f'cache = false\nbase-urls = {{ who = "{server.url}" }}')
    call(capfd, "render", "--covid-source", "who", "page.txt")
    assert not (site / "caches").exists()


SECONDS = "must be a number of seconds from 0, up to 1,000,000,000"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sorce = 'who'", "covid19 has an unknown key 'sorce'; did you mean 'source'?"),
        ("source = 'whoo'", "covid19: source: unknown source 'whoo'; did you mean 'who'?"),
        ("source = 1", "covid19: source: must be a str or a list of them"),
        ("source = []", "covid19: source: the chain of sources is empty"),
        ("cache = 1", "covid19: cache: must be a path"),
        ("expires = 'soon'", "covid19: expires: must be an int or a float, not str"),
        *(
            (f"expires = {value}", f"covid19: expires: {SECONDS}")
            for value in (
                "-1",
                "inf",
                "-inf",
                "nan",
                "1e300",
                "1000000001",
                "0x" + "f" * 5000,
            )
        ),
        ("expires = true", "covid19: expires: must be an int or a float, not bool"),
        ("expires = [1]", "covid19: expires: must be an int or a float, not list"),
        ("heading = 0x" + "f" * 5000, "covid19: heading: must be one of 2, 3, 4, 5, 6, not a num"),
        ("heading = nan", "covid19: heading: must be an int, not float"),
        ("expires = " + "9" * 5000, "a number has too many digits"),
        ("base-urls = 'x'", "covid19: base-urls: must be a table of names and addresses"),
        (
            "base-urls = { who = 'http://x' }",
            "covid19: base-urls: the base URL of who must begin with https://, not 'http://x'",
        ),
        (
            "base-urls = { whom = 'https://x' }",
            "covid19: base-urls: unknown source 'whom'; did you mean 'who'?",
        ),
        ("[wordpress]\nproviders = ['vimo']", "wordpress: providers: unknown provider 'vimo'; "),
        (
            "[wordpress]\nproviders = 'vimeo'",
            "wordpress: providers: must be a list of names, not str",
        ),
    ],
)
def test_a_mistake_in_the_table_is_one_clear_error(
    site: Path, capfd: Any, text: str, message: str
) -> None:
    configure(site, text)
    status, out, err = call(capfd, "render", "page.txt")
    assert (status, out) == (2, "")
    assert err.startswith(f"shortcodes: {site / 'shortcodes.toml'}: {message}")
    assert err.count("\n") == 1


def test_a_table_of_a_library_is_a_table(site: Path, capfd: Any) -> None:
    (site / "shortcodes.toml").write_text("covid19 = 'who'", encoding="utf-8")
    message = f"shortcodes: {site / 'shortcodes.toml'}: covid19 must be a table\n"
    assert call(capfd, "render", "page.txt") == (2, "", message)


def test_providers_of_films_are_named_there_too(site: Path, capfd: Any) -> None:
    (site / "page.txt").write_text("[embed]https://vimeo.com/76979871[/embed]", encoding="utf-8")
    assert "<iframe" not in call(capfd, "render", "page.txt")[1]
    configure(site, "[wordpress]\nproviders = ['vimeo']")
    assert "player.vimeo.com/video/76979871" in call(capfd, "render", "page.txt")[1]


def test_update_writes_over_no_file_that_is_no_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from click.testing import CliRunner

    from shortcodes_covid19.command import covid19

    monkeypatch.chdir(tmp_path)
    (tmp_path / "shortcodes.toml").write_text('[covid19]\nlocal = "notes.txt"\n')
    notes = tmp_path / "notes.txt"
    notes.write_text("[core]\n")
    command = ["update", "--source", "snapshot"]
    result = CliRunner().invoke(covid19, command)
    assert result.exit_code != 0
    assert "notes.txt: is not a table of figures, left as it is" in result.output
    assert notes.read_text() == "[core]\n"
    notes.unlink()
    for _ in range(2):  # a table may be replaced
        assert CliRunner().invoke(covid19, command).exit_code == 0
    assert notes.read_text().startswith("# source: ")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("sales.csv", "month,region,turnover\n2026-01,North,123\n2026-02,South,456\n"),
        ("cities.csv", "region,mayor\nNowhere,Anne\n"),
        ("mayors.csv", "region,mayor\nEG,Anne\nAE,Ben\n"),
        ("book.md", "# Title\n# Part\nregion\n\nThe whole book.\n"),
        ("header.csv", "region,date,confirmed\n"),
        ("mixed.csv", "region,date,confirmed\nEG,2026-01-01,1\nand the minutes of our meeting\n"),
        ("list.json", '{"figures": [], "novel": "all of it"}'),
        ("rows.json", '{"figures": [{"region": "EG", "mayor": "Anne"}]}'),
    ],
)
def test_update_writes_over_no_file_that_only_begins_like_a_table(
    site: Path, capfd: Any, name: str, text: str
) -> None:
    configure(site, f"local = '{name}'")
    (site / name).write_text(text, encoding="utf-8")
    message = f"shortcodes: {site / name}: is not a table of figures, left as it is\n"
    assert call(capfd, "covid19", "update", "--source", "snapshot") == (2, "", message)
    assert (site / name).read_text(encoding="utf-8") == text


@pytest.mark.parametrize("text", ["", TABLE, '{"figures": [{"region": "EG", "deaths": 1}]}'])
def test_update_writes_over_a_table_and_an_empty_file(site: Path, capfd: Any, text: str) -> None:
    configure(site, "local = 'local.csv'")
    (site / "local.csv").write_text(text, encoding="utf-8")
    assert call(capfd, "covid19", "update", "--source", "snapshot")[0] == 0
    assert "\nregion,date,confirmed," in (site / "local.csv").read_text(encoding="utf-8")


@pytest.mark.skipif(not hasattr(os, "O_PATH"), reason="paths without links can be opened on Linux")
@pytest.mark.parametrize("is_there", [True, False])
def test_update_writes_nothing_where_a_link_leads_that_appears_meanwhile(
    server: Server, site: Path, tmp_path_factory: pytest.TempPathFactory, capfd: Any, is_there: bool
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    if is_there:
        (site / "d").mkdir()

    def swap_and_answer(request: Request) -> Response:
        if is_there:
            (site / "d").rename(site / "old")
        (site / "d").symlink_to(outside)
        return Response(loopback.WHO, content_type="text/csv")

    server.http.clear()
    server.http.expect_request(WHO_PATH).respond_with_handler(swap_and_answer)
    configure(site, f"cache = false\nlocal = 'd/e/f.csv'\nbase-urls.who = '{server.url}'")
    message = f"shortcodes: {site / 'd/e/f.csv'} leads out of {site}\n"
    assert call(capfd, "covid19", "update") == (2, "", message)
    assert not any(outside.iterdir())


@pytest.mark.skipif(not hasattr(os, "O_PATH"), reason="paths without links can be opened on Linux")
def test_update_writes_into_the_folder_that_it_checked(
    site: Path, tmp_path_factory: pytest.TempPathFactory, capfd: Any, monkeypatch: Any
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (site / "d").mkdir()
    read_original = replacing.read_original

    def read_and_swap(folder: HeldFolder, name: str, limit: int) -> bytes | None:
        data = read_original(folder, name, limit)
        (site / "d").rename(site / "old")
        (site / "d").symlink_to(outside)
        return data

    monkeypatch.setattr(replacing, "read_original", read_and_swap)
    configure(site, "local = 'd/f.csv'")
    assert call(capfd, "covid19", "update", "--source", "snapshot")[0] == 0
    assert not any(outside.iterdir())
    assert [path.name for path in (site / "old").iterdir()] == ["f.csv"]


@pytest.mark.parametrize("before", [None, TABLE])
def test_update_writes_over_no_file_that_appears_or_changes_meanwhile(
    site: Path, capfd: Any, monkeypatch: Any, before: str | None
) -> None:
    path = site / "here.csv"
    if before is not None:
        path.write_text(before)
    read_original = replacing.read_original

    def read_and_write(folder: HeldFolder, name: str, limit: int) -> bytes | None:
        data = read_original(folder, name, limit)
        path.write_text("my novel")
        return data

    monkeypatch.setattr(replacing, "read_original", read_and_write)
    configure(site, "local = 'here.csv'")
    message = f"shortcodes: {path}: changed meanwhile, left as it is\n"
    assert call(capfd, "covid19", "update", "--source", "snapshot") == (2, "", message)
    assert path.read_text() == "my novel"


def test_update_writes_over_no_file_that_is_too_large_to_be_checked(site: Path, capfd: Any) -> None:
    configure(site, "local = 'large.csv'")
    with (site / "large.csv").open("wb") as file:
        file.truncate(2_000_001)
    reason = "cannot be read (it is larger than 2,000,000 bytes), left as it is"
    message = f"shortcodes: {site / 'large.csv'}: {reason}\n"
    assert call(capfd, "covid19", "update", "--source", "snapshot") == (2, "", message)

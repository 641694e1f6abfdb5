"""Sources on the network: real sockets and TLS on loopback, and what goes wrong there."""

from __future__ import annotations

import base64
import gzip
import json
import os
import socket
import ssl
import stat
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from shortcodes import __version__
from shortcodes.files.folders import BoundPath, Folder
from shortcodes_covid19 import WORLD, Figures, Settings, Source, ask, sources
from shortcodes_covid19.data_sources.cache_folder import CacheFolder
from shortcodes_covid19.data_sources.failures import NoAnswerError
from shortcodes_covid19.data_sources.transport import _run_within
from tests import covid19_servers as loopback
from tests.covid19_servers import COUNTRIES, WHO, WHO_PATH, Server, country, counts, who_line
from tests.needs import posix

LATEST = date(2026, 11, 22)
FROZEN = date(2024, 4, 13)


def source(name: str, settings: Settings) -> Source:
    (made,) = sources(name, settings)
    return made


def asked(one: Source, *regions: str) -> tuple[dict[str, Figures], list[str]]:
    """Return what a source knows, and what was said."""
    said: list[str] = []
    return ask([one], regions or ("EG",), said.append), said


def said_by(server: Server, cache: Path, name: str = "who", **how: Any) -> list[str]:
    """Return what is said of a source that has nothing, with the server's address as HOST."""
    found, said = asked(source(name, server.settings(cache, **how)), "EG")
    assert found == {}
    return [message.replace(server.url.removeprefix("https://"), "HOST") for message in said]


# What the sources say.


def test_who_is_read_as_it_reports(server: Server, tmp_path: Path) -> None:
    server.documented()
    who = source("who", server.settings(tmp_path))
    before = datetime.now(UTC).replace(microsecond=0)
    found, said = asked(who, "EG", "AE", "PS", "NA", WORLD, "ZZ", "Atlantis", "")
    fetched = {figures.fetched_at for figures in found.values()}
    assert len(fetched) == 1
    (moment,) = fetched
    assert moment is not None
    assert before <= moment <= datetime.now(UTC)
    head = who.origin
    assert found == {
        "EG": Figures("EG", LATEST, head, moment, 516023, 24830, None, None, 23, 1, 7),
        "AE": Figures("AE", LATEST, head, moment, 1067030, 2349, None, None, 30, 0, 7),
        "PS": Figures("PS", date(2026, 11, 15), head, moment, 703200, 5708),
        "NA": Figures("NA", LATEST, head, moment, 172010, 4101, None, None, 10, 1, 7),
        WORLD: Figures(WORLD, LATEST, head, moment, 2458968, 37001, None, None, 68, 2, 7),
    }
    assert said == []


def test_disease_sh_is_read_with_its_day_and_without_active_where_recovered_is_missing(
    server: Server, tmp_path: Path
) -> None:
    server.documented()
    one = source("disease.sh", server.settings(tmp_path))
    found, said = asked(one, "EG", "AE", "PS", WORLD, "ZZ")
    moment = found["EG"].fetched_at
    head = one.origin
    assert (head.ended, said) == (FROZEN, [])
    assert found == {
        "EG": Figures("EG", FROZEN, head, moment, 516023, 24830, 442182, 49011),
        "AE": Figures("AE", FROZEN, head, moment, 1067030, 2349, 1064681, 0),
        "PS": Figures("PS", FROZEN, head, moment, 703228, 5708),
        WORLD: Figures(
            WORLD, FROZEN, head, found[WORLD].fetched_at, 704753890, 7010681, 675619811, 22123398
        ),
    }
    assert server.asked == ["/all?allowNull=true", "/countries?allowNull=true"]


def test_only_what_is_needed_is_asked_for_and_only_once(server: Server, tmp_path: Path) -> None:
    server.documented()
    settings = server.settings(tmp_path)
    assert asked(source("disease.sh", settings), "Atlantis") == ({}, [])
    assert server.asked == []
    for _ in range(3):
        asked(source("disease.sh", settings), "EG", "AE")
        asked(source("disease.sh", settings), WORLD)
        asked(source("who", settings), "EG", WORLD)
    assert server.asked == [
        "/countries?allowNull=true",
        "/all?allowNull=true",
        "/WHO-COVID-19-global-daily-data.csv",
    ]


def test_the_request_names_the_project_and_nothing_else(server: Server, tmp_path: Path) -> None:
    server.documented()
    asked(source("who", server.settings(tmp_path)))
    request, _ = server.http.log[0]
    assert request.headers["User-Agent"].startswith(f"shortcode-engine/{__version__} ")
    assert sorted(request.headers.keys()) == [
        "Accept",
        "Accept-Encoding",
        "Connection",
        "Host",
        "User-Agent",
    ]


def test_no_request_carries_what_libraries_find_elsewhere(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login ana password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    headers = {"Location": "/x", "Set-Cookie": "reader=1; Path=/"}
    server.answer(WHO_PATH, "there", "text/plain", status=302, headers=headers)
    server.answer("/x", WHO)
    found, said = asked(source("who", server.settings(tmp_path / "cache")))
    assert (found["EG"].confirmed, said) == (516023, [])
    assert server.asked == [WHO_PATH, "/x"]
    for request, _ in server.http.log:
        assert request.headers.get("Authorization") is None
        assert request.headers.get("Cookie") is None
    kept = [path.read_bytes() for path in (tmp_path / "cache").iterdir()]
    assert not any(word in data for data in kept for word in (b"Authorization", b"reader=1"))


def test_nothing_that_a_server_says_of_itself_changes_how_it_is_asked(
    server: Server, tmp_path: Path
) -> None:
    headers = {"Set-Cookie": "reader=1; Path=/", "Vary": "*", "Cache-Control": "no-store"}
    server.answer(WHO_PATH, WHO, headers=headers)
    one = source("who", server.settings(tmp_path))
    assert asked(one) == asked(one)
    assert len(server.asked) == 1
    asked(source("who", server.settings(tmp_path / "other")))
    (path,) = [path for path in tmp_path.iterdir() if path.is_file()]
    path.unlink()
    asked(one)
    assert len(server.asked) == 3
    assert [request.headers.get("Cookie") for request, _ in server.http.log] == [None] * 3


def test_many_threads_are_one_request(server: Server, tmp_path: Path) -> None:
    server.documented()
    one = source("who", server.settings(tmp_path))
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: asked(one), range(32)))
    assert answers == answers[:1] * 32
    assert server.asked == [WHO_PATH]


@pytest.mark.parametrize("packed", [False, True])
def test_the_cache_holds_figures_and_not_the_answer(
    server: Server, tmp_path: Path, packed: bool
) -> None:
    lines = [who_line("2026-11-22", "EG", "Egypt", 1, 5, 0, 1)]
    lines += [who_line(f"{year}-01-01", "EG", "Egypt", "", 5, "", 1) for year in range(1000, 9999)]
    body = loopback.who_table(*lines)
    headers = {"Content-Encoding": "gzip"} if packed else {}
    server.answer(WHO_PATH, gzip.compress(body) if packed else body, headers=headers)
    settings = server.settings(tmp_path)
    first, second = asked(source("who", settings)), asked(source("who", settings))
    assert first == second
    assert first[0]["EG"].confirmed == 5
    kept = list(tmp_path.iterdir())
    assert len(kept) == 1
    assert kept[0].stat().st_size < 4000 < len(body)


# What goes wrong: nothing is kept of it, it is said once, and the next source is asked.


@pytest.mark.parametrize(
    ("body", "kind", "how", "message"),
    [
        ("gone", "text/plain", {"status": 404}, "answered with status 404"),
        ("busy", "text/plain", {"status": 403}, "answered with status 403"),
        (
            "busy",
            "text/plain",
            {"status": 429, "headers": {"Retry-After": "3600"}},
            "answered with status 429, and asks to wait: '3600'",
        ),
        (
            "<!doctype html><title>WHO</title>",
            "text/html; charset=utf-8",
            {},
            "sent a web page (text/html) instead of figures",
        ),
        (
            "<!doctype html><title>WHO</title>",
            "text/csv",
            {},
            "sent data that cannot be read: its header does not name Date_reported, Country_code,"
            " Country, New_cases, Cumulative_cases, New_deaths, Cumulative_deaths",
        ),
        (WHO[:-9], "text/csv", {}, "sent data that cannot be read: line 41: 6 cells, not 8"),
        (
            loopback.who_table(who_line("22/11/2026", "EG", "Egypt", 1, 5, 0, 1)),
            "text/csv",
            {},
            "sent data that cannot be read: line 2: Invalid isoformat string: '22/11/2026'",
        ),
        (
            loopback.who_table(who_line("2026-11-22", "EG", "Egypt", "", 5, "", 1)),
            "text/csv",
            {},
            "sent data that cannot be read: it has no reports",
        ),
        (
            WHO + b"\xff\n",
            "text/csv",
            {},
            "sent data that cannot be read: 'utf-8' codec can't decode",
        ),
        (
            "x" * 20_000,
            "text/csv",
            {},
            "sent data that cannot be read: it has a line of more than 10,000 characters",
        ),
        ("", "text/csv", {}, "sent data that cannot be read: its header does not name"),
        (
            "no gzip",
            "text/csv",
            {"headers": {"Content-Encoding": "gzip"}},
            "sent a body that cannot be decompressed",
        ),
    ],
)
def test_an_invalid_answer_of_who_is_reported(
    server: Server, tmp_path: Path, body: Any, kind: str, how: dict[str, Any], message: str
) -> None:
    server.answer(WHO_PATH, body, kind, **how)
    (said,) = said_by(server, tmp_path, deadline=3)
    assert said.startswith(f"who: HOST: {message}")
    assert list(tmp_path.iterdir()) == []
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (json.dumps(COUNTRIES)[:200], "it is not JSON: "),
        ("null", "it is not a list of countries"),
        (
            '{"message": "Country not found or doesn\'t have any cases"}',
            "it is not a list of countries",
        ),
        ('[{"country": "Egypt"}]', "it has no cases"),
        ("[1]", "it has no cases"),
        ("[]", "it has no figures"),
        ("[" * 100_000, "it is not JSON: it is nested too deeply"),
        (b"\xff\xfe[\x00\xd8]\x00", "it is not JSON: "),
    ],
)
def test_an_invalid_answer_of_disease_sh_is_reported(
    server: Server, tmp_path: Path, body: Any, message: str
) -> None:
    server.answer("/countries", body, "application/json")
    (said,) = said_by(server, tmp_path, "disease.sh")
    assert said.startswith(f"disease.sh: HOST: sent data that cannot be read: {message}")
    assert list(tmp_path.iterdir()) == []


def test_impossible_counts_are_no_data_and_reported_with_the_figures(
    server: Server, tmp_path: Path
) -> None:
    listed = [
        country("A", "EG", **counts("516023", "24830.0", "many", 49011, None, {})),
        country("B", "AE", **counts(-5, None, 1, 2, -7, -8)),
        country("C", "PS", **counts(10, 11, 0, 0, 1, 1)),
        country("D", "JO", **counts(None, None, None, 5, None, None)),
        {**country("E", "SY", **counts(1, 0, 0, 1, 0, 0)), "countryInfo": "none"},
        country("F", "s\ny", **counts(1, 0, 0, 1, 0, 0)),
        country("G", "EG", **counts(1, 0, 0, 1, 0, 0)),
    ]
    server.answer("/countries", json.dumps(listed), "application/json")
    one = source("disease.sh", server.settings(tmp_path))
    found, said = asked(one, "EG", "AE", "PS", "JO", "SY")
    moment = found["EG"].fetched_at
    head = one.origin
    assert said == []
    assert found == {
        "EG": Figures(
            "EG",
            FROZEN,
            head,
            moment,
            516023,
            24830,
            None,
            49011,
            notes=(
                "recovered is 'many', not a whole number: not shown",
                "new_deaths is '{}', not a whole number: not shown",
            ),
        ),
        "AE": Figures(
            "AE",
            FROZEN,
            head,
            moment,
            None,
            None,
            1,
            2,
            -7,
            -8,
            notes=("confirmed is -5, less than zero: not shown",),
        ),
        "PS": Figures(
            "PS",
            FROZEN,
            head,
            moment,
            10,
            None,
            0,
            0,
            1,
            None,
            notes=("deaths exceed confirmed: deaths are not shown",),
        ),
        "JO": Figures("JO", FROZEN, head, moment),
    }


def test_a_busy_server_is_asked_again(server: Server, tmp_path: Path) -> None:
    for status, headers in ((500, {}), (429, {"Retry-After": "0"})):
        refusal = Response("busy", status=status, headers=headers)
        server.http.expect_ordered_request(WHO_PATH).respond_with_response(refusal)
    server.http.expect_ordered_request(WHO_PATH).respond_with_data(WHO, content_type="text/csv")
    found, said = asked(source("who", server.settings(tmp_path)))
    assert (found["EG"].confirmed, said) == (516023, [])
    assert len(server.asked) == 3


def test_a_busy_server_is_asked_three_times_at_most(server: Server, tmp_path: Path) -> None:
    server.answer(WHO_PATH, "busy", "text/plain", status=503)
    assert said_by(server, tmp_path) == ["who: HOST: answered with status 503"]
    assert len(server.asked) == 3


@pytest.mark.parametrize("declared", [True, False])
def test_an_answer_of_fifty_megabytes_is_given_up(
    ca: trustme.CA, tmp_path: Path, declared: bool
) -> None:
    sent = [0]

    def speak(connection: ssl.SSLSocket) -> None:
        length = b"Content-Length: 50000000\r\n" if declared else b""
        connection.sendall(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n" + length + b"\r\n" + WHO
        )
        line = who_line("2026-11-22", "EG", "Egypt", "", 5, "", 1).encode() + b"\r\n"
        while sent[0] < 50_000_000:
            connection.sendall(line * 1000)
            sent[0] += len(line) * 1000

    with loopback.raw_server(ca, speak) as url:
        settings = Settings(cache=tmp_path, base_urls={"who": url}, limit=1_000_000)
        found, said = asked(source("who", settings))
    assert found == {}
    assert said == [f"who: {url[8:]}: sent more than 1,000,000 bytes"]
    assert sent[0] < 10_000_000


def test_a_compressed_answer_is_limited_by_its_unpacked_size(
    server: Server, tmp_path: Path
) -> None:
    body = gzip.compress(loopback.who_table(*["x,,,,,,,"] * 1_000_000))
    assert len(body) < 100_000
    server.answer(WHO_PATH, body, headers={"Content-Encoding": "gzip"})
    (said,) = said_by(server, tmp_path, limit=1_000_000)
    assert said == "who: HOST: sent more than 1,000,000 bytes"


def _drip(connection: ssl.SSLSocket, data: bytes) -> None:
    for byte in data * 1000:
        connection.sendall(bytes([byte]))
        time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.parametrize(
    "begun", [b"", b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n\r\n"], ids=["head", "body"]
)
def test_a_server_that_sends_a_byte_now_and_then_delays_nobody(
    ca: trustme.CA, tmp_path: Path, begun: bytes
) -> None:
    def speak(connection: ssl.SSLSocket) -> None:
        connection.sendall(begun)
        _drip(connection, b"x")

    with loopback.raw_server(ca, speak) as url:
        settings = Settings(cache=tmp_path, base_urls={"who": url}, deadline=0.5)
        start = time.monotonic()
        found, said = asked(source("who", settings))
        took = time.monotonic() - start
        assert (found, said) == ({}, [f"who: {url[8:]}: took too long"])
    assert took < 25  # of the 50 seconds that the server would go on


def test_a_truncated_answer_is_refused_however_soon_it_ends() -> None:
    cut, ended = threading.Event(), threading.Event()

    def work() -> str:
        cut.wait()
        ended.set()
        return "the first half"

    def cut_it() -> None:
        cut.set()
        ended.wait()
        time.sleep(0.05)  # for the thread to leave its result

    with pytest.raises(NoAnswerError, match="took too long"):
        _run_within(0.01, work, cut_it)


@pytest.mark.slow
def test_a_silent_server_delays_nobody(ca: trustme.CA, tmp_path: Path) -> None:
    with loopback.raw_server(ca, lambda connection: time.sleep(0.6)) as url:
        settings = Settings(cache=tmp_path, base_urls={"who": url}, timeout=0.1, deadline=5)
        assert asked(source("who", settings)) == ({}, [f"who: {url[8:]}: did not answer in time"])


def test_an_answer_that_breaks_off_is_refused(ca: trustme.CA, tmp_path: Path) -> None:
    def speak(connection: ssl.SSLSocket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n" + WHO)

    with loopback.raw_server(ca, speak) as url:
        settings = Settings(cache=tmp_path, base_urls={"who": url}, deadline=5)
        assert asked(source("who", settings)) == ({}, [f"who: {url[8:]}: the connection was lost"])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_an_answer_that_is_not_http_is_refused(ca: trustme.CA, tmp_path: Path) -> None:
    with loopback.raw_server(ca, lambda connection: connection.sendall(b"SSH-2.0\r\n")) as url:
        settings = Settings(cache=tmp_path, base_urls={"who": url}, deadline=5)
        assert asked(source("who", settings)) == ({}, [f"who: {url[8:]}: the connection was lost"])


@pytest.mark.parametrize(
    ("place", "named"),
    [
        ("https://127.0.0.2:{port}/x", "https://127.0.0.2:{port}"),
        ("http://localhost:{port}/x", "http://localhost:{port}"),
        ("https://localhost/x", "https://localhost:443"),
        ("//127.0.0.2/x", "https://127.0.0.2:443"),
        ("file:///etc/passwd", "file://:443"),
    ],
)
def test_a_redirect_to_another_server_is_not_followed(
    server: Server, tmp_path: Path, place: str, named: str
) -> None:
    port = server.http.port
    headers = {"Location": place.format(port=port)}
    server.answer(WHO_PATH, "elsewhere", "text/plain", status=302, headers=headers)
    server.answer("/x", WHO)
    (said,) = said_by(server, tmp_path)
    named = named.format(port=port).replace(f"localhost:{port}", "HOST")
    assert said == f"who: HOST: redirects to another server, {named}"
    assert server.asked == [WHO_PATH]


def test_a_redirect_on_the_same_server_is_followed(server: Server, tmp_path: Path) -> None:
    server.answer(WHO_PATH, "there", "text/plain", status=301, headers={"Location": "/x"})
    server.answer("/x", WHO)
    found, said = asked(source("who", server.settings(tmp_path)))
    assert (found["EG"].confirmed, said) == (516023, [])
    assert server.asked == [WHO_PATH, "/x"]


def test_an_endless_redirect_is_given_up(server: Server, tmp_path: Path) -> None:
    server.answer(WHO_PATH, "x", "text/plain", status=302, headers={"Location": WHO_PATH})
    assert said_by(server, tmp_path) == ["who: HOST: redirects too often"]
    assert len(server.asked) == 6


def test_a_certificate_that_nobody_knows_is_not_trusted(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.documented()
    with trustme.CA().cert_pem.tempfile() as other:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", other)
        assert said_by(server, tmp_path) == ["who: HOST: its certificate is not trusted"]
    assert server.asked == []


def test_a_certificate_for_another_name_is_not_trusted(ca: trustme.CA, tmp_path: Path) -> None:
    context = loopback.context_of(ca, "example.org")
    with HTTPServer(host="localhost", ssl_context=context) as other:
        assert said_by(Server(other), tmp_path) == ["who: HOST: its certificate is not trusted"]


@pytest.mark.slow
def test_an_unreachable_host_is_reported(ca: trustme.CA, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    for url, reason in {
        f"https://localhost:{port}": "connection refused",
        "https://does-not-exist.invalid": "",
    }.items():
        settings = Settings(cache=tmp_path, base_urls={"who": url}, deadline=5)
        found, (said,) = asked(source("who", settings))
        assert found == {}
        assert said.startswith(f"who: {url[8:]}: {reason}")


@pytest.mark.slow
def test_a_proxy_is_used_where_there_is_one(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.documented()
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.getsockname()[1]}")
        monkeypatch.setenv("NO_PROXY", "")
        proxy.settimeout(5)

        def refuse() -> None:
            for _ in range(3):
                connection, _ = proxy.accept()
                with connection:
                    heard.append(connection.recv(65536))
                    connection.sendall(b"HTTP/1.1 403 Forbidden\r\n\r\n")

        _in_background(refuse)
        assert said_by(server, tmp_path) == ["who: HOST: the proxy refused the connection"]
    assert heard[0].startswith(b"CONNECT localhost:")
    assert server.asked == []
    for nonsense in ("http:///x", "nonsense://["):
        monkeypatch.setenv("HTTPS_PROXY", nonsense)
        assert said_by(server, tmp_path) == ["who: HOST: the proxy cannot be used"]
    assert server.asked == []


def _in_background(work: Callable[[], None]) -> None:
    def run() -> None:
        with suppress(OSError):
            work()

    threading.Thread(target=run, daemon=True).start()


# What was kept stands in.


def _kept(server: Server, cache: Path) -> str:
    """Fill a cache with an answer that expires at once; return when it came, as messages say it."""
    server.documented()
    settings = server.settings(cache, expires=0.001)
    for name in ("who", "disease.sh"):
        assert asked(source(name, settings), "EG", WORLD)[1] == []
    time.sleep(0.01)
    server.http.clear()
    return f"{datetime.now(UTC):%Y-%m-%d}"


@pytest.mark.parametrize(
    ("body", "kind", "status", "reason"),
    [
        ("", "text/csv", 404, "answered with status 404"),
        ("<html>", "text/html", 200, "sent a web page (text/html) instead of figures"),
        (WHO[:-9], "text/csv", 200, "sent data that cannot be read: line 41: 6 cells, not 8"),
    ],
)
def test_the_last_good_answer_replaces_an_invalid_one(
    server: Server, tmp_path: Path, body: Any, kind: str, status: int, reason: str
) -> None:
    day = _kept(server, tmp_path)
    server.answer(WHO_PATH, body, kind, status=status)
    for _ in range(2):
        found, (said,) = asked(source("who", server.settings(tmp_path, expires=0.001)))
        assert found["EG"].confirmed == 516023
        assert said.startswith(f"who: {server.url[8:]}: {reason}; its answer of {day} ")
        assert said.endswith(" UTC is used")


@pytest.mark.slow
def test_the_last_good_answer_is_used_while_the_server_is_off(
    ca: trustme.CA, tmp_path: Path
) -> None:
    context = loopback.context_of(ca, "localhost")
    with HTTPServer(host="localhost", ssl_context=context) as http:
        off = Server(http)
        _kept(off, tmp_path)
    for name, count in (("who", 1), ("disease.sh", 1)):
        found, said = asked(source(name, off.settings(tmp_path)), "EG", WORLD)
        assert sorted(found) == [WORLD, "EG"]
        assert len(said) == count
        assert said[0].startswith(f"{name}: {off.url[8:]}: connection refused; its answer of ")


def test_what_has_not_changed_is_not_sent_again(server: Server, tmp_path: Path) -> None:
    def respond(request: Request) -> Response:
        known = request.headers.get("If-None-Match") == '"1"'
        body, status = (b"", 304) if known else (WHO, 200)
        return Response(body, status=status, headers={"ETag": '"1"', "Content-Type": "text/csv"})

    server.http.expect_request(WHO_PATH).respond_with_handler(respond)
    settings = server.settings(tmp_path, expires=0.001)
    results = []
    for _ in range(2):
        results.append(asked(source("who", settings)))
        time.sleep(0.01)
    assert results[0] == results[1]
    assert [response.status_code for _, response in server.http.log] == [200, 304]


# A cache that cannot be used.


def test_without_a_cache_each_source_still_asks_once(server: Server) -> None:
    server.documented()
    one = source("who", server.settings(None))
    assert asked(one) == asked(one)
    assert server.asked == [WHO_PATH]


def test_a_cache_that_is_a_file_is_done_without_and_reported_once(
    server: Server, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    server.documented()
    one = source("who", server.settings(tmp_path / "file"))
    first, second = asked(one), asked(one)
    reason = f"the cache {tmp_path}/file cannot be used: not a directory"
    assert first[1] == [f"who: {reason}"]
    assert second == (first[0], [])
    assert first[0]["EG"].confirmed == 516023
    assert server.asked == [WHO_PATH]


@pytest.mark.parametrize(
    "bad", [b"", b"{", b"[]", b"\xff\xfe", b'{"_content": 5}', b'{"status_code": 200}']
)
def test_a_cache_that_holds_nonsense_is_done_without(
    server: Server, tmp_path: Path, bad: bytes
) -> None:
    server.documented()
    settings = server.settings(tmp_path)
    asked(source("who", settings))
    (path,) = tmp_path.iterdir()
    path.write_bytes(bad)
    one = source("who", settings)
    found, said = asked(one)
    assert found["EG"].confirmed == 516023
    assert all("the cache" in message for message in said)
    assert asked(one) == (found, [])
    assert len(server.asked) == 2


POISON: list[Any] = [None, "x", 1e999, [], {}, {"created_at": "x", "url": "u"}]
POISON += [{"__class__": "os.system"}, {"py/object": "os.system"}, {"_content": {}}, [[]] * 9]


@pytest.mark.parametrize(
    "bad", [*(json.dumps(one).encode() for one in POISON), b"[" * 100_000, b"9" * 5000, b"\0"]
)
def test_an_invalid_answer_in_the_cache_is_replaced(
    server: Server, tmp_path: Path, bad: bytes
) -> None:
    server.documented()
    settings = server.settings(tmp_path)
    expected = asked(source("who", settings))[0].keys()
    (path,) = tmp_path.iterdir()
    path.write_bytes(bad)
    for _ in range(2):
        found, said = asked(source("who", settings))
        assert (found.keys(), said, len(server.asked)) == (expected, [], 2)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.slow
@examples(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_cached_answer_that_was_changed_is_at_worst_lost(
    server: Server, tmp_path: Path, data: st.DataObject
) -> None:
    server.http.clear()
    server.documented()
    cache = Path(tempfile.mkdtemp(dir=tmp_path))
    asked(source("who", server.settings(cache)))
    (path,) = cache.iterdir()
    kept = json.loads(path.read_bytes())
    for key in data.draw(st.sets(st.sampled_from(sorted(kept)), min_size=1, max_size=3)):
        kept[key] = data.draw(st.sampled_from([*POISON, "1", -1, True, "9999-12-31T23:59:59"]))
    path.write_text(json.dumps(kept))
    _, said = asked(source("who", server.settings(cache)))
    assert all("\n" not in message for message in said)
    assert len(said) <= 1


def _planted(path: Path, **changes: Any) -> None:
    """Change the file of a cached answer; a value of `None` removes the key."""
    kept = {**json.loads(path.read_bytes()), **changes}
    path.write_text(json.dumps({key: value for key, value in kept.items() if value is not None}))


LONG_AGO, IN_TEN_YEARS = (
    f"{datetime.now(UTC) + timedelta(days=d):%FT%T+00:00}" for d in (-9, 3650)
)


@pytest.mark.parametrize(
    "changes",
    [
        {"created_at": LONG_AGO, "expires": IN_TEN_YEARS},
        {"created_at": LONG_AGO, "expires": None},
        {"created_at": IN_TEN_YEARS, "expires": IN_TEN_YEARS},
        {"created_at": None, "expires": IN_TEN_YEARS},
        {"created_at": None, "expires": None},
        {"created_at": IN_TEN_YEARS.removesuffix("+00:00"), "expires": IN_TEN_YEARS},
    ],
)
def test_a_cached_answer_does_not_say_how_long_it_is_used(
    server: Server, tmp_path: Path, changes: Any
) -> None:
    server.documented()
    settings = server.settings(tmp_path)
    expected, _ = asked(source("who", settings))
    (path,) = tmp_path.iterdir()
    _planted(path, **changes)
    (found, said), later = (asked(source("who", settings)) for _ in range(2))
    assert later == (found, said)
    fetched_at = found["EG"].fetched_at  # it may be another second by now
    assert ({"EG": replace(expected["EG"], fetched_at=fetched_at)}, []) == (found, said)
    assert len(server.asked) == 2


def test_a_cached_answer_does_not_say_in_which_encoding_it_is_read(
    server: Server, tmp_path: Path
) -> None:
    server.documented()
    settings = server.settings(tmp_path)
    expected = asked(source("who", settings))
    (path,) = tmp_path.iterdir()
    _planted(path, encoding="utf-16")
    assert asked(source("who", settings)) == expected
    content = base64.b64encode(b"zz-" + b"a" * 400_000).decode()
    _planted(path, encoding="punycode", _content=content)
    start = time.process_time()
    asked(source("who", settings))
    assert time.process_time() - start < 1.5  # 6 s if the encoding counts


def test_an_answer_that_has_not_changed_is_fresh_again(server: Server, tmp_path: Path) -> None:
    headers = {"ETag": '"1"', "Content-Type": "text/csv"}

    def respond(request: Request) -> Response:
        is_known = request.headers.get("If-None-Match") == '"1"'
        return Response(b"" if is_known else WHO, status=304 if is_known else 200, headers=headers)

    server.http.expect_request(WHO_PATH).respond_with_handler(respond)
    settings = server.settings(tmp_path)
    asked(source("who", settings))
    (path,) = tmp_path.iterdir()
    _planted(path, created_at=LONG_AGO)
    for _ in range(2):
        asked(source("who", settings))
    assert [response.status_code for _, response in server.http.log] == [200, 304]


@posix
def test_the_cache_writes_and_reads_through_no_link(server: Server, tmp_path: Path) -> None:
    server.documented()
    cache, victim = tmp_path / "cache", tmp_path / "victim"
    settings = server.settings(cache)
    before = os.umask(0)
    try:
        found, _ = asked(source("who", settings))
    finally:
        os.umask(before)
    (path,) = cache.iterdir()
    modes = [stat.S_IMODE(one.stat().st_mode) for one in (cache, path)]
    assert [oct(mode) for mode in modes] == [oct(0o700), oct(0o600)]
    kept = path.read_bytes()
    for link in (Path.symlink_to, Path.hardlink_to):
        for written in (b"precious", kept.replace(b"516023", b"999999")):
            victim.unlink(missing_ok=True)
            victim.write_bytes(written)
            path.unlink()
            link(path, victim)
            again, said = asked(source("who", settings))
            if link is Path.symlink_to or written == b"precious":
                assert (again["EG"].confirmed, said) == (found["EG"].confirmed, [])
                assert (path.is_symlink(), path.stat().st_nlink) == (False, 1)
            assert victim.read_bytes() == written


def test_an_answer_of_another_user_is_not_read(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.documented()
    one = source("who", server.settings(tmp_path))
    asked(one)
    monkeypatch.setattr(os, "geteuid", lambda: -1, raising=False)
    asked(one)
    assert len(server.asked) == 2


@posix
def test_the_folder_of_another_user_is_no_cache(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.documented()
    monkeypatch.setattr(os, "geteuid", lambda: -1, raising=False)
    found, (said,) = asked(source("who", server.settings(tmp_path)))
    assert found["EG"].confirmed == 516023
    assert said == f"who: the cache {tmp_path} cannot be used: it belongs to another user"
    assert not any(tmp_path.iterdir())


@posix
def test_a_cache_that_becomes_a_link_meanwhile_stays_the_folder_that_was_opened(
    server: Server, tmp_path: Path
) -> None:
    cache, outside = tmp_path / "cache", tmp_path / "outside"
    outside.mkdir()

    def swap_and_answer(request: Request) -> Response:
        cache.rename(tmp_path / "old")
        cache.symlink_to(outside)
        return Response(WHO, content_type="text/csv")

    server.http.expect_request(WHO_PATH).respond_with_handler(swap_and_answer)
    settings = server.settings(cache)
    found, said = asked(source("who", settings))
    assert (found["EG"].confirmed, said) == (516023, [])
    assert not any(outside.iterdir())
    assert [path.suffix for path in (tmp_path / "old").iterdir()] == [".json"]


@pytest.mark.skipif(not hasattr(os, "O_PATH"), reason="paths without links can be opened on Linux")
@pytest.mark.parametrize("name", ["cache", "cache/below"])
def test_a_cache_that_was_found_and_leads_out_of_its_folder_meanwhile_is_not_used(
    server: Server, tmp_path: Path, name: str
) -> None:
    server.documented()
    site, outside = tmp_path / "site", tmp_path / "outside"
    site.mkdir()
    outside.mkdir()
    settings = replace(server.settings(tmp_path), cache=Folder(site, site).bind_target(name))
    (site / "cache").symlink_to(outside)
    found, (said,) = asked(source("who", settings))
    assert found["EG"].confirmed == 516023
    reason = f"{site / name} leads out of {site}"
    assert said == f"who: the cache {site / name} cannot be used: {reason}"
    assert not any(outside.iterdir())


@posix
def test_the_cache_can_be_listed_and_emptied(tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    for name in ("a.json", "b.json", ".c.part"):
        (tmp_path / "cache" / name).write_text("{}")
    cache = CacheFolder(BoundPath(tmp_path / "cache"), timedelta(1))
    assert (sorted(cache), len(cache)) == (["a", "b"], 2)
    del cache["a"]
    assert [*cache] == ["b"]
    with pytest.raises(KeyError):
        del cache["a"]
    with pytest.raises(KeyError):
        cache["b"]


@pytest.mark.parametrize("name", ["a\0b", "a" * 300, "file/below"])
def test_a_cache_folder_that_cannot_be_made_is_done_without(
    server: Server, tmp_path: Path, name: str
) -> None:
    (tmp_path / "file").write_text("")
    server.documented()
    found, (said,) = asked(source("who", server.settings(tmp_path / name)))
    assert found["EG"].confirmed == 516023
    assert said.startswith(f"who: the cache {tmp_path / name} cannot be used: ")


def test_a_cache_that_cannot_be_written_is_done_without(server: Server, tmp_path: Path) -> None:
    server.documented()
    settings = server.settings(tmp_path)
    asked(source("who", settings))
    (path,) = tmp_path.iterdir()
    path.unlink()
    path.mkdir()
    one = source("who", settings)
    found, (said,) = asked(one)
    assert found["EG"].confirmed == 516023
    assert said.startswith(f"who: the cache {tmp_path} cannot be used: ")
    assert asked(one) == asked(one)
    assert len(server.asked) == 3

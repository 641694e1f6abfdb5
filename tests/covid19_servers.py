"""Servers on loopback that answer as the sources of figures are documented to, or badly."""

from __future__ import annotations

import json
import os
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import trustme
from pytest_httpserver import HTTPServer

from shortcodes_covid19 import Settings

WHO_PATH = "/WHO-COVID-19-global-daily-data.csv"
HEAD = (
    "Date_reported,Country_code,Country,WHO_region,"
    "New_cases,Cumulative_cases,New_deaths,Cumulative_deaths"
)


def who_line(day: str, code: str, name: str, *counts: object) -> str:
    return f"{day},{code},{name},EMRO,{','.join(map(str, counts))}"


def who_table(*lines: str) -> bytes:
    return ("\ufeff" + "\r\n".join([HEAD, *lines]) + "\r\n").encode()


WHO = who_table(
    *(
        who_line(str(date(2026, 11, 15) + timedelta(day)), code, name, *counts)
        for code, name, first, last in (
            ("EG", "Egypt", (516000, 24829), (516023, 24830)),
            ("AE", "United Arab Emirates", (1067000, 2349), (1067030, 2349)),
            (
                "PS",
                '"occupied Palestinian territory, including east Jerusalem"',
                (703200, 5708),
                None,
            ),
            ("NA", "Namibia", (172000, 4100), (172010, 4101)),
            ("", "International conveyance", (700, 13), (705, 13)),
        )
        for day in range(8)
        for counts in [
            ("7", first[0], "0", first[1])
            if day == 0
            else ("9", last[0], "1", last[1])
            if day == 7 and last
            else ("", first[0], "", first[1])
        ]
    )
)
"""Two weekly reports of five areas, of which Palestine missed the second."""


def country(name: str, iso2: str | None, **counts: object) -> dict[str, Any]:
    return {
        "updated": 1795862400000,
        "country": name,
        "countryInfo": {"_id": 1, "iso2": iso2, "iso3": None, "lat": 0, "long": 0, "flag": "x"},
        "todayRecovered": None,
        "critical": None,
        "continent": "Africa",
        **counts,
    }


def counts(*six: object) -> dict[str, object]:
    names = ("cases", "deaths", "recovered", "active", "todayCases", "todayDeaths")
    return dict(zip(names, six, strict=True))


ALL = {
    "updated": 1795862400000,
    "affectedCountries": 231,
    **counts(704753890, 7010681, 675619811, 22123398, None, None),
}
COUNTRIES = [
    country("Egypt", "EG", **counts(516023, 24830, 442182, 49011, None, None)),
    country("UAE", "AE", **counts(1067030, 2349, 1064681, 0, None, None)),
    country("Palestine", "PS", **counts(703228, 5708, None, 697520, None, None)),
    country("Diamond Princess", None, **counts(712, 13, 699, 0, None, None)),
]


class Server:
    """An HTTPS server that counts what it is asked."""

    def __init__(self, server: HTTPServer) -> None:
        self.http = server
        self.url = f"https://localhost:{server.port}"

    def answer(self, path: str, body: bytes | str, kind: str = "text/csv", **how: Any) -> None:
        self.http.expect_request(path).respond_with_data(body, content_type=kind, **how)

    def documented(self) -> None:
        """Answer as WHO and disease.sh do."""
        self.answer(WHO_PATH, WHO)
        self.answer("/all", json.dumps(ALL), "application/json")
        self.answer("/countries", json.dumps(COUNTRIES), "application/json")

    @property
    def asked(self) -> list[str]:
        """The paths that were asked for, with their queries, in order."""
        return [request.full_path.rstrip("?") for request, _ in self.http.log]

    def settings(self, cache: Path | None, **how: Any) -> Settings:
        return Settings(
            cache=cache, base_urls={"who": self.url, "disease.sh": self.url}, timeout=2, **how
        )


@contextmanager
def authority() -> Iterator[trustme.CA]:
    """A certificate authority of our own, which requests trust meanwhile, without a proxy."""
    ca = trustme.CA()
    names = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "CURL_CA_BUNDLE")
    hidden = {name for name in os.environ if name.upper() in names}
    before = {
        name: os.environ.pop(name) for name in (*hidden, "REQUESTS_CA_BUNDLE") if name in os.environ
    }
    with ca.cert_pem.tempfile() as path:
        os.environ["REQUESTS_CA_BUNDLE"] = path
        try:
            yield ca
        finally:
            del os.environ["REQUESTS_CA_BUNDLE"]
            os.environ.update(before)


def context_of(ca: trustme.CA, *names: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert(*names).configure_cert(context)
    return context


@contextmanager
def raw_server(ca: trustme.CA, speak: Callable[[ssl.SSLSocket], None]) -> Iterator[str]:
    """A server whose every byte is the test's own; gives its URL."""
    context = context_of(ca, "localhost", "127.0.0.1")
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.1)
    closing = threading.Event()

    def serve() -> None:
        while not closing.is_set():
            with suppress(OSError):  # nobody came, or who came left
                plain, _ = listener.accept()
                plain.settimeout(5)
                with plain, context.wrap_socket(plain, server_side=True) as connection:
                    connection.recv(65536)
                    speak(connection)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"https://localhost:{listener.getsockname()[1]}"
    finally:
        closing.set()
        thread.join()
        listener.close()

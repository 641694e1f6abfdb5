"""Answers of sources that would be large in memory: each is one sentence, or read in little."""

from __future__ import annotations

import gzip
import ssl
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import trustme

from shortcodes_covid19 import Settings, ask, sources
from shortcodes_covid19.data_sources.decompression import decompress
from tests import covid19_servers as loopback
from tests.covid19_servers import HEAD, WHO

ROW = b"2026-11-22,EG,E,E,1,%d,1,%d\n"
BEGIN = f"{HEAD}\n".encode()
MEMORY = 80_000_000
"""Bytes; the body of the test itself is made before it is counted."""


@contextmanager
def bounded(limit: int = MEMORY) -> Iterator[None]:
    """Hold that what is done inside takes no more memory than that at any time."""
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < limit


def packed(body: bytes, times: int) -> bytes:
    for _ in range(times):
        body = gzip.compress(body, 1)
    return body


NOT_ASKED_FOR = "sent an encoding that was not requested: "
UNREADABLE = "sent data that cannot be read: "
NOT_UNPACKED = "sent a body that cannot be decompressed"
TOO_LARGE = "sent more than 64,000,000 bytes"
NULLS = bytes(100_000_000)

BODIES: dict[str, tuple[str, str, Callable[[], bytes], str]] = {
    "packed": (
        "who",
        "gzip",
        lambda: packed(NULLS, 1),
        f"{UNREADABLE}it has a line of more than 10,000 characters",
    ),
    "rows, packed": (
        "who",
        "gzip",
        lambda: packed(BEGIN + (b"x,," + b"y" * 9000 + b",,,,,\n") * 8000, 1),
        TOO_LARGE,
    ),
    "packed twice": ("who", "gzip, gzip", lambda: packed(NULLS, 2), f"{NOT_ASKED_FOR}'gzip, gzip'"),
    "packed five times": (
        "who",
        ",".join(["gzip"] * 5),
        lambda: packed(NULLS, 5),
        f"{NOT_ASKED_FOR}'gzip,gzip,gzip,gzip,gzip'",
    ),
    "deflated": ("who", "deflate", lambda: zlib.compress(NULLS), f"{NOT_ASKED_FOR}'deflate'"),
    "Brotli": ("who", "br", lambda: b"x", f"{NOT_ASKED_FOR}'br'"),
    "a long name": ("who", "x" * 1000, lambda: b"x", f"{NOT_ASKED_FOR}'{'x' * 40}'"),
    "no gzip": ("who", "gzip", lambda: b"x" * 1000, NOT_UNPACKED),
    "broken off": ("who", "gzip", lambda: packed(WHO, 1)[:-9], NOT_UNPACKED),
    "one row": (
        "who",
        "gzip",
        lambda: packed(BEGIN + b'"' + b'","\n' * 4_000_000, 1),
        f"{UNREADABLE}it has a cell that spans several lines",
    ),
    "lists": (
        "disease.sh",
        "gzip",
        lambda: packed(b"[" + b"[]," * 10_000_000 + b"[]]", 1),
        f"{UNREADABLE}it is larger than 2,000,000 bytes",
    ),
    "some lists": (
        "disease.sh",
        "",
        lambda: b"[" + b"[]," * 600_000 + b"[]]",
        f"{UNREADABLE}it has no cases",
    ),
    "depth": (
        "disease.sh",
        "",
        lambda: b"[" * 1_000_000,
        f"{UNREADABLE}it is not JSON: it is nested too deeply",
    ),
    "a long number": (
        "disease.sh",
        "",
        lambda: b'[{"cases":%s}]' % (b"9" * 1_900_000),
        f"{UNREADABLE}it has no figures",
    ),
}


def said_of(ca: trustme.CA, name: str, cache: Path, *parts: bytes) -> list[str]:
    """Return what is said of a source whose server sends these bytes."""

    def speak(connection: ssl.SSLSocket) -> None:
        for part in parts:
            connection.sendall(part)

    said: list[str] = []
    with loopback.raw_server(ca, speak) as url, bounded():
        settings = Settings(cache=cache, base_urls={name: url}, timeout=5)
        ask(sources(name, settings), ["EG"], said.append)
    return [sentence.partition(f"{url.removeprefix('https://')}: ")[2] for sentence in said]


@pytest.mark.slow
@pytest.mark.parametrize("what", BODIES)
def test_no_answer_takes_much_memory(ca: trustme.CA, tmp_path: Path, what: str) -> None:
    name, encoding, make, sentence = BODIES[what]
    body = make()
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n"
    head += f"Content-Length: {len(body)}\r\n"
    head += f"Content-Encoding: {encoding}\r\n" if encoding else ""
    assert said_of(ca, name, tmp_path, f"{head}\r\n".encode(), body) == [sentence]


@pytest.mark.slow
def test_the_body_of_an_answer_that_says_busy_is_not_read(ca: trustme.CA, tmp_path: Path) -> None:
    head = b"HTTP/1.1 503 x\r\nRetry-After: 0\r\nContent-Length: 1000000000000\r\n\r\n"
    assert said_of(ca, "who", tmp_path, head, b"x" * 1000) == [
        "answered with status 503, and asks to wait: '0'"
    ]


@pytest.mark.slow
@pytest.mark.parametrize("descending", [False, True])
def test_reports_of_one_day_are_one(descending: bool) -> None:
    from shortcodes_covid19.data_sources.who import read_daily

    totals = range(1, 60_000)[:: -1 if descending else 1]
    table = [BEGIN, ROW.replace(b"-22", b"-15") % (1, 1), *(ROW % (n, n) for n in totals)]
    with bounded(1_000_000):
        world, egypt = read_daily(table)
    assert {**world, "region": "EG"} | {"confirmed": "", "deaths": ""} == {
        **egypt,
        "confirmed": "",
        "deaths": "",
    }
    assert (egypt["new_confirmed"], egypt["new_deaths"], egypt["days"]) == (59_998, 59_998, 7)


@pytest.mark.parametrize("size", [1, 7, 1000, 10**6])
def test_packed_bodies_come_out_whole_in_bounded_pieces(size: int) -> None:
    body = WHO * 50
    members = gzip.compress(body) + gzip.compress(b"") + gzip.compress(bytes(500_000))
    chunks = [members[start : start + size] for start in range(0, len(members), size)]
    pieces = list(decompress(chunks, "GZIP"))
    assert b"".join(pieces) == body + bytes(500_000)
    assert max(map(len, pieces)) <= 65536
    assert list(decompress([b"a", b"b"], "identity")) == [b"a", b"b"]
    assert list(decompress([], "x-gzip")) == []

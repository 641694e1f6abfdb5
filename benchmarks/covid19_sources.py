"""Measures what it costs to fetch the WHO's daily table, from an HTTPS server on this machine.

    python benchmarks/covid19_sources.py [--rows N]

Each measurement runs in a new process. It prints the seconds, the peak memory above that after all
imports, and the bytes of the cache. "whole" reads the whole body at once, as `requests.get` does.
It runs only on Linux, because it reads memory from `/proc`.
"""

from __future__ import annotations

import argparse
import http.server
import json
import multiprocessing
import os
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import trustme

from shortcodes_covid19.regions import list_regions

HEAD = (
    "Date_reported,Country_code,Country,WHO_region,"
    "New_cases,Cumulative_cases,New_deaths,Cumulative_deaths\r\n"
)
AREAS = 240
ROWS = 583_440


def build_table(rows: int) -> bytes:
    """Return a table of 240 areas by day, which report every seventh day."""
    lines = [HEAD]
    for number, code in enumerate(list_regions()[1 : AREAS + 1]):
        for day in range(rows // AREAS):
            new = "120,{},3,{}" if day % 7 == 0 else ",{},,{}"
            counts = new.format(1000 * day + number, day + number)
            lines.append(
                f"{date(2020, 1, 4) + timedelta(day)},{code},Area {code},EMRO,{counts}\r\n"
            )
    return ("\ufeff" + "".join(lines)).encode()


def serve(body: bytes, context: ssl.SSLContext, ready: Any) -> None:
    """Answer every request with the table."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/csv")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Say nothing."""

    server = http.server.HTTPServer(("localhost", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    ready.put(server.server_port)
    server.serve_forever()


def read_peak_memory() -> int:
    """Return the peak memory of this process in bytes."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return 1024 * int(status.partition("VmHWM:")[2].split()[0])


def prepare_fetch(url: str, cache: str) -> Callable[[], object]:
    """Return a function that fetches figures from the source."""
    from shortcodes_covid19 import Settings, sources
    from shortcodes_covid19.data_sources import client  # noqa: F401 - imported before it is measured

    (who,) = sources("who", Settings(cache=Path(cache), base_urls={"who": url}))
    return lambda: who.fetch(["EG", "001"])


def prepare_whole(url: str, cache: str) -> Callable[[], object]:
    """Return a function that reads the whole body at once."""
    import requests

    from shortcodes_covid19.data_sources.who import read_daily

    path = "WHO-COVID-19-global-daily-data.csv"
    return lambda: read_daily([requests.get(f"{url}/{path}", timeout=60).content])


def measure(name: str, url: str, cache: str) -> None:
    """Measure one function, and print seconds and bytes of memory as JSON."""
    work = {"fetch": prepare_fetch, "whole": prepare_whole}[name](url, cache)
    before, start = read_peak_memory(), time.perf_counter()
    work()
    print(json.dumps([time.perf_counter() - start, read_peak_memory() - before]))


def main() -> int:
    """Run all measurements, and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--worker", nargs=3, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.worker:
        measure(*chosen.worker)
        return 0
    body = build_table(chosen.rows)
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    fork = multiprocessing.get_context("fork")
    ready = fork.Queue()
    server = fork.Process(target=serve, args=(body, context, ready), daemon=True)
    server.start()
    url = f"https://localhost:{ready.get()}"
    print(f"{chosen.rows:,} rows, {len(body):,} bytes\n")
    print("| | seconds | memory |\n|---|---|---|")
    with authority.cert_pem.tempfile() as bundle, tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "REQUESTS_CA_BUNDLE": bundle, "NO_PROXY": "localhost"}
        for title, name in (("fetched", "fetch"), ("from the cache", "fetch"), ("whole", "whole")):
            command = [sys.executable, __file__, "--worker", name, url, cache]
            run = subprocess.run(
                command, env=environment, stdout=subprocess.PIPE, text=True, check=True
            )
            seconds, memory = json.loads(run.stdout)
            print(f"| {title} | {seconds:.2f} | {memory / 1e6:.1f} MB |")
        cached = sum(path.stat().st_size for path in Path(cache).iterdir())
    server.terminate()
    print(f"\nThe cache holds {cached:,} bytes.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

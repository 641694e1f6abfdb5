"""What asking the WHO costs: a table as large as its daily one, from an HTTPS server on loopback.

    python benchmarks/covid19_sources.py [--rows N]

Each figure is of a fresh process: seconds, the highest mark of memory above what it held once all
was imported, and bytes of the cache. "whole" reads the body at once, as `requests.get` does, before
it is looked at. Linux only: memory is read from `/proc`.
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


def table(rows: int) -> bytes:
    """Return a table of 240 areas by day, which report every seventh."""
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


def peak() -> int:
    """Return the highest mark of this process's memory, in bytes."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return 1024 * int(status.partition("VmHWM:")[2].split()[0])


def ask(url: str, cache: str) -> Callable[[], object]:
    """Return a question to the source."""
    from shortcodes_covid19 import Settings, sources
    from shortcodes_covid19.data_sources import client  # noqa: F401 - imported before it is measured

    (who,) = sources("who", Settings(cache=Path(cache), base_urls={"who": url}))
    return lambda: who.fetch(["EG", "001"])


def whole(url: str, cache: str) -> Callable[[], object]:
    """Return the same without a stream."""
    import requests

    from shortcodes_covid19.data_sources.who import read_daily

    path = "WHO-COVID-19-global-daily-data.csv"
    return lambda: read_daily([requests.get(f"{url}/{path}", timeout=60).content])


def worker(name: str, url: str, cache: str) -> None:
    """Measure one question, and print what it took."""
    question = {"ask": ask, "whole": whole}[name](url, cache)
    before, start = peak(), time.perf_counter()
    question()
    print(json.dumps([time.perf_counter() - start, peak() - before]))


def main() -> int:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--worker", nargs=3, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.worker:
        worker(*chosen.worker)
        return 0
    body = table(chosen.rows)
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
        for title, name in (("asked", "ask"), ("from the cache", "ask"), ("whole", "whole")):
            command = [sys.executable, __file__, "--worker", name, url, cache]
            run = subprocess.run(
                command, env=environment, stdout=subprocess.PIPE, text=True, check=True
            )
            seconds, memory = json.loads(run.stdout)
            print(f"| {title} | {seconds:.2f} | {memory / 1e6:.1f} MB |")
        kept = sum(path.stat().st_size for path in Path(cache).iterdir())
    server.terminate()
    print(f"\nThe cache holds {kept:,} bytes.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

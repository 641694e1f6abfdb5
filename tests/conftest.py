"""Fixtures that several test files share."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from hypothesis import settings

from shortcodes import __main__
from tests import needs
from tests.wordpress import process

if TYPE_CHECKING:
    import trustme
    from pytest_httpserver import HTTPServer

    from tests.covid19_servers import Server

settings.register_profile("untimed", deadline=None)  # the first example compiles the grammar
settings.load_profile("untimed")


@pytest.fixture(autouse=True, scope="module")
def _old_objects() -> None:
    """Keep the garbage collector from walking over what the modules before have left.

    That may be a gigabyte, which takes longer than what some tests measure.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _defects(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what no command thought of end a test; a user gets a sentence."""

    def raised(error: Exception) -> NoReturn:
        raise error

    monkeypatch.setattr(__main__, "_report_unexpected", raised)


@pytest.fixture
def in_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run the test in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def ca() -> Iterator[trustme.CA]:
    """A certificate authority that every request of a test trusts."""
    from tests.covid19_servers import authority

    with authority() as trusted:
        yield trusted


@pytest.fixture(scope="module")
def listening(ca: trustme.CA) -> Iterator[HTTPServer]:
    """An HTTPS server on loopback that is started once for a module."""
    from pytest_httpserver import HTTPServer

    from tests.covid19_servers import context_of

    context = context_of(ca, "localhost", "127.0.0.1", "127.0.0.2")
    with HTTPServer(host="localhost", ssl_context=context) as server:
        yield server


@pytest.fixture
def server(listening: HTTPServer) -> Iterator[Server]:
    """The server, which answers nothing yet and has been asked nothing."""
    from tests.covid19_servers import Server

    listening.clear()
    yield Server(listening)
    listening.clear()


@pytest.fixture(scope="session")
def wordpress() -> Iterator[process.WordPress]:
    """The real WordPress functions."""
    if sentence := process.missing():
        needs.missing(sentence)
    with process.WordPress() as running:
        yield running


@pytest.fixture(scope="module")  # while Playwright waits, an event loop is running
def browser() -> Iterator[Any]:
    """Chromium, driven by Playwright; what neither a test nor its server answers finds nobody."""
    chromium = shutil.which("chromium")
    if chromium is None:
        needs.missing("chromium is not installed: nobody looked at the page")
    playwright = pytest.importorskip("playwright.sync_api")
    nowhere = "--host-resolver-rules=MAP * 127.0.0.1:9, EXCLUDE 127.0.0.1"
    try:
        driver = playwright.sync_playwright().start()
        browser = driver.chromium.launch(executable_path=chromium, args=[nowhere])
    except Exception as error:  # whatever its node, the browser or the machine lacks
        reason = str(error).strip().partition("\n")[0]
        needs.missing(f"Playwright cannot start Chromium (is libatomic1 installed?): {reason}")
    yield browser
    browser.close()
    driver.stop()

"""Fixtures that several test files share."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any, NoReturn

import pytest

from shortcodes import __main__
from tests import needs
from tests.wordpress import process


@pytest.fixture(autouse=True)
def _defects(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what no command thought of end a test; a user gets a sentence."""

    def raised(error: Exception) -> NoReturn:
        raise error

    monkeypatch.setattr(__main__, "_say_unforeseen", raised)


@pytest.fixture(scope="session")
def wordpress() -> Iterator[process.WordPress]:
    """The real WordPress functions."""
    if sentence := process.missing():
        needs.missing(sentence)
    with process.WordPress() as running:
        yield running


@pytest.fixture(scope="module")  # while Playwright waits, an event loop is running
def browser() -> Iterator[Any]:
    """Chromium, driven by Playwright; what a test does not answer itself finds nobody."""
    chromium = shutil.which("chromium")
    if chromium is None:
        needs.missing("chromium is not installed: nobody looked at the page")
    playwright = pytest.importorskip("playwright.sync_api")
    nowhere = "--host-resolver-rules=MAP * 127.0.0.1:9"
    try:
        driver = playwright.sync_playwright().start()
        browser = driver.chromium.launch(executable_path=chromium, args=[nowhere])
    except Exception as error:  # whatever its node, the browser or the machine lacks
        reason = str(error).strip().partition("\n")[0]
        needs.missing(f"Playwright cannot start Chromium (is libatomic1 installed?): {reason}")
    yield browser
    browser.close()
    driver.stop()

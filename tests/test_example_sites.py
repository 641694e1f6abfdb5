"""The example sites, served as their READMEs say and read in a browser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.needs import needs
from tests.repository import ROOT
from tests.samples import samples, terminal

pytestmark = [pytest.mark.slow, pytest.mark.checkout]

for package, extra in (("django", "django"), ("flask", "dev")):
    needs(package, extra)

SET_UP = {
    "site": ["pybabel compile -d harbour/translations"],
    "django_site": [
        "pybabel compile -D django -d harbour/locale",
        "python manage.py migrate",
        "python manage.py loaddata readers",
    ],
}
"""What the README of each example says to do first."""
SERVE = {
    "site": "flask --app harbour run",
    "django_site": "python manage.py runserver --insecure",
}
"""How it says to show the site as readers see it."""
DEBUG = {
    "site": "flask --app harbour run --debug",
    "django_site": "DEBUG=1 python manage.py runserver",
}
"""How it says to show the site as developers see it."""
OPTIONS = {
    "site": " --no-reload --port {}",
    "django_site": " --noreload 127.0.0.1:{}",
}
"""What tests add, for one process at a free port."""


class Site:
    """A site that is being served, and what it has written into its log."""

    def __init__(self, folder: Path, command: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._log = folder / f"{self.port}.log"
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                ["bash", "-c", f"exec env {command.format(self.port)}"],
                cwd=folder,
                env={**os.environ, "PATH": path},
                stdout=log,
                stderr=log,
            )
        for _ in range(600):
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        self.stop()
        pytest.fail(self.log())

    def log(self) -> str:
        return self._log.read_text("utf-8")

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(20)


class Reader:
    """Somebody who reads a site in a browser."""

    def __init__(self, browser: Any, site: Site) -> None:
        self.failed: list[str] = []
        self._root = f"http://127.0.0.1:{site.port}"
        self.page = browser.new_page(locale="ar-EG")
        self.page.on("pageerror", lambda error: self.failed.append(str(error)))
        self.page.on("response", self._check)

    def _check(self, response: Any) -> None:
        if response.status >= 400:
            self.failed.append(f"{response.status} {response.url}")

    def open(self, path: str) -> list[str]:
        """Open a page. Returns its lines."""
        self.page.goto(self._root + path, wait_until="domcontentloaded")
        return self.lines()

    def click(self, selector: str) -> list[str]:
        """Click a link or a button. Returns the lines of the page that it leads to."""
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.page.click(selector)
        return self.lines()

    def lines(self, part: str = "main") -> list[str]:
        """Return what a part of the page shows, by lines."""
        return [line for line in self.page.inner_text(part).splitlines() if line.strip()]

    def path(self) -> str:
        return str(self.page.url.removeprefix(self._root))

    def evaluate(self, script: str) -> Any:
        return self.page.evaluate(script)


@pytest.fixture(scope="module", params=sorted(SERVE))
def name(request: pytest.FixtureRequest) -> str:
    """The folder of an example."""
    return str(request.param)


@pytest.fixture(scope="module")
def folder(name: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the example that is ready to be served."""
    examples = tmp_path_factory.mktemp("examples")
    shutil.copytree(ROOT / "examples", examples, dirs_exist_ok=True)
    terminal(" && ".join(SET_UP[name]), examples / name)
    return examples / name


@pytest.fixture(scope="module")
def production(name: str, folder: Path) -> Iterator[Site]:
    """The site as its readers see it."""
    site = Site(folder, SERVE[name] + OPTIONS[name])
    yield site
    site.stop()


@pytest.fixture(scope="module")
def debugging(name: str, folder: Path) -> Iterator[Site]:
    """The site as its developers see it."""
    site = Site(folder, DEBUG[name] + OPTIONS[name])
    yield site
    site.stop()


@pytest.fixture
def read(browser: Any) -> Iterator[Callable[[Site], Reader]]:
    """Start reading a site. Nothing may be missing or fail on the pages that are read."""
    readers = []

    def start(site: Site) -> Reader:
        readers.append(Reader(browser, site))
        return readers[-1]

    yield start
    for reader in readers:
        reader.page.close()
    assert [reader.failed for reader in readers] == [[] for _ in readers]


Read = Callable[[Site], Reader]

REST = [
    "Boats at noon",
    "The light, since 1871",
    "The quay in the evening",
    "Today",
    "Water: 4.2 metres",
    "Weather: look out of the window",
    "Fish is sold on the quay from six in the morning, until there is none left.",
]
FOR_MEMBERS = [
    "Free berths",
    "There are 7 free berths tonight. The bread in the club house is fresh.",
]


def page(greeting: str, *last: str) -> list[str]:
    """Return the lines of the first page."""
    about = "Forty boats, one crane, and a light that has burnt every night since 1871."
    first = f"{greeting} {about} There is room for yours: plan a visit."
    return ["Marsh Harbour", first, *REST, *last]


def test_the_readme_of_a_site_says_how_to_run_it(name: str) -> None:
    (block,) = samples(ROOT / "examples" / name / "README.md", "sh")
    lines = [line.partition("#")[0].strip() for line in block.source.splitlines()]
    assert {*SET_UP[name], SERVE[name], DEBUG[name]} - {*lines} == set()


def test_each_reader_sees_what_is_for_them(production: Site, read: Read) -> None:
    reader = read(production)
    closed = "This part is for members."
    assert reader.open("/en/home") == page("Welcome!", closed)
    assert reader.click("text=Ben") == page("Welcome back, Ben!", closed)
    reader.click("text=Sign out")
    assert reader.click("text=Ada") == page("Welcome back, Ada!", *FOR_MEMBERS)
    assert reader.click("text=Sign out") == page("Welcome!", closed)


def test_a_gate_does_not_run_what_it_hides(production: Site, read: Read) -> None:
    reader = read(production)
    asked = production.log().count("asked the ledger")
    reader.open("/en/home")
    reader.click("text=Ben")
    assert production.log().count("asked the ledger") == asked
    reader.click("text=Sign out")
    reader.click("text=Ada")
    assert production.log().count("asked the ledger") == asked + 1


def test_a_cached_handler_runs_once_for_all_pages_and_readers(production: Site, read: Read) -> None:
    for path in ("/en/home", "/en/visit", "/ar/home", "/ar/visit"):
        assert any("4.2" in line for line in read(production).open(path))
    assert production.log().count("asked the tide gauge") == 1


def test_links_lead_to_pages_in_the_same_language(production: Site, read: Read) -> None:
    reader = read(production)
    reader.open("/en/home")
    reader.click("main a")
    assert reader.path() == "/en/visit"
    reader.click("text=العربية")
    assert reader.path() == "/ar/visit"
    reader.click("main a")
    assert reader.path() == "/ar/home"


def test_a_site_answers_in_the_language_of_the_browser(production: Site, read: Read) -> None:
    reader = read(production)
    assert reader.open("/") == [
        "ميناء السبخة",
        "أهلًا وسهلًا! أربعون قاربًا ورافعة واحدة، ومنارة تضيء كل ليلة منذ عام 1871. "
        "وثمة مكان لقاربك: خطِّط لزيارتك.",
        "القوارب عند الظهيرة",
        "المنارة منذ عام 1871",
        "الرصيف عند المساء",
        "اليوم",
        "الماء: 4.2 متر",
        "الطقس: انظر من النافذة",
        "يُباع السمك على الرصيف من السادسة صباحًا حتى ينفد.",
        "هذا الجزء للأعضاء.",
    ]
    assert reader.lines("header") == ["الميناء", "خطِّط لزيارتك", "English"]
    assert reader.lines("footer") == ["الدخول باسم", "Ada", "Ben"]
    reader.click("text=Ada")
    assert reader.lines()[1].startswith("أهلًا بعودتك يا Ada! أربعون")
    assert reader.lines("footer") == ["الخروج"]
    assert reader.evaluate("document.title") == "الميناء · ميناء السبخة"
    assert reader.evaluate("getComputedStyle(document.body).direction") == "rtl"


def test_the_gallery_of_the_site_replaces_that_of_wordpress(production: Site, read: Read) -> None:
    reader = read(production)
    reader.open("/en/home")
    reader.page.wait_for_load_state("load")
    widths = "[...document.querySelectorAll('.pictures img')].map(i => i.naturalWidth > 0)"
    assert reader.evaluate(widths) == [True, True, True]
    assert reader.evaluate("document.querySelectorAll('.gallery').length") == 0


def test_a_failure_is_shown_to_the_developer_only(
    production: Site, debugging: Site, read: Read
) -> None:
    reader, developer = read(production), read(debugging)
    assert "Weather: look out of the window" in reader.open("/en/home")
    reason = "its handler failed with ConnectionError: the weather station does not answer"
    assert f"[weather] at line 11, column 16: {reason}" in developer.open("/en/home")
    assert "Error" not in reader.page.content()
    for site in (production, debugging):
        assert f"{reason}\nTraceback (most recent call last)" in site.log()


def test_a_gate_that_fails_shows_nothing(production: Site, debugging: Site, read: Read) -> None:
    reader, developer = read(production), read(debugging)
    reader.open("/en/home")
    reader.click("text=Ada")
    lines = developer.open("/en/home")
    reason = "its handler failed with ConnectionError: the roster does not answer"
    assert lines[-1] == f"[crew] at line 21, column 1: {reason}"
    for one in (reader, developer):
        assert "crane hangs" not in one.page.content()
    assert "crew" not in reader.page.content()

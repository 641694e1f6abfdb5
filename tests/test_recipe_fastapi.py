"""The recipe for FastAPI, asked as a server asks it."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.needs import needs
from tests.recipes import copy_recipe, read_documented_html

for package in ("fastapi", "httpx"):
    needs(package, "recipes")

import httpx  # noqa: E402

NOBODY, ADA, BO = "", "7a1f", "c02e"
MODULES = ("app", "handlers", "database")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The module `app`."""
    monkeypatch.syspath_prepend(copy_recipe("fastapi", tmp_path))
    yield import_module("app")
    for name in MODULES:
        del sys.modules[name]


def ask(app: Any, *requests: tuple[str, str]) -> list[httpx.Response]:
    """Ask for paths at the same time, each with the cookie of a session."""

    async def ask_all() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="https://ferries.example") as to:
            return await asyncio.gather(
                *(to.get(path, headers={"cookie": f"session={key}"}) for path, key in requests)
            )

    return asyncio.run(ask_all())


def write_page(body: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<title>Island Ferries</title>\n'
        "<style>.button { background: teal; color: white }</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>"
    )


def write_timetable(greeting: str, for_members: str) -> str:
    return write_page(
        f"<h1>Timetable</h1>\n<p>{greeting} The boats leave at:</p>\n"
        "<ul>\n<li>Gaudos: 8:30</li>\n<li>Naxos: 9:15</li>\n</ul>\n"
        f"<p>{for_members}</p>\n"
        '<p><a class="button" href="https://ferries.example/boarding">How to board</a></p>'
    )


MEMBERS = "Members board from <em>quay 3</em>. The boat to Paros leaves at 11:00."
PAGES = {
    NOBODY: write_timetable("Hello!", "<em>For members.</em>"),
    ADA: write_timetable("Hello, Ada!", MEMBERS),
    BO: write_timetable("Hello, Bo!", MEMBERS),
}


def test_everyone_gets_a_page_of_their_own_also_at_the_same_time(site: Any) -> None:
    keys = [NOBODY, ADA, BO, ADA, NOBODY, "forged"] * 5
    answers = ask(site.app, *(("/timetable", key) for key in keys))
    assert {answer.status_code for answer in answers} == {200}
    wrong = [
        key
        for key, answer in zip(keys, answers, strict=True)
        if answer.text != PAGES.get(key, PAGES[NOBODY])
    ]
    assert wrong == []
    assert write_page(read_documented_html("FastAPI")) == PAGES[NOBODY]


def test_a_text_that_does_not_exist_is_not_found(site: Any) -> None:
    paths = ("/gone", "/..%2Fapp", "/timetable.md")
    answers = ask(site.app, *((path, ADA) for path in paths))
    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_a_page_asks_the_database_once_and_not_for_what_a_gate_hides(
    site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    handlers, asked = sys.modules["handlers"], []
    find_departures = vars(handlers)["find_departures"]

    async def count(islands: list[str]) -> dict[str, str]:
        asked.append(islands)
        return dict(await find_departures(islands))

    monkeypatch.setattr(handlers, "find_departures", count)
    ask(site.app, ("/timetable", NOBODY))
    assert asked == [["Gaudos", "Naxos"]]
    ask(site.app, ("/timetable", ADA))
    assert sorted(asked[1:]) == [["Gaudos", "Naxos"], ["Paros"]]


def test_what_fails_is_logged_and_the_page_is_shown(
    site: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="shortcodes"):
        (answer,) = ask(site.app, ("/boarding", NOBODY))
    assert answer.text == write_page(
        "<h1>How to board</h1>\n<p>Doors close five minutes before the departure to Thira. "
        '<a class="button" href="https://ferries.example/timetable">Timetable</a></p>'
    )
    messages = [record.getMessage() for record in caplog.records]
    assert messages == [
        "SC402 [departure] was removed: its handler failed with LookupError: no boat to 'Thira'"
    ]

    async def fail(islands: list[str]) -> dict[str, str]:
        raise OSError("the database is away")

    monkeypatch.setattr(sys.modules["handlers"], "find_departures", fail)
    (answer,) = ask(site.app, ("/timetable", BO))
    assert answer.text == PAGES[BO].replace(" 8:30", "").replace(" 9:15", "").replace("11:00", "")


def test_an_endpoint_without_async_may_render_what_is_asynchronous(site: Any) -> None:
    app, engine = type(site.app)(), site.engine

    def show() -> str:
        return str(engine.render("It leaves at [departure island=Naxos].", format="html"))

    app.get("/")(show)
    (answer,) = ask(app, ("/", NOBODY))
    assert answer.json() == "It leaves at 9:15."

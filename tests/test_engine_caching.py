"""Cached handlers: what is kept, for which shortcodes, and what they do not see."""

from __future__ import annotations

import asyncio
import json
import logging
import pickle
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from html import unescape
from http import HTTPMethod
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from shortcodes import Call, Data, Engine
from shortcodes.engine import caching
from tests.rendering import render, render_asynchronously

in_both_ways = pytest.mark.parametrize("render_it", [render, render_asynchronously])


class Sync:
    """A cache as those of cachelib and Django are."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}

    def get(self, key: str, default: Any = None) -> Any:
        return self.values.get(key, default)

    def set(self, key: str, value: Any, timeout: float | None = None) -> bool:
        self.values[key] = value
        return True


class Async:
    """A cache as those of aiocache are."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}

    async def get(self, key: str, default: Any = None, namespace: str | None = None) -> Any:
        await asyncio.sleep(0)
        return self.values.get(key, default)

    async def set(self, key: str, value: Any, ttl: float | None = None) -> bool:
        await asyncio.sleep(0)
        self.values[key] = value
        return True


CACHES = pytest.mark.parametrize("new_cache", [lambda: 60, Sync, Async])


def importable(name: str = "") -> str:
    return f"Hello {name}"


@in_both_ways
@CACHES
@pytest.mark.parametrize("is_async", [False, True])
def test_a_handler_runs_once_for_shortcodes_that_are_the_same(
    render_it: Any, new_cache: Any, is_async: bool
) -> None:
    engine, ran = Engine(), list[str]()

    def handle(call: Call, n: int = 0, *, content: Markup) -> Markup:
        ran.append(f"{call.name} {n} {content}")
        call.context.stylesheets["s"] = "b{}"
        return Markup("<b>{}{}</b>").format(n, content)

    async def handle_later(call: Call, n: int = 0, *, content: Markup) -> Markup:
        return handle(call, n, content=content)

    engine.register("x", handle_later if is_async else handle, aliases=["y"], cache=new_cache())
    engine.register("in", lambda: "in")
    for text, expected in [
        ("[x 1]a[/x]", "<b>1a</b>"),
        ("[x 1]a[/x]", "<b>1a</b>"),
        ("[y 1]a[/y]", "<b>1a</b>"),
        ("[x 2]a[/x]", "<b>2a</b>"),
        ("[x 1][in][/x]", "<b>1in</b>"),
        ("[x 1]in[/x]", "<b>1in</b>"),
        ("[x 1]<i>a</i>[/x]", "<b>1<i>a</i></b>"),
        ("[x n=1]a[/x]", "<b>1a</b>"),
    ]:
        assert render_it(engine, text) == (f"<style>b{{}}</style>{expected}", [])
    assert ran == ["x 1 a", "y 1 a", "x 2 a", "x 1 in", "x 1 <i>a</i>", "x 1 a"]


@in_both_ways
def test_text_stays_escaped_when_it_was_kept(render_it: Any) -> None:
    engine = Engine()
    engine.register("x", lambda a: f"<{a}>", cache=60)
    assert [render_it(engine, "[x a=1]")[0] for _ in range(2)] == ["&lt;1&gt;"] * 2


@in_both_ways
@pytest.mark.parametrize(
    "member",
    ["parent", "index", "position", "document", "shortcode", "item", "data", "anything"],
)
def test_a_cached_handler_sees_nothing_that_is_not_in_the_key(render_it: Any, member: str) -> None:
    engine = Engine()
    engine.register("x", lambda call: str(getattr(call, member)), cache=60)
    html, found = render_it(engine, "[x]")
    assert html == "[x]"
    assert f"a cached handler has no {member!r}, which is not in the key" in found[0].message


def test_a_cached_handler_has_no_ancestors_ids_options_or_engine() -> None:
    engine = Engine()
    engine.register("x", lambda call: str([*call.ancestors]), cache=60)
    engine.register("y", lambda call: call.context.unique_id("a"), cache=60)
    engine.register("z", lambda call: f"{call.context.options} {call.context.engine}", cache=60)
    assert [render(engine, f"[{name}]")[0] for name in "xyz"] == ["[x]", "[y]", "{} None"]


@in_both_ways
def test_failures_and_problems_are_reported_each_time_and_not_kept(render_it: Any) -> None:
    engine, ran = Engine(), list[str]()

    @engine.shortcode("x", cache=60)
    def handle(call: Call, n: int = 0, must: int = 0) -> str:
        ran.append("x")
        if n == 2:
            call.report("EX101", "two", severity="info")
        return str(1 // (n - 1))

    for _ in range(2):
        assert [one.code for one in render_it(engine, "[x 1]")[1]] == ["SC402"]
        assert [one.code for one in render_it(engine, "[x 2]")[1]] == ["EX101"]
        html, found = render_it(engine, "a [x n=x b=1]")
        assert (html, [one.code for one in found]) == ("a -1", ["SC601", "SC603"])
        assert "a [x n=x b=1]"[slice(*found[0].span)] == "n=x"
    assert ran == ["x"] * 6


@in_both_ways
def test_a_missing_attribute_keeps_the_source(render_it: Any) -> None:
    engine = Engine()
    engine.register("x", lambda must: must, cache=60)
    for _ in range(2):
        html, found = render_it(engine, "[x]")
        assert (html, [one.code for one in found]) == ("[x]", ["SC602"])


# --- caches ---------------------------------------------------------------------------------------


def test_a_value_in_memory_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(caching, "monotonic", lambda: now[0])
    engine, ran = Engine(), list[str]()

    @engine.shortcode("x", cache=60)
    def handle() -> str:
        ran.append("x")
        return "x"

    for seconds in (0, 59, 2, 59, 2):
        now[0] += seconds
        render(engine, "[x]")
    assert len(ran) == 3


def test_the_memory_is_limited_and_drops_what_was_used_least() -> None:
    cache = caching.MemoryCache(60)
    for number in range(caching.MAX_ENTRIES + 1):
        cache.set(str(number), "a")
        cache.get("0")
    assert (cache.get("0"), cache.get("1"), cache.get("2")) == ("a", None, "a")
    cache.set("long", "a" * caching.MAX_LENGTH)
    assert (cache.get("0"), len(cache.get("long") or "")) == (None, caching.MAX_LENGTH)
    cache.set("too long", "a" * (caching.MAX_LENGTH + 1))
    assert (cache.get("too long"), cache.get("long") is None) == (None, False)
    cache.set("long", "b")
    assert (cache.get("long"), cache._length) == ("b", 1)


@in_both_ways
@pytest.mark.parametrize("kept", ["", "no", b"\xff", "[1]", "[1, 2, 3]", '["a", "b"]', 5, [], "5"])
def test_a_value_of_something_else_is_no_value(render_it: Any, kept: Any) -> None:
    cache = Sync()
    cache.get = lambda key, default=None: kept  # type: ignore[method-assign]
    engine = Engine()
    engine.register("x", importable, cache=cache)
    assert render_it(engine, "[x Ada]") == ("Hello Ada", [])


@in_both_ways
@pytest.mark.parametrize("method", ["get", "set"])
@pytest.mark.parametrize("new_cache", [Sync, Async])
def test_a_page_does_not_depend_on_its_cache(
    render_it: Any, method: str, new_cache: Any, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*about: object) -> None:
        raise OSError("no server")

    async def fail_later(*about: object) -> None:
        fail()

    cache = new_cache()
    setattr(cache, method, fail_later if new_cache is Async else fail)
    engine = Engine()
    engine.register("x", importable, cache=cache)
    assert render_it(engine, "[x Ada]") == ("Hello Ada", [])
    assert [
        (one.levelno, one.getMessage()) for one in caplog.records if one.name == "shortcodes"
    ] == [(logging.WARNING, "the cache of [x] failed")]


def test_values_are_text_under_short_keys() -> None:
    cache, engine = Sync(), Engine()
    engine.register("x", importable, cache=cache)
    render(engine, f"[x {'long' * 1000}] [x \ud800]")
    assert [(key[:11], len(key) < 100) for key in cache.values] == [("shortcodes-", True)] * 2
    assert [type(json.loads(value)) for value in cache.values.values()] == [list] * 2


def test_handlers_that_share_a_cache_share_no_value() -> None:
    cache, engine, other = Sync(), Engine(), Engine()
    engine.register("x", importable, cache=cache)
    other.register("x", _also_importable, cache=cache)
    assert [render(one, "[x a]")[0] for one in (engine, other, engine)] == [
        "Hello a",
        "Bye",
        "Hello a",
    ]


def _also_importable(name: str = "") -> str:
    return "Bye"


def test_an_engine_with_a_cache_is_copied_and_pickled() -> None:
    engine = Engine()
    engine.register("x", importable, cache=60)
    assert render(engine, "[x a]") == render(engine.copy(), "[x a]")
    assert render(pickle.loads(pickle.dumps(engine)), "[x a]") == ("Hello a", [])


@pytest.mark.parametrize(
    ("cache", "error"),
    [("60", TypeError), (True, TypeError), ({}, TypeError), (Sync, TypeError), (-1, ValueError)],
)
def test_a_cache_is_seconds_or_an_object(cache: Any, error: Any) -> None:
    with pytest.raises(error, match=r"^cache must be "):
        Engine().register("x", importable, cache=cache)
    with pytest.raises(error, match=r"^cache must be "):
        Engine().shortcode("x", cache=cache)


def test_only_functions_that_are_no_gates_are_cached() -> None:
    class Batch:
        def render_many(self, calls: Any) -> Any:
            return calls

    for what in (Batch, "text"):
        with pytest.raises(TypeError, match="must be a function"):
            Engine().register("x", what, cache=60)
    with pytest.raises(ValueError, match="a gate decides before its content is known"):
        Engine().register("x", importable, order="outer", cache=60)


# --- entries of the data --------------------------------------------------------------------------


@dataclass
class User:
    name: str


@in_both_ways
@CACHES
def test_a_cached_handler_gets_the_entries_that_it_names_and_no_other(
    render_it: Any, new_cache: Any
) -> None:
    engine, ran = Engine(), list[str]()

    @engine.shortcode("price", cache=new_cache())
    def price(amount: int, currency: Data[str], rates: Data[dict[str, float]]) -> str:
        ran.append(currency)
        return f"{amount * rates[currency]:.2f} {currency}"

    for currency, rate, expected in [
        ("EUR", 1.0, "2.00 EUR"),
        ("EGP", 50.0, "100.00 EGP"),
        ("EUR", 1.0, "2.00 EUR"),
        ("EUR", 1.5, "3.00 EUR"),
    ]:
        data = {"currency": currency, "rates": {currency: rate}, "user": User("Ada")}
        assert render_it(engine, "[price 2]", data=data) == (expected, [])
    assert ran == ["EUR", "EGP", "EUR"]


@in_both_ways
def test_a_cached_handler_sees_in_the_data_only_what_it_names(render_it: Any) -> None:
    engine = Engine()

    @engine.shortcode("x", cache=60)
    def show(call: Call, lang: Data[str] = "en") -> str:
        return repr((lang, dict(call.data)))

    for data, expected in [
        ({"lang": "ar", "user": "Ada"}, "('ar', {'lang': 'ar'})"),
        ({"user": "Ada"}, "('en', {})"),
        ({"lang": "en"}, "('en', {'lang': 'en'})"),
    ]:
        assert unescape(render_it(engine, "[x]", data=data)[0]) == expected


@in_both_ways
@pytest.mark.parametrize(
    "value",
    [User("Ada"), Markup("<b>"), [Markup("a")], {"a": User("Ada")}, {1, 2}, b"a", HTTPMethod.GET],
)
def test_an_entry_that_cannot_be_in_a_key_fails_alone(render_it: Any, value: Any) -> None:
    engine = Engine()

    @engine.shortcode("x", cache=60)
    def show(entry: Data[Any]) -> str:
        return "shown"

    html, found = render_it(engine, "[x]", data={"entry": value})
    assert html == "[x]"
    assert (
        "the entry 'entry' of the data is part of a key, so it must be text, a number, a date "
        "or a collection of such values, not "
    ) in found[0].message


@in_both_ways
def test_a_cached_handler_without_an_entry_that_it_needs_fails_each_time(render_it: Any) -> None:
    engine = Engine()

    @engine.shortcode("x", cache=60)
    def show(lang: Data[str]) -> str:
        return lang

    for data in ({}, {"lang": "ar"}, {}, {"lang": 1}):
        html, found = render_it(engine, "[x]", data=data)
        assert (html, len(found)) == (("ar", 0) if data == {"lang": "ar"} else ("[x]", 1))


@in_both_ways
def test_content_is_part_of_a_key_only_if_the_handler_can_see_it(render_it: Any) -> None:
    engine, ran = Engine(), list[str]()

    @engine.shortcode("x", cache=60)
    def show(lang: Data[str]) -> str:
        ran.append(lang)
        return lang

    assert render_it(engine, "[x]a[/x][x]b[/x]", data={"lang": "ar"})[0] == "arar"
    assert ran == ["ar"]


VALUES = st.recursive(
    st.text("ab1", max_size=2)
    | st.integers(-1, 2)
    | st.booleans()
    | st.none()
    | st.sampled_from([0.0, 1.0, -0.0, date(2026, 1, 1), datetime(2026, 1, 1), Decimal(1)]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.lists(inner, max_size=2).map(tuple)
        | st.dictionaries(st.sampled_from(["a", 1, "1"]), inner, max_size=2)
    ),
    max_leaves=3,
)


@given(st.lists(st.dictionaries(st.sampled_from(["a", "b", "c"]), VALUES), max_size=6))
def test_no_two_pages_whose_entries_differ_share_a_value(pages: list[dict[str, Any]]) -> None:
    cached, plain = Engine(), Engine()

    def show(a: Data[Any] = "none", b: Data[Any] = None) -> str:
        return repr((a, b))

    cached.register("x", show, cache=60)
    plain.register("x", show)
    for data in pages:
        expected = render(plain, "[x]", data=data)[0]
        assert [render(cached, "[x]", data=data)[0] for _ in range(2)] == [expected] * 2


# --- one reader's to another ----------------------------------------------------------------------


def test_threads_that_share_a_cache_get_their_own() -> None:
    engine = Engine()
    engine.register("who", importable, cache=60)
    engine.register("box", lambda *, content: Markup("<b>{}</b>").format(content), cache=60)
    user = threading.local()
    engine.register("user", lambda: user.name)

    def visit(name: str) -> bool:
        user.name = name
        html, _ = render(engine, f"[box][user][/box][who {name}]")
        return html == f"<b>{name}</b>Hello {name}"

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(visit, [f"n{number % 7}" for number in range(400)]))


WORDS = st.text("ab\"',[]:{}\\ 1", max_size=4)


@given(st.lists(st.tuples(st.dictionaries(st.sampled_from("abc"), WORDS), WORDS), max_size=6))
def test_no_two_shortcodes_that_differ_share_a_value(
    given: list[tuple[dict[str, str], str]],
) -> None:
    cache, engine, plain = Sync(), Engine(), Engine()

    def show(call: Call) -> str:
        return repr((dict(call.attributes), call.positional, str(call.content)))

    engine.register("x", show, cache=cache)
    plain.register("x", show)
    for attributes, content in given:
        written = "".join(f' {name}="{value}"' for name, value in attributes.items())
        text = f"[x{written}]{content}[/x]"
        assert [render(engine, text)[0] for _ in range(2)] == [render(plain, text)[0]] * 2

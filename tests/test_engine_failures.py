"""Failures that come together: inside each other, in events, out of time; none loses the page."""

from __future__ import annotations

import asyncio
import gc
import pickle
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import suppress
from typing import Any, Literal

import pytest
from markupsafe import Markup

from shortcodes import Call, Diagnostic, Engine
from shortcodes.engine import default_engine
from shortcodes_wordpress import Media, register
from tests.rendering import render, render_asynchronously

ORDERS = pytest.mark.parametrize("order", ["inner", "outer"])
Order = Literal["inner", "outer"]


def rendered(engine: Engine, text: str, form: Any = "html") -> tuple[str, list[tuple[str, str]]]:
    html, found = render(engine, text, form)
    return html, [(one.code, one.message) for one in found]


def awaited(engine: Engine, text: str) -> tuple[str, list[tuple[str, str]]]:
    html, found = render_asynchronously(engine, text)
    return html, [(one.code, one.message) for one in found]


def box(*, content: Markup) -> Markup:
    return Markup("<b>{}</b>").format(content)


# --- inside each other ----------------------------------------------------------------------------


async def late() -> str:
    await asyncio.sleep(0)
    return "late"


async def slow(call: Call) -> Markup:
    content = await call.arender_children()
    await asyncio.Event().wait()
    return content


async def fails() -> str:
    raise OSError("no network")


def nested_engine(order: Order) -> Engine:
    engine = Engine(order=order, timeout=0.05)
    engine.register("box", box)
    engine.register("now", lambda: 1 / 0)
    for handler in (late, slow, fails):
        engine.register(handler.__name__, handler)
    return engine


@pytest.mark.parametrize("render", [rendered, awaited])
@pytest.mark.parametrize("name", ["now", "fails", "slow"])
@ORDERS
def test_asynchronous_shortcodes_inside_one_that_fails_are_rendered(
    render: Callable[[Engine, str], tuple[str, list[tuple[str, str]]]], name: str, order: Order
) -> None:
    text = f"[box][{name}]a[late][box][late][/box][/{name}][/box]"
    html, found = render(nested_engine(order), text)
    assert html == f"<b>[{name}]alate<b>late</b>[/{name}]</b>"
    assert [code for code, _ in found] == ["SC406" if name == "slow" else "SC402"]


def test_inside_a_placeholder_nothing_runs_that_was_not_asked_for() -> None:
    engine = Engine(order="outer", on_error="placeholder")
    ran: list[str] = []

    def run() -> str:
        ran.append("x")
        return "x"

    engine.register("now", lambda: 1 / 0)
    engine.register("x", run)
    html, found = rendered(engine, "[now][x][/now]")
    assert html == '<span class="shortcode-error" data-shortcode="now"></span>'
    assert (len(found), ran) == (1, [])


def deeper(levels: int, work: Callable[[], Any]) -> Any:
    return work() if levels == 0 else deeper(levels - 1, work)


@pytest.mark.parametrize("free", [60, 200, 500])
def test_where_pythons_stack_ends_the_rest_is_rendered(free: int) -> None:
    engine = Engine(order="outer")
    engine.register("x", lambda call: call.render_children())
    text = "[x]" * 100 + "a" + "[/x]" * 100
    frame, used = sys._getframe(), 0
    while (back := frame.f_back) is not None:
        frame, used = back, used + 1
    levels = sys.getrecursionlimit() - used - free
    html, found = deeper(levels, lambda: rendered(engine, text))
    left = html.count("[x]")
    assert html == "[x]" * left + "a" + "[/x]" * left
    assert 0 < left < 100
    assert len(found) == left
    assert {code for code, _ in found} <= {"SC402", "SC407"}


@ORDERS
def test_a_handler_that_asks_for_content_that_is_not_rendered_yet_fails(order: Order) -> None:
    engine = Engine(order=order)
    engine.register("box", box)
    engine.register("x", "x")

    @engine.shortcode("up")
    def up(call: Call) -> Markup:
        assert call.parent
        return call.parent.render_children()

    html, found = rendered(engine, "[box][up]a[/up][x][x]b[/x][/box]")
    assert html == "<b>[up]a[/up]xx</b>"
    reason = "its handler failed with RuntimeError: the content of [box] is not rendered yet"
    assert found == [("SC402", f"[up] was left in place: {reason}")]


@pytest.mark.parametrize("form", ["text", "html", "markdown"])
@ORDERS
def test_one_text_is_laid_out_for_ten_that_fail_and_no_more(form: Any, order: Order) -> None:
    engine = Engine(order=order)
    asked = []

    @engine.shortcode("fail")
    def fail(call: Call) -> str:
        asked.append(call.index)
        raise ValueError(str(len(call.content)))

    engine.register("box", box)
    inside = "[fail]" * 12 + "a" + "[/fail]" * 12
    html, found = rendered(engine, f"{inside}[box]b[/box]", form)
    assert Markup(html).striptags() == f"{inside}b"
    assert [code for code, _ in found] == ["SC407"] * 2 + ["SC402"] * 10
    assert (
        found[0][1]
        == "[fail] was left in place: 10 shortcodes around the same text have failed already"
    )
    assert sorted(asked) == [*range(12)]


def test_failures_inside_each_other_cost_ten_times_the_text_and_no_more() -> None:
    text = "word *a* [l](b) `c` " * 1000

    def seconds(text: str) -> float:
        start = time.process_time()
        default_engine().render(text, format="markdown")
        return time.process_time() - start

    once = seconds(text)
    nested = seconds("[caption]" * 100 + text + "[/caption]" * 100)
    assert nested < 30 * once  # and 70 times, if each laid it out


# --- what handlers do -----------------------------------------------------------------------------


class Unspeakable(Exception):  # noqa: N818
    def __str__(self) -> str:
        raise ValueError("not even this")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (Unspeakable(), "Unspeakable"),
        (ValueError(), "ValueError"),
        (ValueError("a\n b"), "ValueError: a b"),
        (ValueError("x" * 10_000_000), f"ValueError: {'x' * 500}…"),
    ],
)
def test_whatever_an_exception_says_the_diagnostic_is_one_line(error: Exception, told: str) -> None:
    engine = Engine()

    @engine.shortcode("x")
    def x() -> str:
        raise error

    reason = f"[x] was left in place: its handler failed with {told}"
    assert rendered(engine, "[x] a") == ("[x] a", [("SC402", reason)])


class Together:
    """A batch that is asynchronous."""

    async def render_many(self, calls: Sequence[Call]) -> list[str]:
        await asyncio.sleep(0)
        return [f"{call.index}{call.content}" for call in calls]


def test_an_asynchronous_batch_needs_no_event_loop() -> None:
    engine = Engine()
    engine.register("x", Together)
    assert rendered(engine, "[x][x]a[/x]") == ("01a", []) == awaited(engine, "[x][x]a[/x]")

    async def inside() -> tuple[str, list[tuple[str, str]]]:
        return rendered(engine, "[x]")

    reason = "its handler failed with RuntimeError: it is asynchronous: await Engine.arender"
    assert asyncio.run(inside()) == ("[x]", [("SC402", f"[x] was left in place: {reason}")])


async def gives_up() -> str:
    raise asyncio.CancelledError


class GivesUp:
    async def render_many(self, calls: Sequence[Call]) -> list[str]:
        raise asyncio.CancelledError


async def cancels() -> str:
    task = asyncio.current_task()
    assert task
    task.cancel()
    await asyncio.sleep(0)
    return "not reached"


async def cancels_and_waits(call: Call) -> Markup:
    task = asyncio.current_task()
    assert task
    task.cancel()
    return await call.arender_children()


class Cancels:
    async def render_many(self, calls: Sequence[Call]) -> list[str]:
        return [await cancels() for _ in calls]


@pytest.mark.parametrize("handler", [gives_up, GivesUp, cancels, cancels_and_waits, Cancels])
def test_a_handler_that_cancels_itself_fails_alone(handler: object) -> None:
    engine = Engine()
    engine.register("x", handler)
    engine.register("late", late)
    reason = "its handler failed with RuntimeError: it has cancelled itself"
    told = ("SC402", f"[x] was left in place: {reason}")
    assert awaited(engine, "[x] [late]") == ("[x] late", [told])
    orders: tuple[Order, ...] = ("inner", "outer")
    for order in orders:
        engine = Engine(order=order, timeout=5)
        engine.register("x", handler)
        engine.register("late", late)
        engine.register("box", box)
        text = "[late][box][late][x][late][/x][/box][x][late][/x]"
        html = "late<b>late[x]late[/x]</b>[x]late[/x]"
        assert awaited(engine, text) == (html, [told, told])


def gets_cancelled() -> str:
    raise asyncio.CancelledError


class GetsCancelled:
    def render_many(self, calls: Sequence[Call]) -> list[str]:
        raise asyncio.CancelledError


@pytest.mark.parametrize("handler", [gets_cancelled, GetsCancelled])
def test_a_plain_handler_that_something_cancels_fails_alone(handler: object) -> None:
    engine, found = Engine(), list[Diagnostic]()
    engine.register("bad", handler)
    engine.register("good", "1")
    assert engine.render("[bad] [good]", format="html", diagnostics=found) == "[bad] 1"
    reason = "[bad] was left in place: its handler failed with CancelledError"
    assert [(one.code, one.message) for one in found] == [("SC402", reason)]


async def holds_out() -> str:
    end = time.monotonic() + 0.3
    while time.monotonic() < end:
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError:
            time.sleep(0.3)
    return "late"


async def holds_the_loop() -> str:
    time.sleep(0.3)
    return "late"


@pytest.mark.slow
@pytest.mark.parametrize("handler", [holds_out, holds_the_loop])
def test_output_that_comes_too_late_is_discarded(handler: object) -> None:
    engine, found = Engine(timeout=0.1), list[Diagnostic]()
    engine.register("bad", handler)
    assert engine.render("[bad]", format="html", diagnostics=found) == "[bad]"
    assert [one.code for one in found] == ["SC406"]


async def catches_all() -> str:
    """Go on for ten seconds, whatever is raised."""
    for _ in range(20):
        with suppress(BaseException):
            await asyncio.sleep(0.5)
    return "late"


async def goes_on_for_ever() -> str:
    while True:
        with suppress(BaseException):
            await asyncio.sleep(0.01)


async def fails_late() -> str:
    with suppress(asyncio.CancelledError):
        await asyncio.sleep(10)
    await asyncio.sleep(0.3)
    raise OSError("late")


async def waits_for_a_thread() -> str:
    await asyncio.to_thread(time.sleep, 2)
    return "late"


async def numbers() -> AsyncIterator[int]:
    try:
        while True:
            yield await asyncio.sleep(0.01, 1)
    finally:
        await asyncio.sleep(10)


async def iterates() -> str:
    async for _ in numbers():
        pass
    return "late"


async def leaves_a_task() -> str:
    asyncio.get_running_loop().create_task(goes_on_for_ever())
    await asyncio.sleep(10)
    return "late"


class LateBatch:
    async def render_many(self, calls: Sequence[Call]) -> list[str]:
        return [await catches_all() for _ in calls]


class EndlessBatch:
    async def render_many(self, calls: Sequence[Call]) -> list[str]:
        return [await goes_on_for_ever() for _ in calls]


LATE = [catches_all, goes_on_for_ever, fails_late, waits_for_a_thread, iterates, leaves_a_task]


@pytest.mark.slow
@ORDERS
@pytest.mark.parametrize("handler", [*LATE, LateBatch, EndlessBatch])
def test_the_time_limit_holds_for_handlers_that_ignore_it(handler: object, order: Order) -> None:
    engine, found = Engine(timeout=0.1, order=order), list[Diagnostic]()
    engine.register("late", handler)
    engine.register("good", "1")
    start = time.monotonic()
    text = "[late][good] [good][late][/good]"
    html = engine.render(text, format="html", diagnostics=found)
    assert time.monotonic() - start < 8  # the handlers take 10 seconds or more
    assert html == "[late]1 1"
    assert [one.code for one in found] == ["SC406"] * (2 if order == "inner" else 1)
    gc.collect()  # what is destroyed while it waits would be reported


@pytest.mark.slow
@ORDERS
def test_what_a_late_handler_does_does_not_count(order: Order) -> None:
    engine, found = Engine(timeout=0.05, order=order), list[Diagnostic]()
    contents = list[str]()

    @engine.shortcode("late")
    async def late(call: Call) -> Markup:
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(10)
        await asyncio.sleep(0.2)
        call.report("SC402", "late")
        try:
            contents.append(await call.arender_children())
        except Exception as error:
            contents.append(str(error))
        raise OSError("late")

    engine.register("good", "1")

    async def page() -> str:
        start = time.monotonic()
        html = await engine.arender("[late][good][/late]", format="html", diagnostics=found)
        assert time.monotonic() - start < 8
        await asyncio.sleep(0.4)
        return html

    assert asyncio.run(page()) == "[late]1[/late]"
    assert [one.code for one in found] == ["SC406"]
    assert contents == ["the handler of [late] has taken too long"]
    gc.collect()


@pytest.mark.slow
def test_a_program_ends_while_a_handler_goes_on_for_ever() -> None:
    program = (
        "import asyncio\nfrom shortcodes import Engine\nengine = Engine(timeout=0.05)\n"
        "@engine.shortcode('x')\nasync def x():\n  while True:\n"
        "    try: await asyncio.sleep(0.01)\n    except BaseException: pass\n"
        "print(engine.render('[x]', format='html'))"
    )
    command = [sys.executable, "-W", "error", "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "[x]\n", "")


def test_rendering_that_is_awaited_can_be_cancelled() -> None:
    engine = Engine()
    engine.register("slow", slow)

    async def cancelled() -> bool:
        page = asyncio.create_task(engine.arender("[slow]"))
        await asyncio.sleep(0.01)
        page.cancel()
        done, _ = await asyncio.wait([page], timeout=5)
        return page in done and page.cancelled()

    assert asyncio.run(cancelled())


def test_giving_up_at_the_first_failure_leaves_nothing_running() -> None:
    engine = Engine(on_error="raise")
    ended = []

    @engine.shortcode("long")
    async def long() -> str:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("long")
        return ""

    engine.register("fails", fails)
    engine.register("now", lambda: 1 / 0)

    async def page(text: str) -> list[str]:
        with pytest.raises((OSError, ZeroDivisionError)):
            await engine.arender(text)
        await asyncio.sleep(0.01)
        return list(ended)

    assert asyncio.run(page("[long][fails]")) == ["long"]
    assert asyncio.run(page("[long][now]a[/now]")) == ["long"]  # which had not begun


# --- what events do -------------------------------------------------------------------------------


@pytest.mark.parametrize("event", ["before_document", "after_document"])
def test_an_event_of_a_document_that_fails_does_not_lose_it(event: Any) -> None:
    engine = Engine()
    engine.on(event, lambda about: 1 / 0)
    engine.on("after_document", lambda html: html + "!")
    message = f"a listener to {event!r} failed with ZeroDivisionError: division by zero"
    assert rendered(engine, "a") == ("a!", [("SC402", message)])
    strict = Engine(on_error="raise")
    strict.on(event, lambda about: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        strict.render("a")


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (
            "before_shortcode",
            "[x] was left in place: its handler failed with TypeError: the handler",
        ),
        ("after_shortcode", "[x] was left in place: its handler failed with TypeError: the event"),
        ("after_document", "a listener to 'after_document' failed with TypeError: it"),
    ],
)
def test_an_event_returns_a_str_or_nothing(event: Any, expected: str) -> None:
    engine = Engine()
    engine.register("x", "x")
    engine.on(event, lambda *about: 5)
    _, found = rendered(engine, "[x]")
    assert found == [("SC402", f"{expected} returned int, not str")]


def test_an_asynchronous_event_is_refused() -> None:
    async def hears(about: object) -> None:
        raise AssertionError

    with pytest.raises(
        TypeError, match="the listener of 'after_document' must not be asynchronous"
    ):
        Engine().on("after_document", hears)


# --- what is installed ----------------------------------------------------------------------------


class Pictures:
    """A library that can be pickled."""

    def attachments(self, ids: Collection[int]) -> dict[int, Media]:
        return {number: Media(f"/{number}.png", "image/png") for number in ids}


def test_the_engine_with_all_that_is_built_in_can_be_pickled() -> None:
    engine = default_engine()
    text = '[gallery ids="1,2"][audio src=/a.mp3] [covid19-ultimate-card region="EG"]'
    assert pickle.loads(pickle.dumps(engine)).render(text) == engine.render(text)


def test_nothing_of_a_document_goes_with_an_engine_that_is_pickled() -> None:
    engine = Engine()
    register(engine, media=Pictures())
    before, html = pickle.dumps(engine), engine.render("[gallery ids=1,2 columns=99]")
    assert "gallery-columns-9" in html
    assert pickle.dumps(engine) == before
    assert pickle.loads(before).render("[gallery ids=1,2 columns=99]") == html

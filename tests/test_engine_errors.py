"""What becomes of failures: in the page, on diagnostics, in the log, in events, in builds."""

from __future__ import annotations

import asyncio
import logging
import re
from typing import Any

import pytest
from markupsafe import Markup

from shortcodes import Call, Diagnostic, Engine, StrictError
from tests.rendering import render, render_asynchronously

in_both_ways = pytest.mark.parametrize("render_it", [render, render_asynchronously])


def divide(*, content: Markup) -> str:
    return str(1 / 0)


def engine(**policy: Any) -> Engine:
    made = Engine(**policy)
    made.register("x", divide)
    made.register("ok", lambda *, content: content)
    return made


# --- a function of the site -----------------------------------------------------------------------


@in_both_ways
@pytest.mark.parametrize(
    ("on_error", "expected"),
    [
        (lambda call, error: Markup("<i>{}</i>").format(call.name), "a <i>x</i> c"),
        (lambda call, error: f"<{type(error).__name__}>", "a &lt;ZeroDivisionError&gt; c"),
        (lambda call, error: call.content, "a <b>in</b> c"),
        (lambda call, error: "", "a  c"),
        (lambda call, error: None, "a [x]<b>in</b>[/x] c"),
    ],
)
def test_a_function_says_what_replaces_a_shortcode_that_failed(
    render_it: Any, on_error: Any, expected: str
) -> None:
    html, found = render_it(engine(on_error=on_error), "a [x]<b>in</b>[/x] c")
    assert (html, [one.code for one in found]) == (expected, ["SC402"])


@in_both_ways
@pytest.mark.parametrize(
    ("on_error", "reason"),
    [
        (lambda call, error: call.gone, "AttributeError: 'Run' object has no attribute 'gone'"),
        (lambda call, error: 5, "TypeError: it returned int, not str"),
        (lambda call, error: "a" * 2000, "OutputLimitError: its output would bring"),
    ],
)
def test_a_function_that_fails_itself_keeps_the_source_and_is_reported(
    render_it: Any, on_error: Any, reason: str
) -> None:
    html, found = render_it(engine(on_error=on_error, max_output=1000), "[x]in[/x]")
    assert html == "[x]in[/x]"
    assert [one.code for one in found] == ["SC402", "SC402"]
    assert found[0].message.startswith(f"on_error failed with {reason}")
    assert found[1].message == (
        "[x] was left in place: its handler failed with ZeroDivisionError: division by zero"
    )


def test_a_late_handler_is_replaced_too() -> None:
    made = Engine(timeout=0.02, on_error=lambda call, error: call.content + "!")

    @made.shortcode("slow")
    async def slow(*, content: Markup) -> str:
        await asyncio.sleep(10)
        return "never"

    html, found = render(made, "[slow]in[/slow]")
    assert (html, [one.code for one in found]) == ("in!", ["SC406"])


@pytest.mark.parametrize(
    ("on_error", "error"), [("stop", ValueError), (5, TypeError), (None, TypeError)]
)
def test_on_error_is_a_name_or_a_function(on_error: Any, error: Any) -> None:
    with pytest.raises(error, match=r"^on_error must be "):
        Engine(on_error=on_error)


# --- a page for developers ------------------------------------------------------------------------


def test_a_debugged_page_says_what_failed_and_where() -> None:
    made = engine(on_error="debug")
    text = "One\n\ntwo [x a=<b>]in[/x] [ok]kept[/ok]"
    html, found = render(made, text, "text", options={"styles": "none"})
    assert html == (
        "<p>One</p>\n"
        '<p>two <span class="shortcode-error" data-shortcode="x" role="note" lang="en" dir="ltr">'
        "<code>[x a=&lt;b&gt;]</code> at line 3, column 5: its handler failed with "
        "ZeroDivisionError: division by zero</span> kept</p>\n"
    )
    assert found[0].message.startswith("[x] was replaced by this message: ")


def test_the_place_in_a_debugged_page_counts_front_matter() -> None:
    html, _ = render(engine(on_error="debug"), "---\ntitle: A\n---\n\n[x]", "markdown")
    assert "at line 5, column 1:" in html


def test_a_debugged_page_repeats_no_long_tag_and_prints_its_style_once() -> None:
    tag = f"[x a={'long' * 1000}]"
    html, _ = render(engine(on_error="debug"), tag * 3)
    assert html.count("<style>") == 1
    assert html.count(f"<code>{tag[:200]}…</code>") == 3


@pytest.mark.parametrize("on_error", ["keep", "diagnostic", "placeholder"])
@pytest.mark.parametrize("form", ["text", "html", "markdown"])
def test_readers_see_nothing_of_an_exception(on_error: Any, form: Any) -> None:
    made = Engine(on_error=on_error)

    @made.shortcode("x")
    def connect(a: int) -> str:
        raise OSError("password=hunter2")

    for text in ("[x 1]", "[x 1]in[/x]", "[x]", "`[x 1]`", '<a title="[x 1]">b</a>'):
        html, _ = render(made, text, form)
        assert "hunter2" not in html
        assert "OSError" not in html


# --- diagnostics and the log ----------------------------------------------------------------------


@in_both_ways
def test_a_diagnostic_has_the_exception_and_its_traceback(render_it: Any) -> None:
    _, found = render_it(engine(), "[x]in[/x] [x]")
    assert [type(one.exception) for one in found] == [ZeroDivisionError] * 2
    assert found[0].exception is not found[1].exception
    assert re.search(r"(?s)Traceback .*in divide\n.*ZeroDivisionError", found[0].traceback)


@in_both_ways
def test_only_the_first_hundred_exceptions_keep_what_they_came_from(render_it: Any) -> None:
    made = Engine()

    @made.shortcode("x")
    def look_up(key: str) -> str:
        try:
            return dict[str, str]()[key]
        except KeyError as error:
            raise LookupError(key) from error

    _, found = render_it(made, "[x a]" * 103)
    assert [type(one.exception) for one in found] == [LookupError] * 103
    assert ["KeyError" in one.traceback for one in found] == [True] * 100 + [False] * 3
    assert [one.traceback for one in found[100:]] == ["LookupError: a\n"] * 3


def test_diagnostics_without_an_exception_have_no_traceback_and_compare_as_before() -> None:
    plain = Diagnostic("SC402", "a", (0, 1))
    assert (plain.exception, plain.traceback) == (None, "")
    assert plain == Diagnostic("SC402", "a", (0, 1), exception=KeyError())
    assert "exception" not in repr(plain)


@in_both_ways
def test_each_failure_is_logged_once(render_it: Any, caplog: pytest.LogCaptureFixture) -> None:
    made = engine(on_error=lambda call, error: call.gone, max_output=20)
    made.register("needs", lambda a: a)
    made.register("long", "long" * 10)
    render_it(made, "[x]in[/x] [needs] [long]")
    logged = [
        (record.levelname, record.getMessage().partition(":")[0], record.exc_info is not None)
        for record in caplog.records
        if record.name == "shortcodes"
    ]
    gone = ("ERROR", "SC402 on_error failed with AttributeError", True)
    assert sorted(logged) == sorted(
        [
            *[gone] * 3,
            ("ERROR", "SC402 [x] was left in place", True),
            ("WARNING", "SC602 [needs] was left in place", False),
            ("ERROR", "SC405 [long] was left in place", False),
        ]
    )


@in_both_ways
def test_a_batch_that_fails_is_one_failure(
    render_it: Any, caplog: pytest.LogCaptureFixture
) -> None:
    class Prices:
        def render_many(self, calls: Any) -> Any:
            raise OSError("no database")

    made = Engine()
    made.register("price", Prices)
    _, found = render_it(made, "[price a] [price b]")
    assert len(found) == 2
    assert [record.getMessage() for record in caplog.records if record.name == "shortcodes"] == [
        "SC402 [price] was left in place: its handler failed with OSError: no database"
    ]


def test_a_record_of_the_log_holds_nothing_that_a_terminal_executes(
    caplog: pytest.LogCaptureFixture,
) -> None:
    made = Engine()

    @made.shortcode("x")
    def refuse(value: str) -> str:
        raise ValueError(value)

    render(made, "[x a\x1b[31m\u202eb]\n[x '##[error]c']")
    assert [record.getMessage().partition("ValueError: ")[2] for record in caplog.records] == [
        r"a\x1b[31m",
        r"\x23#[error]c",
    ]


def test_a_listener_that_fails_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    made = engine()
    made.on("after_document", lambda html: 1 / 0)
    _, found = render(made, "text")
    assert [record.exc_info is not None for record in caplog.records] == [True]
    assert isinstance(found[0].exception, ZeroDivisionError)


def test_a_page_whose_failure_is_raised_logs_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ZeroDivisionError):
        engine(on_error="raise").render("[x]")
    assert caplog.records == []


def test_a_site_that_configures_no_logging_has_nothing_printed(capfd: Any) -> None:
    logger = logging.getLogger("shortcodes")
    assert any(isinstance(handler, logging.NullHandler) for handler in logger.handlers)
    render(engine(), "[x]")
    assert capfd.readouterr() == ("", "")


# --- the event ------------------------------------------------------------------------------------


@in_both_ways
@pytest.mark.parametrize("on_error", ["keep", "diagnostic", "placeholder", "debug"])
def test_listeners_to_errors_hear_of_each_failure_once(render_it: Any, on_error: Any) -> None:
    made, heard = engine(on_error=on_error), list[tuple[str, str]]()

    @made.on("error")
    def hear(call: Call, error: BaseException) -> str:
        heard.append((call.name, type(error).__name__))
        return "ignored"

    made.register("needs", lambda a: a)
    html, _ = render_it(made, "[x][needs][/x] [ok]a[/ok]")
    assert sorted(heard) == [("needs", "UnfitError"), ("x", "ZeroDivisionError")]
    assert "ignored" not in html


@in_both_ways
def test_a_listener_to_errors_that_fails_harms_nothing(render_it: Any) -> None:
    made, heard = engine(), list[str]()
    made.on("error", lambda call, error: call.gone)
    made.on("error", lambda call, error: heard.append(call.name))
    html, found = render_it(made, "[x]in[/x]")
    assert (html, heard) == ("[x]in[/x]", ["x"])
    assert sorted(one.message.partition(":")[0] for one in found) == [
        "[x] was left in place",
        "a listener to 'error' failed with AttributeError",
    ]


def test_listeners_hear_of_an_error_that_is_raised() -> None:
    made, heard = engine(on_error="raise"), list[str]()
    made.on("error", lambda call, error: heard.append(call.name))
    with pytest.raises(ZeroDivisionError):
        made.render("[x]")
    assert heard == ["x"]


# --- strict builds --------------------------------------------------------------------------------


@pytest.mark.parametrize("is_async", [False, True])
def test_a_strict_page_ends_with_the_list_of_its_problems(is_async: bool) -> None:
    made = engine()

    @made.shortcode("level")
    def level(n: int = 1) -> str:
        return str(n)

    text = "---\ntitle: A\n---\n[level n=one]\n[ok][x]in[/x][/ok]"
    found: list[Diagnostic] = [Diagnostic("SC000", "of another page", (0, 1))]
    options: Any = {"format": "markdown", "diagnostics": found, "strict": True}

    async def render_in_loop() -> None:
        await made.arender(text, **options)

    with pytest.raises(StrictError) as raised:
        asyncio.run(render_in_loop()) if is_async else made.render(text, **options)
    assert str(raised.value).splitlines() == [
        "2 problems",
        "line 4, column 8: SC601 write a whole number for n, not 'one'; the default is used",
        "line 5, column 5: SC402 [x] was left in place: its handler failed with "
        "ZeroDivisionError: division by zero",
    ]
    assert raised.value.diagnostics == found[1:]
    assert [type(one.exception) for one in raised.value.diagnostics] == [
        type(None),
        ZeroDivisionError,
    ]


def test_the_message_of_a_strict_page_has_an_end() -> None:
    with pytest.raises(StrictError) as raised:
        engine().render("[x]" * 1000, strict=True)
    lines = str(raised.value).splitlines()
    assert (lines[0], len(lines), lines[-1]) == ("1,000 problems", 22, "and 980 more")


def test_a_strict_page_without_problems_is_rendered() -> None:
    made = engine()

    @made.shortcode("note")
    def note(call: Call) -> str:
        call.report("EX101", "worth knowing", severity="info")
        return "a"

    assert made.render("[note]", format="html", strict=True) == "a"

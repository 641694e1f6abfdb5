"""The helpers for the tests of handlers."""

from __future__ import annotations

import doctest
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from shortcodes import Call, Context, Data, Diagnostic, Engine, Shortcode, testing
from shortcodes.engine import Parameter, Schema
from shortcodes.testing import RenderedShortcode, render_one, render_shortcode


class Card:
    tags = ("card", "small-card")

    def handle(self, shortcode: Shortcode, context: Context) -> str:
        context.stylesheets["card"] = "b { color: red }"
        if "region" not in shortcode.attributes:
            context.report("EX101", "the card has no region", shortcode.span)
        return Markup("<b>{}</b>").format(context.content)


def greet(name: str, *, greeting: str = "Hello") -> str:
    return f"{greeting}, {name}!"


def fail() -> str:
    raise KeyError("gone")


def test_the_module_starts_with_an_example_that_works() -> None:
    assert doctest.testmod(testing) == (0, 4)


@pytest.mark.parametrize("handler", [Card, Card()], ids=["class", "instance"])
def test_the_result_holds_the_markup_and_what_the_handler_reported(handler: object) -> None:
    assert render_shortcode("[card]a & b[/card]", handler=handler) == RenderedShortcode(
        Markup("<b>a & b</b>"),
        [Diagnostic("EX101", "the card has no region", (0, 18))],
        {"card": "b { color: red }"},
    )


def test_a_function_and_a_constant_are_handlers_too() -> None:
    assert render_shortcode("[hi name='<i>']", handler=greet).markup == "Hello, &lt;i&gt;!"
    assert render_shortcode("[year]", handler="2026").markup == "2026"


def test_a_batch_is_called_with_the_one_shortcode() -> None:
    class Batch:
        def render_many(self, calls: Any) -> list[str]:
            return [f"{len(calls)} {call.name}" for call in calls]

    assert render_shortcode("[x]", handler=Batch).markup == "1 x"


def test_an_asynchronous_handler_is_awaited() -> None:
    async def late() -> str:
        return "late"

    assert render_shortcode("[x]", handler=late).markup == "late"


def test_shortcodes_of_the_same_name_inside_are_rendered_and_others_stay() -> None:
    rendered = render_shortcode(
        "[card region=EG][card region=SD]a[/card][map][/card]", handler=Card
    )
    assert rendered.markup == "<b><b>a</b>[map]</b>"
    assert rendered.diagnostics == []


def test_format_and_options_reach_the_handler() -> None:
    class Showing(Card):
        def handle(self, shortcode: Shortcode, context: Context) -> str:
            return f"{context.format} {context.options['lang']}"

    options = {"lang": "ar"}
    for form in ("html", "text", "markdown"):
        rendered = render_shortcode("[card]", handler=Showing, format=form, options=options)
        assert f"{form} ar" in rendered.markup


def test_a_schema_gives_the_handler_its_values() -> None:
    schema = Schema("x", [Parameter("n", "n", int)])
    rendered = render_shortcode("[x n=3]", handler=lambda call, n: str(n + 1), schema=schema)
    assert rendered.markup == "4"


def test_a_handler_that_raises_is_reported_and_its_shortcode_stays() -> None:
    assert render_shortcode("[x]", handler=fail) == RenderedShortcode(
        Markup("[x]"),
        [
            Diagnostic(
                "SC402",
                "[x] was left in place: its handler failed with KeyError: 'gone'",
                (0, 3),
                "error",
            )
        ],
        {},
    )


def test_the_test_can_get_what_the_handler_raised() -> None:
    with pytest.raises(KeyError):
        render_shortcode("[x]", handler=fail, on_error="raise")


@pytest.mark.parametrize("text", ["", "a", " [card]", "[card][card]", "[[card]]", "[card", "[/x]"])
def test_a_text_that_is_not_one_shortcode_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^the text must be one shortcode, not '"):
        render_shortcode(text, handler=Card)


def test_a_name_that_the_handler_does_not_list_is_refused() -> None:
    message = r"^the handler renders 'card', 'small-card', not 'crad'$"
    with pytest.raises(ValueError, match=message):
        render_shortcode("[crad]", handler=Card)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"text": None}, TypeError, r"^text must be a str, not NoneType$"),
        ({"handler": 5}, TypeError, r"^what renders 'x' must be a function, a str, or"),
        ({"schema": {}}, TypeError, r"^schema must be a Schema or None, not dict$"),
        ({"options": 5}, TypeError, r"^options must be a mapping, not int$"),
        ({"others": 5}, TypeError, r"^others must be a mapping, not int$"),
        ({"others": {"x": "z"}}, ValueError, r"^'x' is registered already, by a constant text: "),
        ({"order": "up"}, ValueError, r"^order must be one of "),
        ({"cache": -1}, ValueError, r"^cache must be "),
        ({"options": {1: 2}}, TypeError, r"^each key of options must be a str, not int$"),
        ({"format": "pdf"}, ValueError, r"^format must be one of 'text', 'html', 'markdown'"),
        ({"on_error": "stop"}, ValueError, r"^on_error must be one of "),
    ],
)
def test_wrong_calls_raise(arguments: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        render_shortcode(**{"text": "[x]", "handler": "y", **arguments})


# --- render_one -----------------------------------------------------------------------------------


def test_the_result_holds_the_calls_in_the_order_of_the_text() -> None:
    rendered = render_one(
        lambda *, content: content,
        "[tabs][tab A]a[/tab][gone]b[tab B]c[/tab][/tabs]",
        others={"tab": lambda title, *, content: content},
    )
    assert rendered.markup == "a[gone]bc"
    assert [(call.name, call.position, call.positional) for call in rendered.calls] == [
        ("tabs", 0, ()),
        ("tab", 0, ("A",)),
        ("tab", 1, ("B",)),
    ]
    assert [call.content for call in rendered.calls] == ["a[gone]bc", "a", "c"]
    assert {call.parent for call in rendered.calls[1:]} == {rendered.calls[0]}


def test_a_batch_and_an_asynchronous_handler_are_called_too() -> None:
    class Batch:
        def render_many(self, calls: Any) -> list[str]:
            return [call.name for call in calls]

    async def late(*, content: Markup) -> Markup:
        return content

    rendered = render_one(late, "[late][b][b][/late]", others={"b": Batch})
    assert rendered.markup == "bb"
    assert [call.name for call in rendered.calls] == ["late", "b", "b"]


def test_a_gate_that_stays_shut_calls_nothing_inside() -> None:
    def members(call: Call, user: Data[str]) -> Markup:
        return call.render_children() if user == "Ada" else Markup("members only")

    def look(user: str) -> RenderedShortcode:
        data = {"user": user}
        others = {"stock": "17"}
        text = "[members][stock][/members]"
        return render_one(members, text, order="outer", others=others, data=data)

    shut, open_ = look("Eve"), look("Ada")
    assert (shut.markup, [call.name for call in shut.calls]) == ("members only", ["members"])
    assert (open_.markup, [call.name for call in open_.calls]) == ("17", ["members", "stock"])


def test_a_gate_that_fails_is_tested_as_one() -> None:
    rendered = render_one(fail, "[members]secret[/members]", order="outer")
    assert rendered.markup == "[members][/members]"
    assert [each.code for each in rendered.diagnostics] == ["SC402"]


def test_a_handler_that_fails_or_gets_a_bad_value_is_among_the_calls() -> None:
    assert [call.name for call in render_one(fail, "[x]").calls] == ["x"]
    rendered = render_one(greet, "[hi]")
    assert [call.name for call in rendered.calls] == ["hi"]
    assert [each.code for each in rendered.diagnostics] == ["SC602"]


def test_a_cache_is_used_as_on_a_page() -> None:
    made = []
    kept: dict[str, Any] = {}

    class Memory:
        def get(self, key: str) -> Any:
            return kept.get(key)

        def set(self, key: str, value: Any, timeout: float | None = None) -> None:
            kept[key] = value

    def rate(currency: str) -> str:
        made.append(currency)
        return "1.20"

    for _ in range(2):
        assert render_one(rate, "[rate EUR]", cache=Memory()).markup == "1.20"
    assert made == ["EUR"]


def test_a_handler_of_an_engine_is_tested_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "hint.html").write_text("<i>{{ site }} {{ content }}</i>", encoding="utf-8")
    engine = Engine(templates=tmp_path, globals={"site": "Port"})
    assert render_one(engine.entry("hint"), "[hint]x[/hint]").markup == "<i>Port x</i>"


@pytest.mark.parametrize("text", ["", "a [x]", "[x][x]", "[[x]]"])
def test_render_one_takes_one_shortcode(text: str) -> None:
    with pytest.raises(ValueError, match=r"^the text must be one shortcode, not '"):
        render_one("y", text)

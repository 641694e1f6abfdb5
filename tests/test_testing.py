"""The helpers for the tests of handlers."""

from __future__ import annotations

import doctest
from typing import Any

import pytest
from markupsafe import Markup

from shortcodes import Context, Diagnostic, Shortcode, testing
from shortcodes.engine import Parameter, Schema
from shortcodes.testing import RenderedShortcode, render_shortcode


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
    assert doctest.testmod(testing) == (0, 2)


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
        ({"options": 5}, TypeError, r"^options must be a mapping or None, not int$"),
        ({"options": {1: 2}}, TypeError, r"^each key of options must be a str, not int$"),
        ({"format": "pdf"}, ValueError, r"^format must be one of 'text', 'html', 'markdown'"),
        ({"on_error": "stop"}, ValueError, r"^on_error must be one of "),
    ],
)
def test_wrong_calls_raise(arguments: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        render_shortcode(**{"text": "[x]", "handler": "y", **arguments})

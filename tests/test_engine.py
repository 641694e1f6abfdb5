"""The engine: what renders which shortcode, and by which rules."""

from __future__ import annotations

import asyncio
import pickle
import re
import threading
from collections.abc import Sequence
from typing import Annotated, Any, Literal

import pytest
from markupsafe import Markup

import shortcodes
from shortcodes import Call, Diagnostic, Engine, Name, Shortcode
from shortcodes.engine import default_engine
from tests.rendering import render


def rendered(engine: Engine, text: str, **options: Any) -> str:
    """Render HTML, in which nothing is said about the text around."""
    return engine.render(text, format="html", **options)


def failed(engine: Engine, text: str, **options: Any) -> tuple[str, list[tuple[str, str]]]:
    html, found = render(engine, text, **options)
    return html, [(one.code, one.message) for one in found]


# --- ways to render -------------------------------------------------------------------------------


def test_a_function_gets_its_attributes_and_what_is_enclosed() -> None:
    engine = Engine()

    @engine.shortcode("button", aliases=["btn"])
    def button(url: str, size: Literal["s", "m"] = "m", *, content: Markup) -> Markup:
        return Markup("<a class={} href={}>{}</a>").format(size, url, content)

    assert rendered(engine, '[button url="/a?b&c"]<b>x</b>[/button] [btn /b s]') == (
        "<a class=m href=/a?b&amp;c><b>x</b></a> <a class=s href=/b></a>"
    )


def test_a_call_knows_where_its_shortcode_is() -> None:
    engine = Engine()
    seen = []

    @engine.shortcode("x")
    def x(call: Call) -> str:
        around = [one.index for one in call.ancestors]
        parent = call.parent.index if call.parent else None
        seen.append((call.index, call.position, parent, around, call.name, call.positional))
        assert call.document.source == text
        return ""

    text = "[x a][x b][x c][/x][x d][/x][/x][/x]"
    rendered(engine, text)
    assert seen == [
        (2, 0, 1, [1, 0], "x", ("c",)),
        (3, 1, 1, [1, 0], "x", ("d",)),
        (1, 0, 0, [0], "x", ("b",)),
        (0, 0, None, [], "x", ("a",)),
    ]


def test_plain_text_from_a_handler_is_escaped_and_markup_is_not() -> None:
    engine = Engine()
    engine.register("plain", "<b>")
    engine.register("markup", Markup("<b>"))
    assert rendered(engine, "[plain][markup]") == "&lt;b&gt;<b>"


class Numbers:
    """Renders all at once, and remembers how many they were."""

    def __init__(self) -> None:
        self.batches: list[int] = []

    def render_many(self, calls: Sequence[Call]) -> list[str | Exception]:
        self.batches.append(len(calls))
        return [
            ValueError("no number") if "bad" in call.positional else f"{call.index}{call.content}"
            for call in calls
        ]


def test_a_batch_gets_all_its_shortcodes_at_once_whatever_is_inside_them() -> None:
    engine, numbers = Engine(), Numbers()
    engine.register("n", numbers)
    engine.register("box", lambda *, content: Markup("<i>{}</i>").format(content))
    html, found = failed(engine, "[n][box][n][/box][n][n bad]a[/n]" + "[n]" * 96)
    assert html.startswith("0<i>2</i>3[n bad]a[/n]5")
    assert (numbers.batches, [code for code, _ in found]) == ([100], ["SC402"])


def test_a_shortcode_without_a_handler_goes_to_the_default_handler() -> None:
    engine = Engine()
    engine.default(lambda call: f"{call.name}?")
    assert rendered(engine, '[a b="c"] [1]') == "a? [1]"


def test_registered_names_always_count_as_shortcodes() -> None:
    engine = Engine()
    engine.register("year", "2026")
    engine.register("b", Markup("<b>"))
    assert rendered(engine, "[year] [month] [b]") == "2026 [month] <b>"
    assert engine.render("[year]", dialect="wordpress") == "2026\n"
    assert engine.render("[year] [x k=1]", tags=["x"]) == "<p>2026 [x k=1]</p>\n"


def test_a_plug_ins_handler_is_registered_as_it_is() -> None:
    class Shout:
        tags = ("shout",)

        def handle(self, shortcode: Shortcode, context: shortcodes.Context) -> str:
            return context.content.upper()

    engine = Engine()
    engine.register("shout", Shout)
    assert rendered(engine, "[shout]a[/shout]") == "A"


def test_an_engine_may_have_everything_that_is_installed_beside_a_sites_own() -> None:
    engine = Engine(installed=True)
    engine.register("year", "2026")
    html = engine.render('[year] [covid19-ultimate-card region="EG"]')
    assert "2026" in html
    assert 'class="cov19u-card' in html


# --- schemas --------------------------------------------------------------------------------------


def schema_engine() -> Engine:
    engine = Engine()

    @engine.shortcode("x")
    def x(
        number: int = 0,
        *rest: str,
        on: bool = False,
        ids: list[int] = [],  # noqa: B006 - never changed
        maybe: float | None = 1.5,
        class_: str = "",
        data_name: str = "",
        day: Annotated[str, Name("24h")] = "",
        size: Literal["s", "m"] = "m",
    ) -> str:
        return repr((number, rest, on, ids, maybe, class_, data_name, day, size))

    @engine.shortcode("must")
    def must(url: str, count: int) -> str:
        return f"{url} {count}"

    @engine.shortcode("open")
    def opened(a: str = "", **more: str) -> str:
        return f"{a} {more}"

    return engine


DEFAULTS = "(0, (), False, [], 1.5, '', '', '', 'm')"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[x]", DEFAULTS),
        ("[x number=' 7 ']", "(7, (), False, [], 1.5, '', '', '', 'm')"),
        ("[x 7]", "(7, (), False, [], 1.5, '', '', '', 'm')"),
        ("[x 7 a b]", "(7, ('a', 'b'), False, [], 1.5, '', '', '', 'm')"),
        ("[x number=7 a]", "(7, ('a',), False, [], 1.5, '', '', '', 'm')"),
        ("[x on]", "(0, (), True, [], 1.5, '', '', '', 'm')"),
        ("[x on=Yes]", "(0, (), True, [], 1.5, '', '', '', 'm')"),
        ("[x on=1]", "(0, (), True, [], 1.5, '', '', '', 'm')"),
        ("[x on=off]", DEFAULTS),
        ('[x ids="1, 2,3,"]', "(0, (), False, [1, 2, 3], 1.5, '', '', '', 'm')"),
        ('[x ids=""]', DEFAULTS),
        ('[x maybe=""]', "(0, (), False, [], None, '', '', '', 'm')"),
        ("[x maybe=2]", "(0, (), False, [], 2.0, '', '', '', 'm')"),
        ("[x class=a data-name=b 24h=c]", "(0, (), False, [], 1.5, 'a', 'b', 'c', 'm')"),
        ('[x class=" a "]', "(0, (), False, [], 1.5, ' a ', '', '', 'm')"),
        ("[x Class=a SIZE=s]", "(0, (), False, [], 1.5, 'a', '', '', 's')"),
        ("[x size=”s”]", "(0, (), False, [], 1.5, '', '', '', 's')"),
        ("[must /a 2]", "/a 2"),
        ("[open a=1 B-c=2 d]", "1 {'B-c': '2'}"),
    ],
)
def test_attributes_become_what_the_parameters_declare(source: str, expected: str) -> None:
    html = schema_engine().render(source, format="text")
    assert Markup(html).striptags() == expected


@pytest.mark.parametrize(
    ("source", "html", "code", "message"),
    [
        (
            "[x number=many]",
            DEFAULTS,
            "SC601",
            "write a whole number for number, not 'many'; the default is used",
        ),
        (
            "[x size=xl]",
            DEFAULTS,
            "SC601",
            "write 's' or 'm' for size, not 'xl'; the default is used",
        ),
        (
            "[x colour=red]",
            DEFAULTS,
            "SC603",
            "rename or delete 'colour': [x] has no such attribute",
        ),
        ("[open a b]", "a {}", "SC604", "give 'b' a name: [open] takes none without"),
        (
            "[must]",
            "[must]",
            "SC602",
            "[must] was left in place: add the attribute 'url', which [must] requires",
        ),
        (
            "[must /a count=x]",
            "[must /a count=x]",
            "SC602",
            "[must] was left in place: write a whole number for count, not 'x'",
        ),
    ],
)
def test_what_does_not_fit_the_schema_is_reported(
    source: str, html: str, code: str, message: str
) -> None:
    found: list[Diagnostic] = []
    made = schema_engine().render(source, diagnostics=found)
    assert Markup(made).striptags() == html
    assert [(one.code, one.message) for one in found] == [(code, message)]
    start, end = found[0].span
    assert 0 <= start < end <= len(source)


def test_a_list_that_may_be_missing_is_split_too() -> None:
    engine = Engine(schemas={"x": {"attributes": {"ids": {"type": "integers"}}, "rest": "more"}})
    engine.register("x", lambda call, **values: repr(values))
    made, found = failed(engine, '[x ids="1, 2" a b] [x ids=""] [x]')
    assert (Markup(made).unescape(), found) == (
        "{'ids': [1, 2], 'more': ['a', 'b']} {'ids': None, 'more': []} {'ids': None, 'more': []}",
        [],
    )


def test_a_flag_that_may_be_missing_is_true_by_its_bare_name_too() -> None:
    engine = Engine(schemas={"x": {"attributes": {"on": {"type": "boolean"}}}})
    engine.register("x", lambda call, **values: repr(values))
    made, found = failed(engine, "[x on] [x]")
    assert (Markup(made).unescape(), found) == ("{'on': True} {'on': None}", [])


def test_a_schema_is_exported_as_json_schema() -> None:
    assert schema_engine().schemas["must"].json_schema() == {
        "title": "must",
        "type": "object",
        "properties": {"url": {"type": "string"}, "count": {"type": "integer"}},
        "required": ["url", "count"],
        "additionalProperties": False,
    }


def test_a_schema_may_be_declared_without_code() -> None:
    engine = Engine(
        schemas={
            "x": {
                "description": "An example.",
                "attributes": {
                    "width": {"type": "integer", "default": 1, "minimum": 1, "maximum": 9},
                    "kind": {"choices": ["a", "b"], "required": True},
                    "more": {},
                },
            }
        }
    )
    engine.register("x", lambda call, **values: repr(values))
    made, found = failed(engine, "[x width=10 kind=a][x]")
    assert Markup(made).unescape() == "{'width': 1, 'kind': 'a', 'more': None}[x]"
    assert [code for code, _ in found] == ["SC601", "SC602"]
    assert engine.schemas["x"].json_schema()["properties"]["kind"] == {
        "enum": ["a", "b"],
        "type": "string",
    }


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"atributes": {}}, "x has an unknown key 'atributes'; did you mean 'attributes'?"),
        (
            {"attributes": {"a": {"typ": "url"}}},
            "x.attributes.a has an unknown key 'typ'; did you mean 'type'?",
        ),
        ({"attributes": {"a": "url"}}, "x.attributes.a must be a table"),
        (
            {"attributes": {"a": {"type": "uri"}}},
            "x.attributes.a.type must be one of string, integer, number, boolean, date, url, "
            "strings, integers, not 'uri'",
        ),
    ],
)
def test_a_wrong_declaration_is_one_clear_error(table: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        Engine(schemas={"x": table})


# --- order, limits, isolation ---------------------------------------------------------------------


def test_outer_first_runs_what_is_inside_only_when_it_is_asked_for() -> None:
    engine = Engine(order="outer")
    ran = []

    @engine.shortcode("if")
    def condition(call: Call, show: bool = False) -> Markup:
        ran.append("if")
        return call.render_children() if show else Markup()

    @engine.shortcode("x")
    def x() -> str:
        ran.append("x")
        return "x"

    assert rendered(engine, "[if show]a[x][/if][if]b[x][/if]") == "ax"
    assert ran == ["if", "x", "if"]


def test_what_a_handler_returns_is_not_parsed_again() -> None:
    engine = Engine()
    engine.register("a", "[b]")
    engine.register("b", "b")
    assert rendered(engine, "[a][b]") == "[b]b"


def test_below_the_deepest_level_shortcodes_stay_as_they_are() -> None:
    engine = Engine(max_depth=2)
    engine.register("x", lambda *, content: Markup("({})").format(content))
    html, found = failed(engine, "[x][x][x]a[/x][/x][/x]")
    assert html == "(([x]a[/x]))"
    assert found == [("SC403", "shortcodes nested more than 2 levels deep are left in place")]


@pytest.mark.parametrize("order", ["inner", "outer"])
def test_ten_thousand_levels_are_no_trouble(order: Literal["inner", "outer"]) -> None:
    engine = Engine(order=order, max_depth=50)
    engine.register("x", lambda *, content: Markup("({})").format(content))
    html = rendered(engine, "[x]" * 10_000 + "a" + "[/x]" * 10_000)
    assert html.startswith("(" * 50 + "[x]")


def test_output_has_a_limit() -> None:
    engine = Engine(max_output=100)
    engine.register("big", "x" * 100_000_000)
    engine.register("small", "y" * 100)
    html, found = failed(engine, "[big][small][small]")
    assert html == "[big]" + "y" * 100 + "[small]"
    assert [code for code, _ in found] == ["SC405", "SC405"]


async def never() -> str:
    """An asynchronous handler that never ends."""
    await asyncio.Event().wait()
    return ""


def failing_engine(**policy: Any) -> Engine:
    """An engine whose handlers fail each in another way."""
    engine = Engine(timeout=0.05, max_output=1000, **policy)

    def raises() -> str:
        raise KeyError("gone")

    async def raises_later() -> str:
        await asyncio.sleep(0)
        raise OSError("no network")

    engine.register("raises", raises)
    engine.register("none", lambda: None)
    engine.register("number", lambda: 1)
    engine.register("never", never)
    engine.register("later", raises_later)
    engine.register("large", "x" * 100_000)
    engine.register("must", lambda call, url: url)
    engine.register("wrong", lambda: int("one"))
    engine.register("few", type("Few", (), {"render_many": lambda self, calls: []}))
    engine.register("many", type("Many", (), {"render_many": lambda self, calls: 1 / 0}))
    engine.register("good", lambda *, content: Markup("<i>{}</i>").format(content))
    return engine


BAD = ["raises", "none", "number", "never", "later", "large", "must", "wrong", "few", "many"]


def test_ten_handlers_that_fail_in_ten_ways_do_not_stop_a_good_one() -> None:
    text = "".join(f"[{name}]\n" for name in BAD) + "[good]a[/good]"
    html, found = render(failing_engine(), text)
    assert html == "".join(f"[{name}]\n" for name in BAD) + "<i>a</i>"
    assert [text[slice(*one.span)] for one in found] == [f"[{name}]" for name in BAD]
    assert [f"{one.code} {one.message.partition(': ')[2]}" for one in found] == [
        "SC402 its handler failed with KeyError: 'gone'",
        "SC402 its handler failed with TypeError: the handler returned NoneType, not str",
        "SC402 its handler failed with TypeError: the handler returned int, not str",
        "SC406 its handler took more than 0.05 seconds",
        "SC402 its handler failed with OSError: no network",
        "SC405 its output would bring the document to more than 1,000 code points",
        "SC602 add the attribute 'url', which [must] requires",
        "SC402 its handler failed with ValueError: invalid literal for int() with base 10: 'one'",
        "SC402 its handler failed with ValueError: render_many returned 0 results for 1 calls",
        "SC402 its handler failed with ZeroDivisionError: division by zero",
    ]


@pytest.mark.parametrize(
    ("on_error", "expected"),
    [
        ("keep", "a [raises]<i>b</i>[/raises] c"),
        ("diagnostic", "a <i>b</i> c"),
        ("placeholder", 'a <span class="shortcode-error" data-shortcode="raises"></span> c'),
    ],
)
@pytest.mark.parametrize("order", ["inner", "outer"])
def test_the_policy_decides_what_replaces_a_shortcode_that_failed(
    on_error: Any, expected: str, order: Any
) -> None:
    engine = failing_engine(on_error=on_error, order=order)
    html, found = failed(engine, "a [raises][good]b[/good][/raises] c")
    assert (html, [code for code, _ in found]) == (expected, ["SC402"])


def test_an_engine_may_give_up_at_the_first_failure() -> None:
    with pytest.raises(KeyError, match="gone"):
        rendered(failing_engine(on_error="raise"), "[raises]")


# --- events ---------------------------------------------------------------------------------------


def test_events_come_before_and_after_shortcodes_and_documents() -> None:
    engine = Engine()
    engine.register("x", lambda n: n)
    seen = []
    engine.on("before_document", lambda document: seen.append(document.source))

    @engine.on("before_shortcode")
    def before(call: Call) -> str | None:
        seen.append(f"before {call.attributes['n']}")
        return "instead" if call.attributes["n"] == "2" else None

    @engine.on("after_shortcode")
    def after(call: Call, made: Markup) -> Markup | None:
        seen.append(f"after {made}")
        return Markup("<b>{}</b>").format(made) if made == "1" else None

    engine.on("after_document", lambda html: html + "!")
    text = "[x n=1][x n=2][x n=3]"
    assert rendered(engine, text) == "<b>1</b>instead3!"
    assert seen == [
        text,
        *["before 1", "after 1", "before 2", "after instead", "before 3", "after 3"],
    ]


def test_an_event_that_fails_fails_its_shortcode_only() -> None:
    engine = Engine()
    engine.register("x", "x")

    @engine.on("before_shortcode")
    def before(call: Call) -> None:
        if call.index == 0:
            raise ValueError("not the first")

    html, found = failed(engine, "[x 1] [x 2]")
    assert html == "[x 1] x"
    assert found == [
        ("SC402", "[x] was left in place: its handler failed with ValueError: not the first")
    ]


# --- asynchronous ---------------------------------------------------------------------------------


def test_asynchronous_handlers_of_a_document_run_together() -> None:
    engine = Engine(timeout=5)
    running, most = 0, 0
    together = asyncio.Barrier(3)

    @engine.shortcode("x")
    async def x(*, content: Markup) -> Markup:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await together.wait()  # ends only when three wait
        running -= 1
        return Markup("<{}>").format(content)

    async def both() -> Markup:
        return await engine.arender("[x]a[/x][x]b[/x][x]c[/x]", format="html")

    assert asyncio.run(both()) == "<a><b><c>"
    assert most == 3


def test_asynchronous_handlers_need_no_event_loop() -> None:
    engine = Engine()

    @engine.shortcode("x")
    async def x() -> str:
        await asyncio.sleep(0)
        return "x"

    engine.register("y", lambda *, content: Markup("({})").format(content))
    assert rendered(engine, "[y][x][/y]") == "(x)"

    async def inside() -> tuple[str, list[tuple[str, str]]]:
        return failed(engine, "[y][x][/y]")

    html, found = asyncio.run(inside())
    assert html == "([x])"
    assert found == [
        (
            "SC402",
            "[x] was left in place: its handler failed with RuntimeError: it is asynchronous: "
            "await Engine.arender",
        )
    ]


@pytest.mark.parametrize("order", ["inner", "outer"])
def test_both_ways_of_rendering_give_the_same(order: Literal["inner", "outer"]) -> None:
    engine = failing_engine(order=order)
    text = "[good]a[later][good][raises]b[/raises][/good][/good][many][x k=1]"
    found: tuple[list[Diagnostic], list[Diagnostic]] = ([], [])
    one = engine.render(text, diagnostics=found[0])
    other = asyncio.run(engine.arender(text, diagnostics=found[1]))
    assert (one, found[0]) == (other, found[1])


# --- templates ------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Any) -> Any:
    for name, template in {
        "button": '<a href="{{ url }}"{% if size is defined %} class="{{ size }}"{% endif %}>'
        "{{ content }}</a>\n",
        "typed": "{{ width + 1 }}",
        "broken": "{% if %}",
        "undefined": "{{ nothing }}",
        "reaching": "{{ content.__class__.__mro__ }}",
        "calling": "{{ attributes.update({'a': 1}) }}",
        "endless": "{% for i in range(10000000) %}x{% endfor %}",
    }.items():
        (tmp_path / f"{name}.html").write_text(template, encoding="utf-8")
    return tmp_path


def test_a_template_renders_the_tag_that_it_is_named_after(folder: Any) -> None:
    engine = Engine(templates=folder)
    text = '[button url="/a?b=1&c=2" size="<"]<b>x</b> & y[/button]'
    assert rendered(engine, text) == '<a href="/a?b=1&amp;c=2" class="&lt;"><b>x</b> &amp; y</a>'


def test_a_template_gets_the_values_that_its_schema_declares(folder: Any) -> None:
    schemas = {"typed": {"attributes": {"width": {"type": "integer", "default": 1}}}}
    engine = Engine(templates=folder, schemas=schemas)
    assert rendered(engine, "[typed] [typed width=41]") == "2 42"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("broken", "TemplateSyntaxError: Expected an expression, got 'end of statement block'"),
        ("undefined", "UndefinedError: 'nothing' is undefined"),
        (
            "reaching",
            "SecurityError: access to attribute '__class__' of 'Markup' object is unsafe.",
        ),
        (
            "calling",
            "SecurityError: access to attribute 'update' of 'dict' object is unsafe.",
        ),
        ("endless", "OverflowError: Range too big. The sandbox blocks ranges larger than"),
    ],
)
def test_a_template_that_fails_leaves_its_shortcode(folder: Any, name: str, reason: str) -> None:
    html, found = failed(Engine(templates=folder), f"[{name}]a[/{name}]")
    assert html == f"[{name}]a[/{name}]"
    ((code, message),) = found
    assert code == "SC402"
    assert message.startswith(f"[{name}] was left in place: its handler failed with {reason}")


def test_attributes_are_never_read_as_a_template(folder: Any) -> None:
    engine = Engine(templates=folder)
    assert rendered(engine, '[button url="{{ 7*7 }}"]{{ 7*7 }}[/button]') == (
        '<a href="{{ 7*7 }}">{{ 7*7 }}</a>'
    )


# --- enclosed HTML --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("sanitise", '<i><a href="/a" class="c">b</a>x</i>'),
        (
            "trusted",
            '<i><a href="/a" onclick="e()" class="c">b</a><script>e()</script>x</i>',
        ),
    ],
)
def test_enclosed_html_is_sanitised_unless_it_is_trusted(html: Any, expected: str) -> None:
    engine = Engine(html=html)
    engine.register("good", lambda *, content: Markup("<i>{}</i>").format(content))
    text = '[good]<a href="/a" onclick="e()" class="c">b</a><script>e()</script>x[/good]'
    assert rendered(engine, text) == expected


def test_the_output_of_inner_shortcodes_is_not_sanitised() -> None:
    engine = Engine()
    engine.register("good", lambda *, content: Markup("<i>{}</i>").format(content))
    engine.register("frame", Markup("<iframe src=/></iframe>"))
    assert rendered(engine, "[good]<b>[frame]</b><iframe>a</iframe>[/good]") == (
        "<i><b><iframe src=/></iframe></b>a</i>"
    )


# --- the engine itself ----------------------------------------------------------------------------


def test_a_name_is_registered_once() -> None:
    engine = Engine()
    engine.register("x", "1", aliases=["y"])
    with pytest.raises(ValueError, match="'y' is registered already"):
        engine.register("z", "2", aliases=["y"])
    assert engine.names == ["x", "y"]
    engine.register("y", "3", replace=True)
    assert rendered(engine, "[x][y]") == "13"


@pytest.mark.parametrize(
    ("what", "message"),
    [
        (1, "what renders 'x' must be a function, a str, or an object with render_many or handle"),
        (None, "what renders 'x' must be a function"),
    ],
)
def test_an_object_that_cannot_render_is_refused(what: object, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        Engine().register("x", what)


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        ({"order": "up"}, "order must be one of 'inner', 'outer', not 'up'"),
        ({"on_error": 1}, "on_error must be a str, not int"),
        ({"max_depth": -1}, "max_depth must be a whole number from 0, not -1"),
        ({"max_output": 1.5}, "max_output must be an int, not float"),
        ({"max_output": True}, "max_output must be an int, not bool"),
        (
            {"timeout": 0},
            "timeout must be a number of seconds above 0, up to 1,000,000,000, not 0",
        ),
        ({"timeout": "1"}, "timeout must be an int, a float or None, not str"),
        (
            {"timeout": float("nan")},
            "timeout must be a number of seconds above 0, up to 1,000,000,000, not ",
        ),
        (
            {"timeout": float("inf")},
            "timeout must be a number of seconds above 0, up to 1,000,000,000, not ",
        ),
        (
            {"timeout": 1e300},
            "timeout must be a number of seconds above 0, up to 1,000,000,000, not ",
        ),
        (
            {"timeout": 10**400},
            "timeout must be a number of seconds above 0, up to 1,000,000,000, not ",
        ),
        (
            {"timeout": True},
            "timeout must be an int, a float or None, not bool",
        ),
        (
            {"timeout": -1},
            "timeout must be a number of seconds above 0, up to 1,000,000,000, not ",
        ),
    ],
)
def test_a_wrong_policy_is_refused(policy: dict[str, Any], message: str) -> None:
    with pytest.raises((TypeError, ValueError), match=message):
        Engine(**policy)


def test_an_unknown_event_is_refused() -> None:
    with pytest.raises(ValueError, match="event must be one of 'before_document'"):
        Engine().on("before", print)  # type: ignore[call-overload]
    with pytest.raises(
        TypeError, match="the listener of 'after_document' must be a function, not str"
    ):
        Engine().on("after_document", "x")  # type: ignore[call-overload]


def test_aliases_are_names_and_not_letters() -> None:
    with pytest.raises(TypeError, match="aliases must be a collection of names, not the str 'btn'"):
        Engine().register("x", "x", aliases="btn")


def test_a_copy_changes_independently() -> None:
    engine = Engine()
    engine.register("x", "x")
    copy = engine.copy()
    copy.register("y", "y")
    copy.on("after_document", lambda html: html + "!")
    assert rendered(engine, "[x k=1][y k=1]") == "x[y k=1]"
    assert rendered(copy, "[x k=1][y k=1]") == "xy!"


def shout(word: str = "a") -> str:
    """A handler that can be pickled."""
    return word.upper()


def test_an_engine_can_be_pickled_where_its_handlers_can(folder: Any) -> None:
    engine = Engine(templates=folder, on_error="diagnostic")
    engine.register("shout", shout)
    again = pickle.loads(pickle.dumps(engine))
    text = '[shout b][button url="/"][/button]'
    assert rendered(again, text) == rendered(engine, text) == 'B<a href="/"></a>'
    assert again.policy == engine.policy


def test_many_threads_may_render_at_once(folder: Any) -> None:
    engine = Engine(templates=folder)
    engine.register("shout", shout)
    made: list[str] = []

    def work(number: int) -> None:
        for _ in range(20):
            made.append(rendered(engine, f"[shout w{number}][button url=/{number}]"))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == sorted(
        f'W{number}<a href="/{number}"></a>' for number in range(8) for _ in range(20)
    )


def test_a_card_a_gallery_and_a_sites_own_tag_render_in_one_call() -> None:
    engine = default_engine()
    engine.register("year", "2026")
    text = '[covid19-ultimate-card region="EG"] [audio src="/a.mp3"] [year]'
    html = engine.render(text)
    assert [html.count(part) for part in ("<article", "<audio", "2026")] == [1, 1, 1]
    assert "[year]" in shortcodes.render(text)


@pytest.mark.parametrize(
    ("format_", "text", "expected"),
    [
        ("html", '[box]<a href="[echo v=javascript:e()]">x</a>[/box]', "[echo v=javascript:e()]"),
        (
            "html",
            '<a href="[echo v=java][echo v=script:e()]">x</a>',
            "[echo v=java][echo v=script:e()]",
        ),
        ("html", '<a href="&#106;ava[echo v=script:e()]">x</a>', "&#106;ava[echo v=script:e()]"),
        ("html", "<a href=x onclick='[echo v=e()]'>x</a>", None),
        ("html", '<iframe srcdoc="[echo v=e()]">x</iframe>', None),
        ("html", "<a x=\"a onb='\" onclick='[echo v=e()]'>x</a>", None),
        ("html", "<a [echo v=onclick=e()]>x</a>", "<a [echo v=onclick=e()]>"),
        ("html", "<a on[echo v=click]=e()>x</a>", None),
        ("markdown", "[box][x]([echo v=javascript:e()])[/box]", None),
    ],
)
def test_no_shortcode_makes_a_tag_run_something(
    format_: Any, text: str, expected: str | None
) -> None:
    engine = Engine()
    engine.register("echo", lambda v="": v)
    engine.register("box", lambda *, content: Markup("<i>{}</i>").format(content))
    found: list[Diagnostic] = []
    html = engine.render(text, format=format_, diagnostics=found)
    assert "[echo" in html
    assert expected is None or expected in html
    assert {one.code for one in found} <= {"SC109", "SC404"}
    harmless = engine.render('<a href="/[echo v=7]">x</a>', format="html")
    assert harmless == '<a href="/7">x</a>'


def test_markdowns_indented_code_shows_its_shortcodes() -> None:
    engine = Engine()
    engine.register("echo", lambda v="": v)
    text = "a\n\n    [echo v=1] [a\\_b x=1]\n"
    assert engine.render(text, format="markdown") == (
        "<p>a</p>\n<pre><code>[echo v=1] [a\\_b x=1]\n</code></pre>\n"
    )


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="format must be one of 'text', 'html', 'markdown'"):
        Engine().render("x", format="xml")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("address", "taken"),
    [
        *[
            (one, True)
            for one in ("https://e.com/?a=b#c", "/a", "a.html", "?a:b", "mailto:a@e.com")
        ],
        *[(one, False) for one in ("javascript:e()", "JaVa:e", "data:x", "//a\\b", "a b", "x\ty")],
    ],
)
def test_a_declared_address_is_harmless(address: str, taken: bool) -> None:
    engine = Engine(schemas={"a": {"attributes": {"url": {"type": "url", "required": True}}}})
    engine.register("a", lambda call, url: url)
    html, found = failed(engine, f'[a url="{address}"]')
    assert [code for code, _ in found] == ([] if taken else ["SC602"])
    assert html == (Markup.escape(address) if taken else f'[a url="{address}"]')


@pytest.mark.parametrize("name", ["", "a b", "a]", "<a>", "a=b", "a/b", "a\n"])
def test_a_name_that_no_shortcode_can_have_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"{name!r} cannot be the name of a shortcode")):
        Engine().register("x", "x", aliases=[name])
    with pytest.raises(TypeError, match="the name of a shortcode must be a str, not int"):
        Engine().register(5, "x")  # type: ignore[arg-type]


def test_an_attribute_that_is_missing_and_has_no_default_prints_nothing(folder: Any) -> None:
    (folder / "link.html").write_text('<a href="{{ url }}">{{ url is none }}</a>', "utf-8")
    engine = Engine(templates=folder, schemas={"link": {"attributes": {"url": {"type": "url"}}}})
    assert rendered(engine, "[link] [link url=/a]") == '<a href="">True</a> <a href="/a">False</a>'


def test_files_that_no_tag_can_be_named_after_are_there_to_be_included(folder: Any) -> None:
    (folder / "all of it.html").write_text("{{ content }}!", encoding="utf-8")
    (folder / "whole.html").write_text("{% include 'all of it.html' %}", encoding="utf-8")
    engine = Engine(templates=folder)
    assert "all of it" not in engine.names
    assert rendered(engine, "[whole]a[/whole]") == "a!"

"""Data of the page and the request: it reaches handlers and templates, and no text reaches it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Protocol

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from shortcodes import Call, Context, Data, Engine, Name, Shortcode
from shortcodes.integrations.jinja import install
from shortcodes.integrations.markdown_it import shortcodes_plugin
from shortcodes.schemas.declared import parse_declarations
from shortcodes.testing import render_shortcode
from tests.rendering import render, render_asynchronously

in_both_ways = pytest.mark.parametrize("render_it", [render, render_asynchronously])


class User:
    """Who reads the page."""

    def __init__(self, name: str) -> None:
        self.name = name


class HasName(Protocol):
    """What has a name, for type checkers only."""

    name: str


ADA = User("Ada")


def by_parameter(user: Data[User], more: str = "") -> str:
    return user.name


def by_keyword(*, content: str = "", user: Data[User], **others: str) -> str:
    return user.name


def by_position(first: Annotated[str, Name("1")], user: Data[User], *rest: str) -> str:
    return user.name


def by_optional(call: Call, user: Data[User] | None = None, **others: str) -> str:
    return user.name if user else "nobody"


def by_other_name(reader: Annotated[Data[User], Name("user")], **others: str) -> str:
    return reader.name


def by_schema(call: Call, user: Data[User], **others: str) -> str:
    return user.name


def by_call(call: Call) -> str:
    name: str = call.data["user"].name
    return name


async def by_waiting(user: Data[HasName], **others: str) -> str:
    await asyncio.sleep(0)
    return user.name


class ByBatch:
    """A batch."""

    def render_many(self, calls: Sequence[Call]) -> list[str]:
        return [call.data["user"].name for call in calls]


class ByHandler:
    """The handler of a plug-in."""

    tags = ("handler",)

    def handle(self, shortcode: Shortcode, context: Context) -> str:
        name: str = context.data["user"].name
        return name


OPEN = parse_declarations({"schema": {"open-ended": True}})["schema"]
HANDLERS: dict[str, Any] = {
    "parameter": by_parameter,
    "keyword": by_keyword,
    "position": by_position,
    "optional": by_optional,
    "other": by_other_name,
    "call": by_call,
    "waiting": by_waiting,
    "batch": ByBatch,
    "handler": ByHandler(),
    "partial": partial(by_keyword, content="x"),
}
TEMPLATES = {
    "template": "{{ data.user.name }}",
    "including": "{% include 'a part.html' %}",
    "a part": "{{ data.user.name }}",
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder: Path = tmp_path_factory.mktemp("templates")
    for name, text in TEMPLATES.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    made = Engine(templates=folder)
    for name, handler in HANDLERS.items():
        made.register(name, handler)
    made.register("schema", by_schema, schema=OPEN)
    return made


NAMES = [*HANDLERS, "schema", "template", "including"]


@in_both_ways
@pytest.mark.parametrize("name", NAMES)
def test_every_kind_of_handler_sees_the_data(engine: Engine, name: str, render_it: Any) -> None:
    text = f"[{name} 1=x]" if name == "position" else f"[{name}]"
    assert render_it(engine, text, data={"user": ADA}) == ("Ada", [])


ATTRIBUTES = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(["user", "data", "data.user", "reader", "USER", "Data", "_data", "1"]),
            st.text("ab={}\"'. ", max_size=6) | st.sampled_from(["Eve", "{{ data }}"]),
        ),
        st.tuples(st.just(""), st.text("abEve ", min_size=1, max_size=6)),
    ),
    max_size=5,
)


@given(st.sampled_from(NAMES), ATTRIBUTES, st.text("]['\"=x ", max_size=6))
def test_no_attribute_reaches_the_data(
    engine: Engine, name: str, attributes: list[tuple[str, str]], damage: str
) -> None:
    written = " ".join(f'{key}="{value}"' if key else value for key, value in attributes)
    text = f"[{name} {written} {damage}][{name}]Eve[/{name}]"
    for node in engine.parse(text).children:
        if isinstance(node, Shortcode):
            html, problems = render(engine, node.source, data={"user": ADA})
            failed = any(problem.severity == "error" for problem in problems)
            assert html == (node.source if failed else "Ada")


@given(ATTRIBUTES, st.sampled_from(["optional", "template", "schema", "keyword", "other"]))
def test_without_data_no_attribute_takes_its_place(
    engine: Engine, attributes: list[tuple[str, str]], name: str
) -> None:
    written = " ".join(f'{key}="{value}"' if key else value for key, value in attributes)
    for node in engine.parse(f"[{name} {written}]").shortcodes():
        html = str(engine.render(node.source, format="html"))
        assert html == ("nobody" if name == "optional" else node.source)


@given(
    st.dictionaries(
        st.text(max_size=6),
        st.one_of(st.text(max_size=9), st.integers(), st.none(), st.lists(st.integers())),
        max_size=4,
    ),
    st.text("[]showdata =\"'x/", max_size=30),
)
def test_any_data_arrives_as_it_is_and_is_never_read_as_text(
    data: dict[str, Any], around: str
) -> None:
    seen: list[dict[str, Any]] = []
    engine = Engine()

    @engine.shortcode("show")
    def show(call: Call) -> str:
        seen.append(dict(call.data))
        return repr(call.data)

    before = dict(data)
    html = engine.render(f"{around} [show]", format="html", data=data)
    assert all(each == data for each in seen)
    assert data == before
    if seen:
        assert str(escape(repr(seen[0]))) in html


def test_a_missing_entry_fails_and_names_itself_but_never_what_there_is(engine: Engine) -> None:
    html, (problem,) = render(engine, "[parameter]", data={"secret": "hunter2"})
    assert html == "[parameter]"
    assert problem.message == (
        "[parameter] was left in place: its handler failed with LookupError: "
        "the data of the page has no entry 'user'"
    )


def test_an_entry_of_another_type_fails_without_being_shown(engine: Engine) -> None:
    html, (problem,) = render(engine, "[parameter]", data={"user": "hunter2"})
    assert (html, "hunter2" in problem.message) == ("[parameter]", False)
    assert problem.message.endswith("the entry 'user' of the data must be User, not str")


@in_both_ways
def test_a_gate_without_its_data_stays_closed(render_it: Any) -> None:
    def members(call: Call, user: Data[User]) -> Markup:
        return call.render_children()

    gates = Engine()
    gates.register("members", members, order="outer")
    text = "[members user=Ada]secret[/members]"
    assert "secret" not in render_it(gates, text)[0]
    assert "secret" not in render_it(gates, text, data={"user": "Ada"})[0]
    text = "[members]secret[/members]"
    assert render_it(gates, text, data={"user": ADA}) == ("secret", [])


@pytest.mark.parametrize(
    ("annotation", "fitting", "unfit"),
    [
        (Data[int], [1, True], ["1", None, 1.5]),
        (Data[float], [1, 1.5], ["1", None]),
        (Data[User | None], [ADA, None], ["Ada", 1]),  # type: ignore[misc]
        (Data[User] | None, [ADA, None], ["Ada"]),
        (Data[list[int]], [[1], ["x"]], [(1,), "x"]),
        (Data[HasName], [ADA, "x"], []),
        (Data[Any], [ADA, "x", None], []),  # type: ignore[misc]
        (Data, [ADA, "x", None], []),
    ],
)
def test_entries_have_the_type_of_their_parameter(
    annotation: Any, fitting: list[Any], unfit: list[Any]
) -> None:
    def show(it: Any) -> str:
        return "shown"

    show.__annotations__["it"] = annotation
    engine = Engine()
    engine.register("show", show)
    for value in (*fitting, *unfit):
        expected = "shown" if value in fitting else "[show]"
        assert engine.render("[show]", format="html", data={"it": value}) == expected


def of_a_list(user: list[Data[User]]) -> str:
    return ""


def of_many(*user: Data[User]) -> str:
    return ""


def of_all(**user: Data[User]) -> str:
    return ""


def of_first(user: Data[User], /) -> str:
    return ""


@pytest.mark.parametrize("function", [of_a_list, of_many, of_all, of_first])
def test_a_parameter_that_cannot_get_data_is_refused(function: Any) -> None:
    with pytest.raises(TypeError, match="'user', a parameter of the handler of 'x'"):
        Engine().register("x", function)


def test_a_declared_attribute_cannot_be_data_too() -> None:
    engine = Engine(schemas={"x": {"attributes": {"user": {}}}})
    with pytest.raises(TypeError, match="'user' is an attribute of 'x'"):
        engine.register("x", by_schema)


@pytest.mark.parametrize("data", [["user"], "user", {1: 2}])
def test_data_must_be_a_mapping_of_names(data: Any) -> None:
    with pytest.raises(TypeError, match="data"):
        Engine().render("", data=data)


def test_data_cannot_be_changed() -> None:
    def change(call: Call) -> str:
        call.data["user"] = "Eve"  # type: ignore[index]
        return ""

    engine = Engine()
    engine.register("change", change)
    data = {"user": ADA}
    assert engine.render("[change]", format="html", data=data) == "[change]"
    assert data == {"user": ADA}


def nested(order: Any = "outer") -> Engine:
    """Return an engine whose [in] adds to the data, and whose [at] shows it."""

    async def add(call: Call, a: str = "", b: str = "") -> Markup:
        call.add_data(**{name: value for name, value in (("a", a), ("b", b)) if value})
        await asyncio.sleep(0)
        return await call.arender_children()

    def add_and_fail(call: Call) -> Markup:
        call.add_data(a="lost")
        raise ValueError

    engine = Engine(order=order)
    engine.register("in", add)
    engine.register("fails", add_and_fail)
    engine.register("at", lambda call: "".join(map(str, call.data.values())))
    return engine


@in_both_ways
def test_what_is_added_reaches_what_is_enclosed_and_nothing_else(render_it: Any) -> None:
    text = "[at]{[in a=1][at]{[in b=2][at][/in]}{[in a=3][at][/in]}[at][/in]}[in /][at]"
    assert render_it(nested(), text, data={"z": 0}) == ("0{01{012}{03}01}0", [])


@in_both_ways
def test_what_a_handler_added_is_dropped_if_it_fails(render_it: Any) -> None:
    assert render_it(nested(), "[fails][at][/fails]", data={"z": 0})[0] == "[fails]0[/fails]"


@in_both_ways
def test_adding_comes_too_late_once_the_content_is_rendered(render_it: Any) -> None:
    html, (problem,) = render_it(nested("inner"), "[in a=1][at][/in]")
    assert html == "[in a=1][/in]"
    assert "add_data comes too late" in problem.message


def test_threads_with_different_data_never_mix(engine: Engine) -> None:
    text = " ".join(f"[{name} 1=x]" for name in ("parameter", "batch", "template", "handler"))

    def show(number: int) -> str:
        user = User(f"u{number}")
        return str(engine.render(text, format="html", data={"user": user}))

    with ThreadPoolExecutor(8) as pool:
        shown = list(pool.map(show, range(200)))
    assert shown == [" ".join([f"u{number}"] * 4) for number in range(200)]


def test_tasks_with_different_data_never_mix(engine: Engine) -> None:
    async def show_all() -> list[str]:
        text = "[waiting] [template] [waiting][batch][/waiting]"
        users = [User(f"u{number}") for number in range(100)]
        return await asyncio.gather(
            *(engine.arender(text, format="html", data={"user": user}) for user in users)
        )

    expected = [" ".join([f"u{number}"] * 3) for number in range(100)]
    assert asyncio.run(show_all()) == expected


def test_jinja_passes_on_the_variables_that_the_site_names_and_no_others() -> None:
    engine = Engine()
    engine.register("names", lambda call: " ".join(f"{k}={v}" for k, v in call.data.items()))
    environment = Environment(autoescape=True)
    install(environment, engine, data=["user", "absent"])
    source = (
        "{{ '[names]'|shortcodes('html') }}|"
        "{% shortcodes data={'page': 'P'} %}[names]{% endshortcodes %}|"
        "{{ '[names]'|shortcodes('html', data={'user': 'Eve'}) }}"
    )
    made = environment.from_string(source).render(user="Ada", secret="hunter2")
    assert made == "user=Ada|user=Ada page=P|user=Eve"


def test_markdown_it_finds_the_data_in_the_environment_of_the_conversion(engine: Engine) -> None:
    md = MarkdownIt("commonmark").use(shortcodes_plugin, engine)
    env = {"shortcodes_data": {"user": ADA}}
    assert md.render("[keyword]*x* [call][/keyword]", env) == "<p>Ada</p>\n"
    assert md.render("[call]", {"shortcodes_data": {"user": User("Bo")}}) == "<p>Bo</p>\n"
    assert md.render("[call]") == "<p>[call]</p>\n"


def test_a_test_of_a_handler_can_pass_data() -> None:
    made = render_shortcode("[hi]", handler=by_parameter, data={"user": ADA})
    assert (made.markup, made.diagnostics) == ("Ada", [])

"""Each style sheet once, before the first shortcode that needs it, or in the head of a page."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment
from markdown_it import MarkdownIt
from markupsafe import Markup

from shortcodes import Call, Engine
from shortcodes.integrations.jinja import install
from shortcodes.integrations.markdown import ShortcodesExtension
from shortcodes.integrations.markdown_it import shortcodes_plugin
from shortcodes_html import write_styles
from tests.rendering import render, render_asynchronously

in_both_ways = pytest.mark.parametrize("render_it", [render, render_asynchronously])


def _build_engine(**policy: Any) -> Engine:
    engine = Engine(**policy)
    for name in "abc":
        engine.register(name, _Styled(name))
    engine.register("slow", _wait)
    engine.register("batch", _Batch)
    engine.register("box", lambda *, content: Markup("<i>{}</i>").format(content))
    engine.register("drop", lambda *, content: "dropped")
    engine.register("class", _name_class)
    engine.register("fails", _fail)
    return engine


class _Styled:
    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, call: Call, *, content: Markup) -> Markup:
        call.context.stylesheets[self._name] = f"{self._name}{{}}"
        return Markup("<b>{}{}</b>").format(self._name, content)


async def _wait(call: Call) -> Markup:
    await asyncio.sleep(0.001 * (3 - call.index % 3))
    call.context.stylesheets["a"] = "a{}"
    return Markup("<b>slow</b>")


class _Batch:
    def render_many(self, calls: Sequence[Call]) -> list[Markup]:
        for call in calls:
            call.context.stylesheets["a"] = "a{}"
        return [Markup("<b>batch</b>")] * len(calls)


def _name_class(call: Call) -> str:
    call.context.stylesheets["c"] = "c{}"
    return "named"


def _fail(call: Call, *, content: Markup) -> str:
    call.context.stylesheets["gone"] = "gone{}"
    raise ValueError


A, B, C = (f"<style>{name}{{}}</style>" for name in "abc")


@in_both_ways
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[box]x[/box] [a] [a]", f"<i>x</i> {A}<b>a</b> <b>a</b>"),
        ("[a] [b] [a] [b]", f"{A}<b>a</b> {B}<b>b</b> <b>a</b> <b>b</b>"),
        ("[box][a][/box] [a]", f"{A}<i><b>a</b></i> <b>a</b>"),
        ("[a]x[b][/a] [b]", f"{A}{B}<b>ax<b>b</b></b> <b>b</b>"),
        ("[box]x[/box] [batch] [slow] [a]", f"<i>x</i> {A}<b>batch</b> <b>slow</b> <b>a</b>"),
        ("[slow] [batch] [a]", f"{A}<b>slow</b> <b>batch</b> <b>a</b>"),
        ("[fails][a][/fails] [a]", f"[fails]{A}<b>a</b>[/fails] <b>a</b>"),
        ('<u class="[class]"> [box]x[/box] [a]', f'<u class="named"> {C}<i>x</i> {A}<b>a</b>'),
        ("[fails] [box]x[/box]", "[fails] <i>x</i>"),
    ],
)
def test_a_style_stands_before_the_first_shortcode_that_needs_it(
    render_it: Any, text: str, expected: str
) -> None:
    assert render_it(_build_engine(), text)[0] == expected


@pytest.mark.parametrize("order", ["inner", "outer"])
@pytest.mark.parametrize("form", ["text", "html", "markdown"])
def test_every_format_and_order_has_each_style_once(form: Any, order: Any) -> None:
    html, _ = render(
        _build_engine(order=order), "one [box]x[/box]\n\n[b]\n\n[a][b][/a] [slow]", form
    )
    assert [html.count(style) for style in (A, B)] == [1, 1]
    assert html.index("<i>x</i>") < html.index(B) < html.index("<b>b") < html.index(A)


@given(st.lists(st.sampled_from(["[a]", "[b]", "[c]", "[box]", "[/box]", "[slow]", "x ", "<p>"])))
def test_no_output_comes_before_the_style_that_it_needs(parts: list[str]) -> None:
    html, _ = render(_build_engine(), "".join(parts))
    for name, style in zip("abc", (A, B, C), strict=True):
        outputs = [f"<b>{name}</b>", *(["<b>slow</b>"] if name == "a" else [])]
        places = [html.index(output) for output in outputs if output in html]
        assert html.count(style) == bool(places)
        assert all(html.index(style) < place for place in places)


def test_a_handler_that_fails_adds_no_style() -> None:
    found: dict[str, str] = {}
    render(_build_engine(), "[fails]x[/fails][a]", stylesheets=found)
    assert found == {"a": "a{}"}


def test_what_is_no_css_fails_alone() -> None:
    engine = _build_engine()

    @engine.shortcode("bad")
    def bad(call: Call) -> str:
        call.context.stylesheets["bad"] = 5  # type: ignore[assignment]
        return "bad"

    html, found = render(engine, "[bad] [a]")
    assert html == f"[bad] {A}<b>a</b>"
    assert found[0].message.endswith("TypeError: a style sheet must be a str, not int")


def test_ten_thousand_shortcodes_of_which_the_last_needs_a_style_are_no_trouble() -> None:
    html, _ = render(_build_engine(), "[box]x[/box]" * 10_000 + "[a]")
    assert html.endswith(f"<i>x</i>{A}<b>a</b>")


# --- in the head ----------------------------------------------------------------------------------

TEXT = "*x* [box][b][/box] [a]"
FOUND = {"b": "b{}", "a": "a{}"}


def test_python_markdown_gives_the_styles_of_a_conversion() -> None:
    extension = ShortcodesExtension(engine=_build_engine(), styles="none")
    assert extension.stylesheets == {}
    html = markdown.markdown(TEXT, extensions=[extension])
    assert html == "<p><em>x</em> <i><b>b</b></i> <b>a</b></p>"
    assert extension.stylesheets == FOUND
    assert "<style" in markdown.markdown(
        TEXT, extensions=[ShortcodesExtension(engine=_build_engine())]
    )
    markdown.markdown("plain", extensions=[extension])
    assert extension.stylesheets == {}


def test_markdown_it_gives_the_styles_of_a_conversion() -> None:
    md, env = MarkdownIt().use(shortcodes_plugin, _build_engine(), styles="none"), dict[str, Any]()
    assert md.render(TEXT, env) == "<p><em>x</em> <i><b>b</b></i> <b>a</b></p>\n"
    assert env["shortcodes"].stylesheets == FOUND


@pytest.mark.parametrize("is_async", [False, True])
def test_jinja_gives_the_styles_of_all_texts_on_a_page(is_async: bool) -> None:
    environment = Environment(autoescape=True, enable_async=is_async)
    install(environment, _build_engine())
    page = environment.from_string(
        "{% set found = {} %}"
        "{% set one = text|shortcodes('html', styles='none', stylesheets=found) %}"
        "{% set two %}{% shortcodes styles='none', stylesheets=found %}[a][c]{% endshortcodes %}"
        "{% endset %}"
        "{{ found|shortcode_styles }}|{{ one }}|{{ two }}"
    )
    assert page.render(text="[b]") == f"{B}\n{A}\n{C}|<b>b</b>|<b>a</b><b>c</b>"


def test_a_style_element_cannot_be_left() -> None:
    assert write_styles({"a": "</style><script>"}) == "<style><\\/style><script></style>"
    assert write_styles({}) == ""


@pytest.mark.parametrize("styles", ["all", "", "ONCE"])
def test_there_are_three_places_for_styles(styles: Any) -> None:
    for convert in (
        lambda: markdown.markdown(
            "x", extensions=[ShortcodesExtension(engine=_build_engine(), styles=styles)]
        ),
        lambda: MarkdownIt().use(shortcodes_plugin, _build_engine(), styles=styles).render("x"),
    ):
        with pytest.raises(ValueError, match="styles must be one of"):
            convert()

"""HTML that a shortcode with a handler encloses is sanitised, whatever becomes of the handler."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markupsafe import Markup

from shortcodes import Call, Engine, render
from shortcodes.integrations.markdown_it import shortcodes_plugin
from tests import rendering
from tests.hostile import VALUES
from tests.leaks import found_in
from tests.strategies import texts

HOSTILE = "<b onclick=alert(1)>x</b><script>alert(2)</script><img src=/y onerror=alert(3)>"
HARMLESS = '<b>x</b><img src="/y">'


def _raises(call: Call) -> str:
    raise ValueError("no")


def _asks_and_raises(*, content: Markup) -> Markup:
    raise ValueError(str(len(content)))


async def _fails(*, content: Markup) -> Markup:
    raise OSError("no")


async def _slow(call: Call) -> Markup:
    await asyncio.Event().wait()
    return Markup()


def _needs(number: int, *, content: Markup) -> Markup:
    return content


class _Batch:
    """Fails as a whole."""

    def render_many(self, calls: Sequence[Call]) -> list[str]:
        raise ValueError("no")


class _Fewer:
    """Returns too few, from a batch that is asynchronous."""

    async def render_many(self, calls: Sequence[Call]) -> list[str]:
        return []


FAILING: dict[str, Any] = {
    "it raises": _raises,
    "it raises once it has what it encloses": _asks_and_raises,
    "it is asynchronous and raises": _fails,
    "it takes too long": _slow,
    "it returns no text": lambda *, content: 5,
    "it returns too much": lambda *, content: content * 40,
    "an attribute is missing": _needs,
    "it is a batch": _Batch,
    "it is an asynchronous batch": _Fewer,
}

FORMS = {"html": "{}", "markdown": "<p>{}</p>"}


def engine(what: object, **policy: Any) -> Engine:
    made = Engine(timeout=0.02, max_output=500, **policy)
    made.register("bad", what)
    made.register("box", lambda *, content: Markup("<i>{}</i>").format(content))
    return made


def rendered(engine: Engine, text: str, form: Any) -> tuple[str, list[str]]:
    html, found = rendering.render(engine, text, form)
    return html.strip(), [one.code for one in found]


def awaited(engine: Engine, text: str, form: Any) -> tuple[str, list[str]]:
    html, found = rendering.render_asynchronously(engine, text, form)
    return html.strip(), [one.code for one in found]


by_both = pytest.mark.parametrize("by", [rendered, awaited])
in_each_order = pytest.mark.parametrize("order", ["inner", "outer"])
in_each_form = pytest.mark.parametrize("form", FORMS)


@by_both
@in_each_order
@in_each_form
@pytest.mark.parametrize("what", FAILING.values(), ids=FAILING)
def test_what_a_failing_handler_encloses_is_sanitised(
    by: Callable[..., tuple[str, list[str]]], order: Any, form: str, what: object
) -> None:
    text = f"a [bad]{HOSTILE}[/bad] b"
    assert {
        on_error: by(engine(what, order=order, on_error=on_error), text, form)[0]
        for on_error in ("keep", "diagnostic", "placeholder")
    } == {
        "keep": FORMS[form].format(f"a [bad]{HARMLESS}[/bad] b"),
        "diagnostic": FORMS[form].format(f"a {HARMLESS} b"),
        "placeholder": FORMS[form].format(
            'a <span class="shortcode-error" data-shortcode="bad"></span> b'
        ),
    }


@by_both
@in_each_form
@pytest.mark.parametrize("event", ["before_shortcode", "after_shortcode"])
@pytest.mark.parametrize("heard", [lambda *about: 1 / 0, lambda *about: 5])
def test_enclosed_html_is_sanitised_where_an_event_fails(
    by: Callable[..., tuple[str, list[str]]], form: str, event: Any, heard: Any
) -> None:
    made = engine(lambda *, content: content)
    made.on(event, heard)
    expected = FORMS[form].format(f"[bad]{HARMLESS}[/bad]")
    assert by(made, f"[bad]{HOSTILE}[/bad]", form) == (expected, ["SC402"])


@in_each_form
@pytest.mark.parametrize("levels", [0, 1, 2, 12])
def test_enclosed_html_is_sanitised_below_the_levels_that_are_rendered(
    form: str, levels: int
) -> None:
    made = engine(_asks_and_raises, max_depth=levels)
    text = "[bad]" * 3 + HOSTILE + "[/bad]" * 3
    html, codes = rendered(made, text, form)
    assert html == FORMS[form].format("[bad]" * 3 + HARMLESS + "[/bad]" * 3)
    assert codes == (["SC402"] * levels + ["SC403"])[:3]


@in_each_order
@in_each_form
def test_enclosed_html_is_sanitised_where_too_many_handlers_have_failed(
    form: str, order: Any
) -> None:
    text = "[bad]" * 12 + HOSTILE + "[/bad]" * 12
    html, codes = rendered(engine(_asks_and_raises, order=order), text, form)
    assert html == FORMS[form].format("[bad]" * 12 + HARMLESS + "[/bad]" * 12)
    assert codes == ["SC407"] * 2 + ["SC402"] * 10


NESTED = {
    "[bad]<u>1[box]<u>2[bad]<u>3[/bad]</u>[/box]</u>[/bad]": (
        "[bad]<u>1<i><u>2[bad]<u>3</u>[/bad]</u></i></u>[/bad]"
    ),
    "[box]<u>[bad]<s onclick=e()>1[/bad]</u>[/box]": "<i><u>[bad]<s>1</s>[/bad]</u></i>",
    "<p>[bad]</p>\n<p onclick=e()>1</p>\n<p class=q onclick=e()>[/bad]</p>": (
        '<p>[bad]</p>\n<p>1</p>\n<p class="q">[/bad]</p>'
    ),
    "<p>[bad]<br onclick=e()></p>1<p><br onclick=e()>[/bad]</p>": (
        "<p>[bad]<br></p>1<p><br>[/bad]</p>"
    ),
    "[bad] 1 [/bad] [bad]\n[/bad][bad][/bad][bad]": "[bad] 1 [/bad] [bad]\n[/bad][bad][/bad][bad]",
    '<a title="[bad]1[/bad]">2</a>': '<a title="[bad]1[/bad]">2</a>',
    "<noembed>[box]<b onclick=e()>1</b>[/box]</noembed>": (
        "<noembed>[box]&lt;b onclick=e()&gt;1&lt;/b&gt;[/box]</noembed>"
    ),
    "<noembed>[bad]</noembed><img src=x onerror=e()>[/bad]</noembed>": (
        "<noembed>[bad]</noembed><img src=x onerror=e()>[/bad]</noembed>"
    ),
    "<!-- [bad] --><b onclick=e()>1</b>[/bad] -->": (
        "<!-- [bad] --><b onclick=e()>1</b>[/bad] -->"  # which is a comment, then HTML
    ),
}


@in_each_order
@pytest.mark.parametrize(("text", "html"), NESTED.items())
def test_delimiters_of_what_failed_stay_where_they_were(text: str, html: str, order: Any) -> None:
    assert rendered(engine(_raises, order=order), text, "html")[0] == html


MARKDOWN = {
    "a [bad] *b* <b onclick=e()>c</b> [/bad] d": "<p>a [bad] <em>b</em> <b>c</b> [/bad] d</p>",
    "[bad]\n\n# A\n\n- b\n\n[/bad]": (
        "<p>[bad]</p>\n<h1>A</h1>\n<ul>\n<li>b</li>\n</ul>\n<p>[/bad]</p>"
    ),
    "[bad]\n\n    <i>\n\n[/bad]": (
        "<p>[bad]</p>\n<pre><code>&lt;i&gt;\n</code></pre>\n<p>[/bad]</p>"
    ),
    "    [bad]*a*[/bad]\n": "<pre><code>[bad]*a*[/bad]\n</code></pre>",
    "[box]- [bad]<s onclick=e()>a</s>[/bad][/box]": (
        "<i><ul>\n<li>[bad]<s>a</s>[/bad]</li>\n</ul></i>"
    ),
}


@in_each_order
@pytest.mark.parametrize(("text", "html"), MARKDOWN.items())
def test_in_markdown_what_failed_encloses_is_converted(text: str, html: str, order: Any) -> None:
    assert rendered(engine(_raises, order=order), text, "markdown")[0] == html


def test_trusted_html_stays_as_it_is_whatever_becomes_of_the_handler() -> None:
    made = engine(_raises, html="trusted")
    text = f"a [bad]{HOSTILE}[/bad] b"
    assert [rendered(made, text, form)[0] for form in FORMS] == [text, f"<p>{text}</p>"]


@in_each_form
def test_the_captions_of_the_library_let_no_script_through(form: Any) -> None:
    for text in ("[caption]{}[/caption]", "[caption width=1]{}[/caption]"):
        assert found_in(render(text.format(HOSTILE), format=form)) == []


@in_each_form
@pytest.mark.parametrize("on_error", ["keep", "diagnostic", "placeholder"])
def test_no_hostile_value_gets_out_of_what_failed(form: Any, on_error: Any) -> None:
    made = engine(_raises, on_error=on_error)
    failures = {}
    for value in VALUES:
        text = f"[bad]{value}[/bad]"
        whole = [(0, len(text))]
        if [item.span for item in made.parse(text, markdown=form == "markdown").items()] == whole:
            failures[value] = found_in(made.render(text, format=form))
    assert len(failures) > 200
    assert {value: found for value, found in failures.items() if found} == {}


def test_enclosed_html_is_sanitised_through_a_markdown_library_too() -> None:
    md = MarkdownIt("commonmark").use(shortcodes_plugin, engine(_raises))
    assert md.render(f"[bad]{HOSTILE}[/bad]") == f"<p>[bad]{HARMLESS}[/bad]</p>\n"


def test_the_source_of_an_unknown_shortcode_that_is_marked_holds_no_tags() -> None:
    text = '[box][gone a="<img src=x onerror=alert(1)>"][/box]'
    made = engine(_raises).render(text, format="html", options={"unknown": "mark"}, tags="any")
    shown = '[gone a="&lt;img src=x onerror=alert(1)&gt;"]'
    assert made == f'<i><mark class="shortcode-unknown">{shown}</mark></i>'


def test_a_converter_that_fails_loses_no_page() -> None:
    def convert(text: str) -> str:
        if "deep" in text:
            raise RecursionError
        converted: str = render_tokens(text)
        return converted

    md = MarkdownIt("commonmark").use(shortcodes_plugin, engine(_raises))
    render_tokens, md.render = md.render, convert  # type: ignore[method-assign, assignment]
    assert render_tokens("a [bad]<i>deep[/bad]") == "<p>a [bad]&lt;i&gt;deep[/bad]</p>\n"


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(
    text=texts,
    what=st.sampled_from([_raises, _asks_and_raises, _needs]),
    form=st.sampled_from([*FORMS]),
    on_error=st.sampled_from(["keep", "diagnostic"]),
)
def test_whatever_is_enclosed_runs_nothing(
    text: str, what: object, form: Any, on_error: Any
) -> None:
    made = engine(what, on_error=on_error)
    hostile = f"[bad]{text}<img src=x onerror=alert(1)>{text}[/bad]"
    items = [item.span for item in made.parse(hostile, markdown=form == "markdown").items()]
    if items[:1] == [(0, len(hostile))]:
        assert found_in(made.render(hostile, format=form)) == []


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[c]if a <[w] then b, and so on[/c] end", "if a &lt;word then b, and so on end"),
        ("[c]a <[c]d[/c] b[/c]", "a &lt;d b"),
        ("[g]if a <[w] then b[/g] end", "[g]if a &lt;word then b[/g] end"),
        ("[c]</[w] then b[/c]", "&lt;/word then b"),
        ('[c]<b title="[w]">x</b>[/c]', '<b title="word">x</b>'),
    ],
)
def test_a_less_than_sign_before_an_inner_shortcode_is_text(text: str, html: str) -> None:
    engine = Engine()
    engine.register("c", lambda content="": content)
    engine.register("w", lambda: "word")
    engine.register("g", lambda needed: "x")
    assert engine.render(text, format="html") == html
    assert engine.render(text, format="markdown") == f"<p>{html}</p>\n"
    assert engine.render("[c]`<[w]` b[/c]", format="markdown") == "<p><code>&lt;[w]</code> b</p>\n"

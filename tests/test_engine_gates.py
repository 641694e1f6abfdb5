"""Gates, handlers with `order="outer"`: what they enclose appears only where they say so."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from shortcodes import Call, Engine
from tests.rendering import render, render_asynchronously

in_both_ways = pytest.mark.parametrize("render_it", [render, render_asynchronously])

SECRET = "hunter2"


class Gates:
    """An engine with gates that fail in all ways, and what has run in it."""

    def __init__(self, **policy: Any) -> None:
        self.ran: list[str] = []
        self.engine = made = Engine(timeout=0.02, max_output=10_000, **policy)
        for name, what in FAILING.items():
            made.register(name, what, order="outer")
        made.register("members", members, order="outer")
        made.register("box", lambda *, content: Markup("<b>{}</b>").format(content))
        made.register("fails", _raise_after_asking)
        made.register("costly", self._run)

    def _run(self, call: Call) -> str:
        self.ran.append(call.name)
        return SECRET


def members(call: Call, paid: bool = False) -> Markup:
    return call.render_children() if paid else Markup("Members only.")


def _raise_after_asking(call: Call) -> str:
    raise ValueError(len(call.content))


def _raise(call: Call) -> str:
    raise ValueError("no")


def _take_level(call: Call, level: int = 0) -> Markup:
    return call.render_children()


def _require_level(call: Call, level: int) -> Markup:
    return call.render_children()


async def _wait(call: Call) -> Markup:
    await asyncio.sleep(10)
    return await call.arender_children()


async def _ask_and_wait(call: Call) -> Markup:
    content = await call.arender_children()
    await asyncio.sleep(10)
    return content


class _FailingBatch:
    def render_many(self, calls: Sequence[Call]) -> list[str]:
        raise OSError("no database")


class _ShortBatch:
    def render_many(self, calls: Sequence[Call]) -> list[str]:
        return []


class _AsyncBatch:
    async def render_many(self, calls: Sequence[Call]) -> list[str]:
        raise OSError("no network")


FAILING: dict[str, Any] = {
    "raises": _raise,
    "asks-and-raises": _raise_after_asking,
    "late": _wait,
    "asks-and-late": _ask_and_wait,
    "wrong-type": lambda call: 5,
    "nothing": lambda call: None,
    "long": lambda call: f"{call.content}" * 10_000,
    "bad-value": _take_level,
    "missing-value": _require_level,
    "batch": _FailingBatch,
    "short-batch": _ShortBatch,
    "async-batch": _AsyncBatch,
}
TAGS = {**{name: name for name in FAILING}, "bad-value": "bad-value level=gold"}
ON_ERROR: list[Any] = [
    "keep",
    "diagnostic",
    "placeholder",
    "debug",
    lambda call, error: None,
    lambda call, error: call.content,
    lambda call, error: Markup("<i>{}</i>").format(call.render_children()),
    lambda call, error: 1 / 0,
]
PLACES = [
    "{}",
    "<p>a {} b</p>",
    "[box]{}[/box]",
    "[fails]{}[/fails]",
    "[fails][box]{}[/box][/fails]",
    "[members paid]{}[/members]",
    '<a title="{}">b</a>',
    "<a title='[fails]{}[/fails]'>b</a>",
    "<svg><text>{}</text></svg>",
    "<textarea>{}</textarea>",
    "<title>{}</title>",
    "> {}\n",
    "- {}\n",
    "# {}\n",
    "[a]({} 'b')",
    "    {}\n",
    "```{}\n",
]


def _list_failures() -> list[tuple[str, str]]:
    return [(tag, name) for name, tag in TAGS.items()]


@in_both_ways
@pytest.mark.parametrize("on_error", ON_ERROR)
@pytest.mark.parametrize(("tag", "name"), _list_failures())
def test_a_gate_that_fails_shows_nothing_of_what_it_encloses(
    render_it: Any, on_error: Any, tag: str, name: str
) -> None:
    gates = Gates(on_error=on_error)
    html, found = render_it(gates.engine, f"a [{tag}]{SECRET}<u>x</u>[costly][/{name}] c")
    assert SECRET not in html
    assert "<u>" not in html
    assert html.startswith("a ")
    assert html.endswith(" c")
    assert found
    assert gates.ran == (["costly"] if "asks" in name or name == "long" else [])


@pytest.mark.parametrize("on_error", [*ON_ERROR, "raise"])
@pytest.mark.parametrize("form", ["text", "html", "markdown"])
@pytest.mark.parametrize("page", [False, True])
def test_no_place_in_a_text_opens_a_gate_that_fails(on_error: Any, form: Any, page: bool) -> None:
    gates = Gates(on_error=on_error)
    for place in PLACES:
        for tag, name in _list_failures():
            if "late" in name:
                continue
            text = place.format(f"[{tag}]{SECRET} # {SECRET}[box]{SECRET}[/box][/{name}]")
            parsed = gates.engine.parse(text, markdown=form == "markdown")
            if name not in {shortcode.name for shortcode in parsed.shortcodes()}:
                continue  # code is no shortcode
            try:
                html, _ = render(gates.engine, text, form, options={"page": page})
            except Exception:
                assert on_error == "raise"
            else:
                assert SECRET not in html, text


@pytest.mark.parametrize("form", ["text", "html", "markdown"])
def test_a_closed_gate_is_closed_wherever_its_source_is_shown(form: Any) -> None:
    engine = Gates().engine
    for place in PLACES:
        text = place.format(f"[members]{SECRET}[/members]")
        document = engine.parse(text, markdown=form == "markdown")
        if any(shortcode.name == "members" for shortcode in document.shortcodes()):
            assert SECRET not in render(engine, text, form)[0], text


@pytest.mark.parametrize("depth", [0, 1, 5])
@pytest.mark.parametrize("unknown", ["keep", "strip", "mark"])
def test_a_gate_that_is_too_deep_shows_nothing(depth: int, unknown: str) -> None:
    gates = Gates(max_depth=depth)
    text = "[box]" * depth + f"[members paid]{SECRET}[costly][/members]" + "[/box]" * depth
    html, found = render(gates.engine, text, options={"unknown": unknown})
    assert (SECRET in html, gates.ran, [one.code for one in found]) == (False, [], ["SC403"])
    assert "Members only" not in html


def test_a_gate_that_html_splits_shows_nothing_and_makes_no_tag() -> None:
    for dialect in ("lenient", "wordpress"):
        for text in (
            f"<p>[members a='</p><p>']{SECRET}[/members]</p>",
            f"[members <b>]{SECRET}<i onclick=a>[/members]",
            f"<a [members]>{SECRET}<script>[/members]",
            f'<a title="[members]{SECRET}"><!--[/members]--><b>',
        ):
            engine = Gates().engine
            parsed = engine.parse(text, dialect=dialect)
            if not any(s.name == "members" and s.close_span for s in parsed.shortcodes()):
                continue
            for page in (False, True):
                html, _ = render(engine, text, dialect=dialect, options={"page": page})
                assert SECRET not in html, (dialect, text)


@in_both_ways
def test_events_that_fail_or_replace_leave_a_gate_closed(render_it: Any) -> None:
    for event, listener in [
        ("before_shortcode", lambda call: 1 / 0),
        ("before_shortcode", lambda call: "instead" if call.name == "members" else None),
        ("after_shortcode", lambda call, markup: 1 / 0 if call.name == "members" else None),
        ("after_shortcode", lambda call, markup: 5 if call.name == "members" else None),
    ]:
        gates = Gates()
        gates.engine.on(event, listener)  # type: ignore[call-overload]
        html, _ = render_it(gates.engine, f"[members paid]{SECRET}[/members]")
        assert SECRET not in html


# --- what a gate runs -----------------------------------------------------------------------------


@in_both_ways
@pytest.mark.parametrize("order", ["inner", "outer"])
def test_what_a_gate_encloses_runs_only_when_it_asks(render_it: Any, order: Any) -> None:
    for paid, expected, ran in [
        ("", "x <b>Members only.</b>", []),
        (" paid", f"x <b>1 <b>{SECRET}</b> 2</b>", ["costly"]),
    ]:
        gates = Gates(order=order)
        text = f"x [box][members{paid}]1 [box][costly /][/box] 2[/members][/box]"
        assert render_it(gates.engine, text) == (expected, [])
        assert gates.ran == ran


@in_both_ways
def test_gates_inside_gates_are_asked_one_after_the_other(render_it: Any) -> None:
    gates = Gates()
    closed = f"[members]{SECRET}[costly][/members]"
    text = f"[members paid]a {closed} [members paid][box]b[/box][/members][/members]"
    assert render_it(gates.engine, text)[0] == "a Members only. <b>b</b>"
    assert gates.ran == []


@in_both_ways
@pytest.mark.parametrize("attributes", ["level=gold", "levle=3", "level=3 4", "level=3 more=x"])
def test_a_gate_takes_no_default_for_what_it_does_not_understand(
    render_it: Any, attributes: str
) -> None:
    html, found = render_it(Gates().engine, f"[bad-value {attributes}]{SECRET}[/bad-value]")
    assert html == f"[bad-value {attributes}][/bad-value]"
    assert [one.code for one in found] == ["SC602"]
    assert "default" not in found[0].message


def test_an_inner_handler_in_an_outer_engine_gets_its_content_first() -> None:
    engine, seen = Engine(order="outer"), list[str]()

    def note(name: str) -> Callable[..., str]:
        def handler(call: Call) -> str:
            seen.append(name)
            return f"{name}({call.content})"

        return handler

    engine.register("inner", note("inner"), order="inner")
    engine.register("outer", note("outer"))
    html, _ = render(engine, "[outer][inner][outer]x[/outer][/inner][/outer]")
    assert html == "outer(inner(outer(x)))"
    assert seen == ["outer", "outer", "inner"]


def test_an_asynchronous_gate_awaits_what_it_encloses() -> None:
    engine = Engine()

    @engine.shortcode("members", order="outer")
    async def gate(call: Call, paid: bool = False) -> Markup:
        return await call.arender_children() if paid else Markup("no")

    @engine.shortcode("rate")
    async def rate() -> str:
        await asyncio.sleep(0)
        return "1.2"

    text = "[members paid][rate][/members] [members][rate][/members] [rate]"
    assert render(engine, text) == ("1.2 no 1.2", [])
    assert render_asynchronously(engine, text) == ("1.2 no 1.2", [])


def test_every_kind_of_handler_can_be_a_gate() -> None:
    class Batch:
        def render_many(self, calls: Sequence[Call]) -> list[str]:
            return [call.content if "paid" in call.positional else "no" for call in calls]

    for what in (Batch, Batch(), lambda call, *rest: call.content if rest else "no"):
        gates = Gates()
        gates.engine.register("gate", what, order="outer")
        text = f"[gate]{SECRET}[costly][/gate] [gate paid]in[/gate]"
        for render_it in (render, render_asynchronously):
            assert render_it(gates.engine, text)[0] == "no in"
        assert gates.ran == []


@pytest.mark.parametrize(("order", "error"), [("both", ValueError), (1, TypeError)])
def test_an_order_is_inner_or_outer(order: Any, error: Any) -> None:
    for register in (
        lambda: Engine().register("a", "b", order=order),
        lambda: Engine().shortcode("a", order=order),
    ):
        with pytest.raises(error, match=r"^order must be "):
            register()


# --- generated texts ------------------------------------------------------------------------------

PARTS = st.sampled_from(
    [
        *["[members]", "[/members]", "[raises]", "[/raises]", "[bad-value level=x]"],
        *["[/bad-value]", "[members paid]", "[box]", "[/box]", "[fails]", "[/fails]", "\n\n"],
        *["<p>", "</p>", '<a title="', '">', "<!--", "-->", "<svg>", "</svg>", "<b>", "'", "> "],
        *["<textarea>", "</textarea>", "[[", "]]", "`", "- ", "    ", "text", "<", ">", "&quot;"],
    ]
)


def _find_guarded(engine: Engine, text: str, **options: Any) -> list[str]:
    """Return the secrets that a gate encloses which does not open."""
    closed = ("[members]", "[raises]", "[bad-value level=x]")
    return [
        part
        for shortcode in engine.parse(text, **options).shortcodes()
        if shortcode.close_span and text[slice(*shortcode.open_span)] in closed
        for part in text[shortcode.open_span[1] : shortcode.close_span[0]].split("|")[1::2]
    ]


@given(
    parts=st.lists(PARTS, max_size=14),
    form=st.sampled_from(["text", "html", "markdown"]),
    dialect=st.sampled_from(["lenient", "wordpress"]),
    on_error=st.sampled_from(["keep", "diagnostic", "placeholder", "debug"]),
    order=st.sampled_from(["inner", "outer"]),
    page=st.booleans(),
)
def test_no_text_gets_anything_out_of_a_closed_gate(
    parts: list[str], form: Any, dialect: Any, on_error: Any, order: Any, page: bool
) -> None:
    text = "".join(f"{part}|s{index}|" for index, part in enumerate(parts))
    engine = Gates(on_error=on_error, order=order).engine
    markdown = {"markdown": True} if form == "markdown" else {}
    guarded = _find_guarded(engine, text, dialect=dialect, **markdown)
    html, _ = render(engine, text, form, dialect=dialect, options={"page": page})
    assert [secret for secret in guarded if f"|{secret}|" in html] == []


def test_a_closed_gate_is_no_title_of_a_page() -> None:
    text = f"[members]\n# {SECRET}\n[/members]\n\n# Open\n"
    html, _ = render(Gates().engine, text, "markdown", options={"page": True})
    assert "<title>Open</title>" in html
    text = f'[members]{SECRET}<a title="[/members]<svg>'  # which cannot all be taken out
    html, _ = render(Gates().engine, text, "text", options={"page": True})
    assert SECRET not in html

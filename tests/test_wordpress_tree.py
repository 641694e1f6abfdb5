"""The tree of the WordPress dialect: what WordPress would see, over the text as it stands."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import shortcodes
from shortcodes import Document, Escape, Shortcode, Text
from shortcodes.conformance.wordpress import Calls
from shortcodes.wordpress.attributes import (
    finish_value,
    is_as_written,
    join_spaces,
    locate_attributes,
    read_values,
)
from shortcodes.wordpress.names import compile_names
from shortcodes.wordpress.scopes import _find_matches, _make_columns, find_items
from tests.strategies import delimiters
from tests.strategies import texts as lenient_texts
from tests.test_wordpress_differential import PIECES, TAGS

texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | lenient_texts | delimiters
any_text = texts | st.text(st.characters(codec=None), max_size=30)


def parse(text: str, **options: Any) -> Document:
    return shortcodes.parse(text, dialect="wordpress", **options)


def tree(document: Document) -> list[dict[str, Any]]:
    """Every shortcode with all it has."""
    return [
        {
            "shortcode": item.name,
            "kind": item.kind,
            "open": item.open_span,
            "close": item.close_span,
            "attributes": [node._asdict() for node in item.attribute_nodes],
        }
        for item in document.shortcodes()
    ]


def shape(text: str, **options: Any) -> list[tuple[str, str]]:
    """Every item with its name and source."""
    return [(item.name, item.source) for item in parse(text, **options).items()]


def test_a_shortcode_has_names_values_and_places_as_wordpress_reads_them() -> None:
    assert tree(parse('[x A="1\\n" \u00a0b c=”d e” /]', tags=["x"])) == [
        {
            "shortcode": "x",
            "kind": "self-closing",
            "open": (0, 24),
            "close": None,
            "attributes": [
                {
                    "name": "a",
                    "value": "1\n",
                    "raw": "1\\n",
                    "quotes": ('"', '"'),
                    "span": (3, 10),
                    "name_span": (3, 4),
                    "value_span": (6, 9),
                },
                {
                    "name": None,
                    "value": "b",
                    "raw": "b",
                    "quotes": None,
                    "span": (12, 13),
                    "name_span": None,
                    "value_span": (12, 13),
                },
                {
                    "name": "c",
                    "value": "”d",
                    "raw": "”d",
                    "quotes": None,
                    "span": (14, 18),
                    "name_span": (14, 15),
                    "value_span": (16, 18),
                },
                {
                    "name": None,
                    "value": "e”",
                    "raw": "e”",
                    "quotes": None,
                    "span": (19, 21),
                    "name_span": None,
                    "value_span": (19, 21),
                },
            ],
        }
    ]


def test_the_first_closer_wins_and_what_is_left_over_is_text() -> None:
    document = parse("[x]a[x]b[/x]c[/x]", tags=["x"])
    outer, rest = document.children
    assert isinstance(outer, Shortcode)
    assert isinstance(rest, Text)
    assert (outer.source, rest.source) == ("[x]a[x]b[/x]", "c[/x]")
    assert [child.source for child in outer.children] == ["a", "[x]", "b"]


def test_an_escape_is_an_item_and_what_it_holds_is_none() -> None:
    document = parse("a [[x][y][/x]] [[x]", tags=["x", "y"])
    escape, standalone = document.items()
    assert isinstance(escape, Escape)
    assert (escape.span, escape.text) == ((2, 14), "[x][y][/x]")
    assert standalone.source == "[x]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<a title="[x a=1]">[y]</a>', [("x", "[x a=1]"), ("y", "[y]")]),
        ("<!-- [x] --> [x]", [("x", "[x]")]),
        ('[x]<a title="[y]">[/x]', [("x", '[x]<a title="[y]">[/x]'), ("y", "[y]")]),
        ('[x a="<b [y]>"]', [("x", '[x a="<b [y]>"]')]),
        ('[x]<a title="[/x]">[/x]', [("x", '[x]<a title="[/x]">[/x]')]),
        ("<[x]<[y][/y]>[/x]>", [("x", "[x]"), ("y", "[y][/y]")]),
        ("1 < 2 [x] 3 > 2", []),
        ("1 <b [x] c> 2", [("x", "[x]")]),
    ],
)
def test_elements_hold_shortcodes_where_wordpress_looks_for_them(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert shape(text, tags=["x", "y"]) == expected


def test_a_name_with_more_behind_it_counts_where_the_clean_name_is_in_the_same_content() -> None:
    assert shape("[x][foo:a][/x][foo] [y][foo:a][foo][/y]", tags=["foo", "x", "y"]) == [
        ("x", "[x][foo:a][/x]"),
        ("foo", "[foo]"),
        ("y", "[y][foo:a][foo][/y]"),
        ("foo", "[foo:a]"),
        ("foo", "[foo]"),
    ]


def test_of_several_names_the_one_that_is_active_in_the_content_is_taken() -> None:
    found = shape("[foo.x] [y][foo.x][/y] [foo/]", tags=["foo", "foo.x", "y"])
    assert [name for name, _ in found] == ["foo", "y", "foo.x", "foo"]


def test_hidden_brackets_are_in_values_what_a_handler_gets() -> None:
    (shortcode,) = parse('[x a="<b c=[>" d="&#91;"]', tags=["x"]).shortcodes()
    assert dict(shortcode.attributes) == {"a": "<b c=&#91;>", "d": "&#091;"}
    assert [node.raw for node in shortcode.attribute_nodes] == ["<b c=[>", "&#91;"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("[sic] [1] [see below] [b]c[/b]", []),
        ("[card a=1] [sic] [[card]]", ["card", "card"]),
        ("[embed http://e.com] [map http://e.com] [x=1]", ["embed"]),
        ("[note]a[/note] [other", ["note"]),
        ("[sic] [note]a[/note]", ["note"]),
        ("[note/]a[/note]", []),
    ],
)
def test_without_a_list_names_count_that_have_evidence(text: str, names: list[str]) -> None:
    assert [item.name for item in parse(text).items()] == names


def test_any_includes_every_possible_name() -> None:
    text = "[1] [é.x:y] [] [/z] [a b]"
    assert [item.name for item in parse(text, tags="any").items()] == ["1", "é.x:y", "a"]


def test_the_options_of_the_other_dialect_change_nothing() -> None:
    text = "<pre>[x a=1]</pre> \\[x\\]"
    for options in ({"skip_code": False}, {"markdown": True}):
        assert tree(parse(text, **options)) == tree(parse(text))


def test_strip_extract_and_lint_work_on_this_tree() -> None:
    text = "a [x k=1]b[/x] [/x] [x k=1 k=2] c"
    assert shortcodes.strip(text, dialect="wordpress") == "a b [/x]  c"
    assert [item["attributes"] for item in shortcodes.extract(text, dialect="wordpress")] == [
        {"k": "1"},
        {"k": "2"},
    ]
    assert [d.code for d in shortcodes.lint(text, dialect="wordpress")] == [
        "SC102",
        "SC107",
        "SC301",
    ]


def test_diagnostics_name_what_crosses_and_what_nothing_terminates() -> None:
    text = "[x][y]a[/x][/y] [/x] [[x][/y][/x]] [x a=1"
    found = [(d.code, text[slice(*d.span)]) for d in parse(text, tags=["x", "y"]).diagnostics]
    assert found == [("SC103", "[/y]"), ("SC102", "[/x]"), ("SC101", "[x")]


def covered(document: Document) -> bool:
    """Whether the nodes of every level, put together, are the text that they stand for."""
    pending = [(document.children, document.source)]
    while pending:
        nodes, source = pending.pop()
        if "".join(node.source for node in nodes) != source:
            return False
        for node in nodes:
            if isinstance(node, Shortcode) and node.content is not None:
                pending.append((node.children, node.content))
    return True


@pytest.mark.slow
@settings(max_examples=600, deadline=None)
@given(any_text, st.sampled_from([None, "any", *TAGS]))
@example('[x a="<b [y]>"]c[/x]', ["x", "y"])
@example("<[x]<[y]<[x][/y]>[/x]>", ["x", "y"])
@example("\ud800[x \udcff=\ud800][/x]", ["x"])
def test_every_text_is_covered_by_its_nodes(text: str, tags: Any) -> None:
    document = parse(text, tags=tags)
    assert document.source == text
    assert covered(document)
    spans = [item.span for item in document.items()]
    assert spans == sorted(spans, key=lambda span: (span[0], -span[1]))
    for item in document.shortcodes():
        for node in item.attribute_nodes:
            assert text[slice(*node.value_span)] == node.raw
    assert document.diagnostics is document.diagnostics


@pytest.mark.slow
@settings(max_examples=1500, deadline=None)
@given(texts, st.sampled_from(TAGS))
@example("[x][foo:a][/x][foo]", ["foo", "x"])
@example("[x][[y]a[/y]][/x][y/]]", ["x", "y"])
def test_items_are_the_calls_that_handlers_would_get(text: str, tags: list[str]) -> None:
    text = text.replace("<", "").replace("&", "")
    calls = Calls(tags, "short", {})
    shortcodes.wordpress.do_shortcode(text, calls.handlers)
    found = [
        (item.name, item.content or "", [a.value for a in item.attribute_nodes])
        for item in parse(text, tags=tags).shortcodes()
    ]
    made = [(call["tag"], call["content"]) for call in calls.calls]
    assert [item[:2] for item in found] == made
    for (_, _, seen), call in zip(found, calls.calls, strict=True):
        assert {value for _, value in call["atts"]} <= set(seen)


@pytest.mark.slow
@settings(max_examples=1500, deadline=None)
@given(texts, st.sampled_from(TAGS))
def test_with_elements_as_many_are_found_as_run(text: str, tags: list[str]) -> None:
    names = compile_names(tuple(tags))
    found = find_items(text, names)
    if any("<" in text[slice(*span)] for span in zip(found.starts, found.open_ends, strict=True)):
        return  # what stands in an element in a delimiter is part of that delimiter's attributes
    calls = Calls(tags, "short", {})
    shortcodes.wordpress.do_shortcode(text, calls.handlers)
    items = parse(text, tags=tags).shortcodes()
    assert Counter(item.name for item in items) == Counter(call["tag"] for call in calls.calls)


@pytest.mark.slow
@settings(max_examples=1500, deadline=None)
@given(texts, st.sampled_from(TAGS))
@example("[x][[y]a[/y]][x/][/x][[y]]", ["x", "y"])
@example("[x][x][/x] [y [/x]] [y]", ["x", "y"])
@example("[[x][y [/x]][y][[/y]", ["x", "y"])
@example("a[x][/x]b[y a=[x]c[/y][x/][/x][x /]d[/y]]", ["x", "y"])
@example("[x][/x][y]a[x/][y][/y][/z][x]", ["x", "y"])
def test_plain_texts_are_read_as_others_are(text: str, tags: list[str]) -> None:
    names = compile_names(tuple(tags))
    plain, careful = find_items(text, names), _make_columns(_find_matches(text, names))
    for one, other in zip(plain, careful, strict=True):
        assert list(one) == list(other)


@pytest.mark.slow
@settings(max_examples=600, deadline=None)
@given(any_text, st.sampled_from([None, "any", *TAGS]))
def test_rows_say_what_nodes_say(text: str, tags: Any) -> None:
    items = parse(text, tags=tags).items()
    rows = list(items.rows())
    assert len(rows) == len(items)
    for item, (name, start, open_end, close_start, end, subtree_end, escaped) in zip(
        items, rows, strict=True
    ):
        assert (item.name, item.span, item._subtree_end) == (name, (start, end), subtree_end)
        assert isinstance(item, Escape) == bool(escaped)
        if isinstance(item, Shortcode):
            assert item.open_span == (start, open_end)
            assert item.close_span == ((close_start, end) if close_start else None)


@pytest.mark.slow
@settings(max_examples=1500, deadline=None)
@given(any_text, st.sampled_from([None, "any", *TAGS]))
@example('[x A="" a=\'\' "" 5=é /]', ["x"])
@example("[x a=&#91; b=\\n c=\u00a0d e=\ud800]", ["x"])
def test_values_read_alone_are_those_of_the_attributes(text: str, tags: Any) -> None:
    for item in parse(text, tags=tags).shortcodes():
        nodes = item.attribute_nodes
        assert dict(item.attributes) == {n.name: n.value for n in nodes if n.name is not None}
        assert list(item.positional) == [n.value for n in nodes if n.name is None]


@pytest.mark.slow
@settings(max_examples=1500, deadline=None)
@given(texts)
def test_values_as_written_are_what_stands_in_the_places(text: str) -> None:
    if is_as_written(text):
        pairs = [
            (
                text[place.start : place.name_end].lower(),
                finish_value(join_spaces(text[place.value_start : place.value_end])),
            )
            for place in locate_attributes(text, 0, len(text))
        ]
        named = {name: value for name, value in pairs if name}
        assert read_values(text, 0, len(text)) == (
            named,
            tuple(value for name, value in pairs if not name),
        )


def test_items_are_a_sequence() -> None:
    items = parse("[x][y]", tags=["x", "y"]).items()
    assert (items[-1], len(items)) == (items[1], 2)
    with pytest.raises(IndexError):
        items[2]


@pytest.mark.slow
def test_a_hundred_thousand_levels_are_read() -> None:
    names = [f"a{number}" for number in range(100_000)]
    text = "".join(f"[{n}]" for n in names) + "".join(f"[/{n}]" for n in reversed(names))
    document = parse(text, tags="any")
    assert len(document.items()) == 100_000
    assert len(document.children) == 1
    assert document.items()[-1].source == "[a99999][/a99999]"

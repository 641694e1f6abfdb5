"""The tree: lossless, whatever the text, and everything on it says where it stands."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings

import shortcodes
from shortcodes import Escape, Position, Shortcode
from tests.strategies import delimiters, texts

CONFIGURATIONS = [
    {"tags": tags, "markdown": markdown, "skip_code": skip_code}
    for tags in (None, "any", ["x", "b"])
    for markdown in (False, True)
    for skip_code in (False, True)
]
every_configuration = pytest.mark.parametrize("options", CONFIGURATIONS, ids=str)


@every_configuration
@settings(max_examples=120, deadline=None)
@given(text=texts | delimiters)
def test_the_nodes_are_the_text_without_gaps_at_every_level(
    text: str, options: dict[str, Any]
) -> None:
    document = shortcodes.parse(text, **options)
    assert document.source == text
    assert "".join(node.source for node in document.children) == text
    for shortcode in document.shortcodes():
        assert "".join(child.source for child in shortcode.children) == (shortcode.content or "")


@pytest.mark.slow
@every_configuration
@settings(max_examples=120, deadline=None)
@given(text=texts | delimiters)
def test_every_span_lies_in_its_parent_and_in_order(text: str, options: dict[str, Any]) -> None:
    document = shortcodes.parse(text, **options)
    seen = []

    def check(nodes: tuple[shortcodes.nodes.Node, ...], start: int, end: int) -> None:
        for node in nodes:
            assert start <= node.span[0] < node.span[1] <= end
            start = node.span[1]
            if isinstance(node, Shortcode | Escape):
                seen.append(node)
            if isinstance(node, Shortcode):
                inside = node.close_span[0] if node.close_span else node.open_span[1]
                check(node.children, node.open_span[1], inside)

    check(document.children, 0, len(text))
    assert seen == list(document.items())


@pytest.mark.slow
@every_configuration
@settings(max_examples=120, deadline=None)
@given(text=texts | delimiters)
def test_spans_of_attributes_hold_their_source(text: str, options: dict[str, Any]) -> None:
    for shortcode in shortcodes.parse(text, **options).shortcodes():
        position = shortcode.open_span[0]
        for attribute in shortcode.attribute_nodes:
            assert position <= attribute.span[0]
            position = attribute.span[1]
            assert attribute.span[0] <= attribute.value_span[0] <= attribute.value_span[1]
            assert attribute.value_span[1] <= attribute.span[1] <= shortcode.open_span[1]
            assert text[slice(*attribute.value_span)] == attribute.raw
            if attribute.name_span and not options["markdown"]:
                assert text[slice(*attribute.name_span)] == attribute.name


@pytest.mark.slow
@every_configuration
@settings(max_examples=120, deadline=None)
@given(text=texts | delimiters)
def test_diagnostics_are_sorted_and_lie_in_the_text(text: str, options: dict[str, Any]) -> None:
    spans = [d.span for d in shortcodes.parse(text, **options).diagnostics]
    assert spans == sorted(spans)
    assert all(0 <= start <= end <= len(text) for start, end in spans)


def test_a_shortcode_says_all_it_holds() -> None:
    (shortcode,) = shortcodes.parse("a [x n=”1″ two n=3]c[/x]").shortcodes()
    assert (shortcode.name, shortcode.kind) == ("x", "enclosing")
    assert (shortcode.span, shortcode.open_span, shortcode.close_span) == (
        (2, 24),
        (2, 19),
        (20, 24),
    )
    assert shortcode.source == "[x n=”1″ two n=3]c[/x]"
    assert (shortcode.content, [c.source for c in shortcode.children]) == ("c", ["c"])
    assert (dict(shortcode.attributes), shortcode.positional) == ({"n": "3"}, ("two",))
    assert [(a.name, a.value, a.raw, a.quotes) for a in shortcode.attribute_nodes] == [
        ("n", "1", "1", ("”", "″")),
        (None, "two", "two", None),
        ("n", "3", "3", None),
    ]
    assert (shortcode.get("n"), shortcode.get("m"), shortcode.get("m", "d")) == ("3", None, "d")


def test_a_name_keeps_its_first_place_and_takes_its_last_value() -> None:
    (shortcode,) = shortcodes.parse("[x a=1 b=2 a=3]").shortcodes()
    assert list(shortcode.attributes.items()) == [("a", "3"), ("b", "2")]


def test_content_is_none_without_closing_tag_and_empty_with_one() -> None:
    contents = [sc.content for sc in shortcodes.parse("[x a=1][x a=1/][x][/x]").shortcodes()]
    assert contents == [None, None, ""]


def test_attributes_cannot_be_changed() -> None:
    (shortcode,) = shortcodes.parse("[x a=1]").shortcodes()
    with pytest.raises(TypeError):
        shortcode.attributes["a"] = "2"  # type: ignore[index]
    with pytest.raises(AttributeError):
        shortcode.name = "y"  # type: ignore[misc]


def test_position_counts_lines_and_code_points_from_one() -> None:
    document = shortcodes.parse("a\nbé\r\nc\rd")
    assert [document.position(offset) for offset in (0, 1, 2, 4, 6, 8, 9)] == [
        Position(1, 1),
        Position(1, 2),
        Position(2, 1),
        Position(2, 3),
        Position(3, 1),
        Position(4, 1),
        Position(4, 2),
    ]
    with pytest.raises(IndexError, match="offset 10 is outside the text of 9"):
        document.position(10)


@pytest.mark.slow
def test_depth_costs_no_recursion() -> None:
    depth = 100_000
    document = shortcodes.parse("[a]" * depth + "[/a]" * depth)
    found = list(document.shortcodes())
    assert len(found) == depth
    assert found[0].span == (0, 7 * depth)
    assert found[-1].span == (3 * depth - 3, 3 * depth + 4)
    assert repr(found[0]) == "<Shortcode 'a' enclosing at (0, 700000)>"
    assert len(found[0].children) == 1


def test_documents_can_be_copied_and_pickled() -> None:
    document = shortcodes.parse("[x a=”1″][y]b[/y][/x]")
    for other in (copy.copy(document), pickle.loads(pickle.dumps(document))):
        assert [dict(sc.attributes) for sc in other.shortcodes()] == [{"a": "1"}, {}]
        assert other.diagnostics == document.diagnostics


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        ({"text": b"[x]"}, TypeError, "text must be a str, not bytes"),
        ({"text": "", "dialect": "php"}, shortcodes.UnknownDialect, "unknown dialect 'php'"),
        ({"text": "", "dialect": "php"}, ValueError, "known: lenient"),
        ({"text": "", "tags": "gallery"}, TypeError, "not the str 'gallery'"),
        ({"text": "", "tags": 5}, TypeError, "not int"),
        ({"text": "", "tags": b"x"}, TypeError, "not bytes"),
        ({"text": "", "tags": ["x", 5]}, TypeError, "must hold names, not int"),
    ],
)
def test_wrong_calls_raise(call: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        shortcodes.parse(**call)


def test_an_iterator_of_tags_is_read_once() -> None:
    tags: Any = (name for name in ["a", "b"])
    document = shortcodes.parse("[a c=1] [b c=1] [a c=1]", tags=tags)
    assert [shortcode.name for shortcode in document.shortcodes()] == ["a", "b", "a"]


def test_diagnostics_concern_listed_names_only() -> None:
    text = "[row cols=2 \n[gallery ids=1] [code b=1 [/row]"
    assert shortcodes.lint(text, tags=["gallery"]) == []
    assert [d.code for d in shortcodes.lint(text)] == ["SC101", "SC101"]
    assert [d.code for d in shortcodes.parse(text).diagnostics] == ["SC101", "SC101", "SC102"]


def test_importing_loads_nothing_heavy() -> None:
    code = (
        "import sys, shortcodes; print(*{'lark', 'jinja2', 'requests', 'click'} & {*sys.modules})"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert found.strip() == ""


def test_all_is_sorted_and_every_name_is_there() -> None:
    assert shortcodes.__all__ == sorted(shortcodes.__all__)
    assert all(hasattr(shortcodes, name) for name in shortcodes.__all__)


@pytest.mark.slow
@every_configuration
@settings(max_examples=120, deadline=None)
@given(text=texts | delimiters)
def test_rows_are_the_items(text: str, options: dict[str, Any]) -> None:
    items = shortcodes.parse(text, **options).items()
    assert list(items.rows()) == [
        (item.name, item.span[0], item.span[1], 0, item.span[1], item._subtree_end, 1)
        if isinstance(item, Escape)
        else (
            item.name,
            item.span[0],
            item.open_span[1],
            item.close_span[0] if item.close_span else 0,
            item.span[1],
            item._subtree_end,
            0,
        )
        for item in items
    ]

"""Extraction: every shortcode as a plain dict."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings

import shortcodes
from shortcodes import api
from shortcodes.diagnostics import Diagnostic
from tests.strategies import delimiters, texts

NESTED = "a\n [x k=”1″ 2 k=3][y]b[/y][x /][/x]"


def _named(items: list[dict[str, Any]]) -> list[tuple[str, list[Any]]]:
    """The names of items and of their children, and nothing else."""
    return [(item["source"], _named(item["children"])) for item in items]


def test_an_item_has_exactly_its_ten_keys_and_its_children_the_same() -> None:
    assert api.extract(NESTED) == [
        {
            "name": "x",
            "attributes": {"k": "3"},
            "positional": ["2"],
            "content": "[y]b[/y][x /]",
            "start": 3,
            "end": 35,
            "line": 2,
            "column": 2,
            "source": "[x k=”1″ 2 k=3][y]b[/y][x /][/x]",
            "children": [
                {
                    "name": "y",
                    "attributes": {},
                    "positional": [],
                    "content": "b",
                    "start": 18,
                    "end": 26,
                    "line": 2,
                    "column": 17,
                    "source": "[y]b[/y]",
                    "children": [],
                },
                {
                    "name": "x",
                    "attributes": {},
                    "positional": [],
                    "content": None,
                    "start": 26,
                    "end": 31,
                    "line": 2,
                    "column": 25,
                    "source": "[x /]",
                    "children": [],
                },
            ],
        }
    ]


@pytest.mark.parametrize("text", ["", "prose", "[1] [sic]", "<code>[x k=1]</code>", "[[x k=1]]"])
def test_a_text_without_shortcodes_yields_no_items(text: str) -> None:
    assert api.extract(text) == []


def test_with_a_tag_each_shortcode_of_that_name_is_an_item_of_its_own() -> None:
    text = "[x a=1][y b=1][x c=1][z d=1][/x][/y][/x][y e=1]"
    assert _named(api.extract(text, tag="x")) == [
        (text[: text.index("[y e")], [("[y b=1][x c=1][z d=1][/x][/y]", [])]),
        ("[x c=1][z d=1][/x]", [("[z d=1]", [])]),
    ]
    assert _named(api.extract(text, tag="z")) == [("[z d=1]", [])]
    assert api.extract(text, tag="w") == []


def test_twenty_levels_are_listed_and_deeper_ones_are_reported_once() -> None:
    text = "[x k=1]" * 22 + "a" + "[/x]" * 22 + "[y k=1]"
    diagnostics: list[Diagnostic] = []
    items = list(api.apply("data", shortcodes.parse(text), diagnostics=diagnostics))
    item, levels = items[0], 1
    while item["children"]:
        (item,) = item["children"]
        levels += 1
    assert (len(items), levels, item["content"]) == (2, 20, text[140:154] + "a[/x][/x]")
    assert diagnostics == [
        Diagnostic("SC401", "shortcodes nested more than 20 levels deep are not listed", (140, 163))
    ]


def test_a_hundred_thousand_levels_are_no_trouble() -> None:
    levels = 100_000
    text = "[x k=1]" * levels + "[/x]" * levels
    assert len(api.extract(text, tags=["x"])) == 1
    assert len(api.extract(text, tags=["x"], tag="x")) == 20


@settings(max_examples=200)
@given(text=texts | delimiters)
def test_json_gives_back_what_went_in(text: str) -> None:
    items = api.extract(text, tags="any")
    assert json.loads(json.dumps(items)) == items


@settings(max_examples=200)
@given(text=texts | delimiters)
def test_every_shortcode_outside_escapes_is_listed_once_in_order(text: str) -> None:
    document = shortcodes.parse(text, tags="any")
    waiting, starts = list(api.apply("data", document))[::-1], []
    while waiting:
        item = waiting.pop()
        starts.append((item["start"], item["end"]))
        waiting += item["children"][::-1]
    assert starts == [shortcode.span for shortcode in document.shortcodes()]


def test_another_option_or_type_is_a_mistake_in_one_sentence() -> None:
    with pytest.raises(TypeError, match=r"^tag must be a str or None, not int$"):
        api.extract("a", tag=1)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"^the data renderer has no option 'page'$"):
        api.apply("data", shortcodes.parse("a"), page=True)

"""The functions of shortcodes.wordpress as Python functions, and what the vectors cannot show."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import shortcodes
from shortcodes import wordpress
from shortcodes.conformance.wordpress import answer
from shortcodes.wordpress import (
    do_shortcode,
    find_matches,
    get_shortcode_tags_in_content,
    has_shortcode,
    is_valid_tag,
    shortcode_parse_atts,
    strip_shortcodes,
)
from shortcodes.wordpress import names as names_module
from shortcodes.wordpress.attributes import Attributes
from tests.test_wordpress_vectors import LIMITS, VECTORS, expected, observed


def test_the_functions_have_wordpress_s_names() -> None:
    assert (
        sorted(wordpress.__all__)
        == wordpress.__all__
        == [
            "do_shortcode",
            "find_matches",
            "get_shortcode_tags_in_content",
            "has_shortcode",
            "is_valid_tag",
            "shortcode_atts",
            "shortcode_parse_atts",
            "strip_shortcodes",
        ]
    )


def test_a_handler_gets_attributes_content_and_tag() -> None:
    seen: list[tuple[Attributes, str, str]] = []

    def handler(attrs: Attributes, content: str, tag: str) -> str:
        seen.append((attrs, content, tag))
        return "!"

    assert do_shortcode('a[x A=1 "p"]c[/x]b[x/]', {"x": handler}) == "a!b!"
    assert seen == [({"a": "1", 0: "p"}, "c", "x"), ({}, "", "x")]


def test_what_a_handler_raises_passes_through() -> None:
    with pytest.raises(ZeroDivisionError):
        do_shortcode("[x]", {"x": lambda *_: str(1 / 0)})


def test_tags_that_are_not_valid_count_for_nothing() -> None:
    assert [is_valid_tag(tag) for tag in ("x", "", "a b", "a/b", "\u00a0")] == [
        True,
        False,
        False,
        False,
        True,
    ]
    assert strip_shortcodes("[a/b] [x]", ["a/b", "x"]) == "[a/b] "
    assert has_shortcode("[a/b]", "a/b", ["a/b"]) is False
    assert get_shortcode_tags_in_content("[]", []) == []
    assert find_matches("[]", [""]) == []


def test_nothing_is_remembered_between_calls() -> None:
    assert strip_shortcodes("[x][y]", ["x"]) == "[y]"
    assert strip_shortcodes("[x][y]", iter(["y"])) == "[x]"
    assert do_shortcode("[x][y]", {}) == "[x][y]"


def test_what_is_in_an_attribute_for_scripts_stays_and_else_is_escaped() -> None:
    handlers = {"x": lambda *_: "'\"<&&lt;"}
    assert do_shortcode("<a ONclick='[x]' title='[x]'>", handlers) == (
        "<a ONclick='[x]' title='&#039;&quot;&lt;&amp;&lt;'>"
    )


def test_surrogates_of_any_kind_come_through() -> None:
    text = "\ud800\udcff[x a=\udcff]\udfff[/x]\udc80[y \ud800]"
    assert strip_shortcodes(text, ["x"]) == "\ud800\udcff\udc80[y \ud800]"
    assert do_shortcode(text, {"x": lambda attrs, content, _: f"{attrs}{content}"}) == (
        "\ud800\udcff{}\udfff\udc80[y \ud800]"
    )
    assert find_matches(text, ["y"]) == [(19, 26, "", "y", " \ud800", "", "", "")]
    assert find_matches("[\udcff]", ["\udcff"]) == [(0, 3, "", "\udcff", "", "", "", "")]


def test_a_value_after_the_greatest_key_is_dropped() -> None:
    assert shortcode_parse_atts("9223372036854775807=a b 1=c") == {2**63 - 1: "a", 1: "c"}


@pytest.fixture
def no_few_names(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Look every name up in a table, as otherwise only long lists are."""
    names_module._compile_cached.cache_clear()
    monkeypatch.setattr(names_module, "FEW", 0)
    yield
    names_module._compile_cached.cache_clear()


@pytest.mark.slow
@pytest.mark.usefixtures("no_few_names")
def test_many_names_are_read_as_few_are() -> None:
    for vector in VECTORS:
        wanted = vector | LIMITS.get(vector["id"], {})
        assert (vector["id"], observed(answer(vector), wanted)) == (vector["id"], expected(wanted))


@pytest.mark.usefixtures("no_few_names")
def test_many_names_make_the_tree_that_few_make() -> None:
    text = "[foo.x] [y][foo.x][[y]][/y] [y][foo:][foo][/y] [foo/] <a b='[y]'>[foobar]"
    tags = ["foo", "foo.x", "y"]
    many = [i.source for i in shortcodes.parse(text, dialect="wordpress", tags=tags).items()]
    assert many == [
        "[foo.x]",
        "[y][foo.x][[y]][/y]",
        "[foo.x]",
        "[[y]]",
        "[y][foo:][foo][/y]",
        "[foo:]",
        "[foo]",
        "[foo/]",
        "[y]",
    ]

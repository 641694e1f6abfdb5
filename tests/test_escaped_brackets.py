r"""Brackets with backslashes in texts that nobody called Markdown: `\[gallery ids="1"\]`."""

from __future__ import annotations

from typing import Any

import pytest

import shortcodes
from shortcodes import api

STRIPPED = {
    "an attribute in quotes": (r'a \[x b="c"\] d', "a  d"),
    "curly quotes": ("a \\[x b=”c”\\] d", "a  d"),
    "entities": (r"a \[x b=&#8221;c&#8243;\] d", "a  d"),
    "only the opening bracket": (r'a \[x b="c"] d', "a  d"),
    "a listed name": (r"a \[vc_row\] d", "a  d"),
    "an escaped name": (r"\[vc\_row\]a\[/vc\_row\]", "a"),
    "a closing tag shows it": (r"[vc_row]a\[/vc_row\]", "a"),
    "every tag of the text": (r'\[x b="c"\] \[y-z\]d\[/y-z\]', " d"),
    "bold": (r"a **\[vc_row\]** d", "a **** d"),
    "in parentheses": (r"a (\[vc_row\]) d", "a () d"),
}
UNTOUCHED = {
    "a regular expression": r"re.sub(r'\[vc_row.*?\]', '', text)",
    "one that ends there": r"^\[vc_row\]/",
    "one in slashes": r"text.replace(/\[vc_row\]/g, '')",
    "a repeated one": r"\[vc_row\]+ and \[vc_row\]* and \[vc_row\]{2}",
    "a group in a value": r'\[x b="(.*?)"\]',
    "a class in a value": r'\[x b="\s+"\]',
    "a formula": r"\[a = b\]",
    "a formula of words": r"\[caption = \frac{a}{b}\]",
    "a word that no plug-in registers": r"\[brackets\]",
    "a line break of TeX": r"\\[2pt]",
}


@pytest.mark.parametrize(("text", "expected"), STRIPPED.values(), ids=STRIPPED)
def test_the_backslashes_go_with_the_brackets(text: str, expected: str) -> None:
    assert api.strip(text) == expected
    assert shortcodes.parse(text).escapes_brackets


@pytest.mark.parametrize("text", UNTOUCHED.values(), ids=UNTOUCHED)
def test_brackets_of_patterns_and_formulas_stay(text: str) -> None:
    assert api.strip(text) == text
    assert not shortcodes.parse(text).escapes_brackets


@pytest.mark.parametrize(
    ("options", "escapes", "expected"),
    [
        ({}, True, "a "),
        ({"markdown": None}, True, "a "),
        ({"markdown": True}, True, "a "),
        ({"markdown": False}, False, "a \\"),
        ({"dialect": "wordpress"}, False, "a \\"),
    ],
)
def test_true_and_false_insist_and_wordpress_knows_no_backslashes(
    options: dict[str, Any], escapes: bool, expected: str
) -> None:
    document = shortcodes.parse('a \\[gallery ids="1"]', **options)
    assert (document.escapes_brackets, shortcodes.apply("strip", document)) == (escapes, expected)


@pytest.mark.parametrize("options", [{"tags": ["poll"]}, {"tags": "any"}, {"known": ["poll"]}])
def test_a_name_that_is_asked_for_shows_it_too(options: dict[str, Any]) -> None:
    text = r"a \[poll\]"
    assert (api.strip(text, **options), api.strip(text)) == ("a ", text)


def test_values_and_names_lose_their_backslashes() -> None:
    (shortcode,) = shortcodes.parse(r'\[vc\_row el\_class="a\_b"\]').shortcodes()
    assert (shortcode.name, shortcode.attributes) == ("vc_row", {"el_class": "a_b"})


def test_a_fix_keeps_the_backslashes_of_the_brackets() -> None:
    assert shortcodes.fix("\\[gallery ids=”1”\\] b") == '\\[gallery ids="1"\\] b'


def test_code_and_links_of_markdown_have_to_be_announced() -> None:
    text = '\\[x a="1"\\] `[x a="2"]`'
    assert api.strip(text) == " ``"
    assert api.strip(text, markdown=True) == ' `[x a="2"]`'


def test_stripping_twice_is_stripping_once_though_nothing_shows_the_backslashes_then() -> None:
    text = '\\[gallery ids="1"\\] [x a="\\]" b="c"]" d]'
    once = api.strip(text)
    assert api.strip(once) == once

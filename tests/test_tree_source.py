"""The normal form of shortcodes: other signs, the same meaning."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

import shortcodes
from shortcodes_tree.pieces import split_pieces
from shortcodes_tree.rewriting import describe_meaning
from tests.test_tree_forms import documents, options

CASES = {
    "": "",
    "prose [1] [sic] “quoted”": "prose [1] [sic] “quoted”",
    "[x  a=”1″\n b = 'two' c=3 ]": '[x a="1" b="two" c="3"]',
    "[x a=1/ /][x /][x a=”1”/]": '[x a="1/" /][x /][x a="1" /]',
    "[x a=1][/x  ]": '[x a="1"][/x]',
    "[x a= a=2 C=3]": '[x a="" a="2" C="3"]',
    "[Row a=1]a[Row]b[/Row ]c[/Row]": '[Row a="1"]a[Row]b[/Row]c[/Row]',
    "[x a=”1” two ”three four”]": '[x a="1" "two" "three four"]',
    "[youtube=http://e.com/a]": '[youtube="http://e.com/a"]',
    "[x-y   http://e.com/a]": "[x-y http://e.com/a]",
    "[x a=”say &quot;a&#8221; &amp; b”]": '[x a="say &quot;a&#8221; &amp; b"]',
    '[x a=”2" pipe”]': "[x a='2\" pipe']",
    "[x a=”it's 2\" wide” b=1]": "[x a=”it's 2\" wide” b=1]",
    "[x a=”b [c] d”]": '[x a="b [c] d"]',
    "[x a=”b&nbsp;<br />c”]": '[x a="b&nbsp;<br />c"]',
    "[x<br />\na=« b »]": '[x a="b"]',
    "[x a=”never closed b=c]": '[x a="never closed" b="c"]',
    "[[x  a=1]] [x  a=1]": '[[x  a=1]] [x a="1"]',
    "<code>[x  a=1]</code>": "<code>[x  a=1]</code>",
    '<a href="[x  a=1]">[x  a=1]</a>': '<a href="[x  a=1]">[x a="1"]</a>',
    "[x a=“X “Y” Z”]": '[x a="X “Y” Z"]',
    "\r\n[x\ta=1]\r": '\r\n[x a="1"]\r',
}


@pytest.mark.parametrize(("text", "normal"), CASES.items())
def test_a_text_has_this_normal_form(text: str, normal: str) -> None:
    assert shortcodes.apply("source", shortcodes.parse(text)) == normal
    assert shortcodes.apply("source", shortcodes.parse(normal)) == normal


def test_in_markdown_brackets_and_names_keep_their_backslashes() -> None:
    document = shortcodes.parse("\\[vc\\_row  a=”\\*”\\]b\\[/vc\\_row \\]", markdown=True)
    normal = '\\[vc\\_row a="\\*"\\]b\\[/vc\\_row\\]'
    assert shortcodes.apply("source", document, markdown=True) == normal


def test_the_normal_form_of_what_wordpress_reads_is_what_wordpress_reads() -> None:
    document = shortcodes.parse("[x  A='1' b]c[/x]", dialect="wordpress", tags=["x"])
    normal = shortcodes.apply("source", document, dialect="wordpress", tags=["x"])
    assert normal == '[x A="1" "b"]c[/x]'


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(text=documents, parsed_with=options)
def test_the_normal_form_means_the_same_and_is_its_own_normal_form(
    text: str, parsed_with: dict[str, Any]
) -> None:
    before = shortcodes.parse(text, **parsed_with)
    normal = shortcodes.apply("source", before, **parsed_with)
    after = shortcodes.parse(normal, **parsed_with)
    assert meaning(after) == meaning(before)
    assert shortcodes.apply("source", after, **parsed_with) == normal


def meaning(document: shortcodes.Document) -> list[Any]:
    """What the pieces say, and the text between shortcodes as it is."""
    return [
        describe_meaning(document, piece)
        if piece.type in ("open", "close")
        else (piece.type, document.source[piece.start : piece.end])
        for piece in split_pieces(document)
    ]


@pytest.mark.slow
def test_ten_thousand_levels_are_no_trouble() -> None:
    text = "[x  k=1]" * 10_000 + "[/x]" * 10_000
    normal = shortcodes.apply("source", shortcodes.parse(text, tags=["x"]), tags=["x"])
    assert normal == '[x k="1"]' * 10_000 + "[/x]" * 10_000


def test_another_option_is_a_mistake_in_one_sentence() -> None:
    with pytest.raises(TypeError, match=r"^the source renderer has no option 'page'$"):
        shortcodes.apply("source", shortcodes.parse("a"), page=True)

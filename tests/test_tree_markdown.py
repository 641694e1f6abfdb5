"""Plain text as Markdown: it shows the same text, and holds the same shortcodes."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import shortcodes
from shortcodes.common.markdown_escaping import escape_text
from shortcodes_tree.pieces import split_pieces
from shortcodes_tree.rewriting import describe_meaning
from tests.test_tree_forms import documents

CASES = {
    "|\n:-\nfoo": "\\|\n\\:-\nfoo",
    "": "",
    "Prose, with (marks): it’s 5-6 – a+b!": "Prose, with (marks): it’s 5-6 – a+b!",
    "[a](b) ![c][d] [1]": "\\[a\\](b) !\\[c\\]\\[d\\] \\[1\\]",
    "*a* __b__ `c` ~~d~~ \\ |": "\\*a\\* \\_\\_b\\_\\_ \\`c\\` \\~\\~d\\~\\~ \\\\ \\|",
    "# a\n> b\n- c\n+ d\n1. e\n 2) f\n===\n---": (
        "\\# a\n\\> b\n\\- c\n\\+ d\n1\\. e\n 2\\) f\n\\===\n\\---"
    ),
    "a # b - c 1. d": "a # b - c 1. d",
    "a\n    b\n\tc\n  \td": "a\n&#32;   b\n&#9;c\n&#32; \td",
    "a  \nb": "a &#32;\nb",
    "<b> &amp; &copy; & a<b": "&lt;b> &amp;amp; &amp;copy; & a&lt;b",
    "[vc_row a=”*b*” c_d='1']": '\\[vc\\_row a="\\*b\\*" c\\_d="1"\\]',
    "[x a=1](b)[/x]": "&#91;x a=1\\](b)&#91;/x\\]",
    "[x a=1] (b)[/x]": '\\[x a="1"\\] (b)\\[/x\\]',
    "[x a=”1\n# 2\n    3”]": '\\[x a="1\n\\# 2\n&#32;   3"\\]',
    "[x a=”b\\c &amp; <i>”]": '\\[x a="b\\\\c &amp; &lt;i>"\\]',
    "[x http://e.com/a_b]": "\\[x http://e.com/a\\_b\\]",
    "[[x a=1]] [x a=1 /]": '\\[\\[x a=1\\]\\] \\[x a="1" /\\]',
    "<pre>[x a=1]</pre> [x b=2]": '&lt;pre>&#91;x a=1\\]&lt;/pre> \\[x b="2"\\]',
}


def shown(markdown: str) -> str:
    """The text that a reader of Markdown sees, as words."""
    html = MarkdownIt("commonmark").render(markdown)
    return " ".join(unescape(re.sub(r"</?(?:p|br)\b[^>]*>", "", html)).split())


@pytest.mark.parametrize(("text", "markdown"), CASES.items())
def test_a_text_is_this_markdown(text: str, markdown: str) -> None:
    document = shortcodes.parse(text)
    found: list[shortcodes.Diagnostic] = []
    assert shortcodes.apply("markdown", document, diagnostics=found) == markdown
    assert found == []
    again = shortcodes.parse(markdown, markdown=True)
    assert list(map(attributes, again.shortcodes())) == list(map(attributes, document.shortcodes()))


def attributes(shortcode: shortcodes.Shortcode) -> tuple[Any, ...]:
    named = [(attribute.name, attribute.value) for attribute in shortcode.attribute_nodes]
    return shortcode.name, shortcode.kind, named


words = st.text(
    st.sampled_from("ab 1.)#+-=>*_`~[]()<>&;!\\|\t\n:/'\"") | st.characters(codec="utf-8"),
    max_size=40,
)


@settings(max_examples=600, deadline=None)
@given(text=words)
def test_markdown_shows_the_text_as_it_was(text: str) -> None:
    # Markdown has no NUL.
    assert shown(escape_text(text)) == " ".join(text.replace("\0", "\ufffd").split())


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(text=documents, tags=st.sampled_from([None, "any", ["x", "b"]]), skip_code=st.booleans())
def test_the_same_shortcodes_are_read_again_or_a_loss_is_reported(
    text: str, tags: Any, skip_code: bool
) -> None:
    document = shortcodes.parse(text, tags=tags, skip_code=skip_code)
    found: list[shortcodes.Diagnostic] = []
    markdown = shortcodes.apply(
        "markdown", document, diagnostics=found, tags=tags, skip_code=skip_code
    )
    again = shortcodes.parse(markdown, tags=tags, skip_code=skip_code, markdown=True)
    same = [describe_meaning(document, p) for p in split_pieces(document)] == [
        describe_meaning(again, p) for p in split_pieces(again)
    ]
    codes = [diagnostic.code for diagnostic in found if diagnostic.code != "SC109"]
    assert codes == ([] if same else ["SC801"])


values = st.text(st.characters(codec="utf-8", exclude_characters="\"'“”„‟″‶＂‘’‚‛′‵«»&[]\\<"))


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(values=st.lists(values, max_size=4), prose=words.filter(lambda text: "[" not in text))
def test_values_without_quotes_brackets_and_tags_always_survive(
    values: list[str], prose: str
) -> None:
    written = "".join(f' a{place}="{value}"' for place, value in enumerate(values))
    document = shortcodes.parse(f"[x{written}]c[/x] {prose}", skip_code=False)
    found: list[shortcodes.Diagnostic] = []
    shortcodes.apply("markdown", document, diagnostics=found, skip_code=False)
    assert found == []


def test_a_shortcode_that_markdown_cannot_keep_is_reported() -> None:
    text = '[vc_row b-c = \\"“&nbsp;b-c = ”’ b-c = «\':_:<code>\\"’\\"]'
    found: list[shortcodes.Diagnostic] = []
    shortcodes.apply("markdown", shortcodes.parse(text), diagnostics=found)
    message = "as Markdown, the text would have other shortcodes or attributes"
    assert found == [shortcodes.Diagnostic("SC801", message, (0, len(text)))]


def test_markdown_stays_as_it_is_and_html_is_a_mistake() -> None:
    text = "# A\n\n\\[x k=”*”]"
    document = shortcodes.parse(text, markdown=True)
    assert shortcodes.apply("markdown", document, markdown=True) == text
    assert shortcodes.apply("markdown", document, format="markdown") == text
    with pytest.raises(ValueError, match=r"^the markdown renderer takes text, not HTML$"):
        shortcodes.apply("markdown", document, format="html")
    with pytest.raises(TypeError, match=r"^the markdown renderer has no option 'page'$"):
        shortcodes.apply("markdown", document, page=True)


@pytest.mark.slow
def test_ten_thousand_levels_are_no_trouble() -> None:
    text = "[x k=1]" * 10_000 + "[/x]" * 10_000
    markdown = shortcodes.apply("markdown", shortcodes.parse(text, tags=["x"]), tags=["x"])
    assert markdown == '\\[x k="1"\\]' * 10_000 + "\\[/x\\]" * 10_000


@pytest.mark.parametrize("dialect", ["lenient", "wordpress"])
@pytest.mark.parametrize(
    "text",
    [
        "[gallery a=<img src=x onerror=f()>]",
        "[gallery a=<img src=x onerror=f()>&#34;/]\\'][/gallery]",
    ],
)
def test_plain_text_makes_no_html(text: str, dialect: str) -> None:
    document = shortcodes.parse(text, dialect=dialect)
    assert "<" not in shortcodes.apply("markdown", document, dialect=dialect)

"""The words of a document, for a search index."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import shortcodes
from tests.test_tree_forms import documents

ATTRIBUTES = ["title", "caption", "alt"]

CASES: list[tuple[shortcodes.plugins.Format, str, str]] = [
    ("text", "", ""),
    ("text", " \n\t\n", ""),
    ("text", "a\u00a0 \t b\r\n\r\n  c \rd", "a b\nc\nd\n"),
    ("text", "a[x k=1]b[/x]c [1] [sic]", "a b c [1] [sic]\n"),
    ("text", "a &amp; <b>", "a &amp; <b>\n"),
    ("text", "[[x k=1]]", "[x k=1]\n"),
    ("text", "<code>[x k=1]</code>", "<code>[x k=1]</code>\n"),
    ("text", "[x title=”Sea &amp; sun” k=1 alt=']c[/x]", "Sea & sun c\n"),
    ("text", "[x alt=a title=b alt=c][y caption='d\ne' /]", "c b d\ne\n"),
    ("html", "un<b>believ</b>able<br>a<p>b</p>c", "unbelievable\na\nb\nc\n"),
    ("html", "<p>a\n  b</p>\n<ul><li>1<li>2</ul>", "a b\n1\n2\n"),
    ("html", "a &lt;b&gt; &amp;amp; &#8220;c&#8221; 1 < 2 > 0", "a <b> &amp; “c” 1 < 2 > 0\n"),
    ("html", "a<!-- no -->b<script>no</script> <STYLE>no</STYLE ><!DOCTYPE html>c", "ab c\n"),
    ("html", "a<!-- b <script>c <style>", "a<!-- b <script>c <style>\n"),
    ("html", "<a title='>' href=\"[x k=1]\">b</a>", "b\n"),
    ("html", "[x title=”<i>a</i> &lt; b &amp;lt; c”]d", "a < b < c d\n"),
    ("html", "<p>[x k=1]</p><p>a[/x]</p>", "a\n"),
    ("markdown", "# A\n\n- *b* [c](http://e.com)\n\n`d`\\*", "A\nb c\nd*\n"),
    ("markdown", "\\[x title=”*a*”\\]**b**\nc\\[/x\\] &lt;", "*a* b c <\n"),
]


@pytest.mark.parametrize(("form", "text", "words"), CASES)
def test_a_reader_sees_these_words(form: shortcodes.plugins.Format, text: str, words: str) -> None:
    document = shortcodes.parse(text, markdown=form == "markdown")
    assert shortcodes.apply("plain", document, format=form, attributes=ATTRIBUTES) == words


def test_values_are_kept_only_where_they_are_asked_for() -> None:
    document = shortcodes.parse("[x title=a caption=b]c[/x]")
    assert shortcodes.apply("plain", document) == "c\n"
    assert shortcodes.apply("plain", document, attributes={"caption"}) == "b c\n"


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(text=documents, form=st.sampled_from(["text", "html", "markdown"]))
def test_every_line_has_words_with_single_spaces_between(
    text: str, form: shortcodes.plugins.Format
) -> None:
    document = shortcodes.parse(text, tags="any", markdown=form == "markdown")
    words = shortcodes.apply("plain", document, format=form, attributes=["a"])
    lines = words.splitlines(keepends=True)
    assert [f"{' '.join(line.split())}\n" for line in lines] == lines
    assert "\n" not in lines


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(text=documents)
def test_of_plain_text_the_words_are_those_that_are_no_shortcode(text: str) -> None:
    document = shortcodes.parse(text, tags="any")
    words = shortcodes.apply("plain", document)
    left_in_place: list[shortcodes.Diagnostic] = []
    stripped = shortcodes.apply("strip", document, diagnostics=left_in_place)
    # Only strip keeps what would make a tag, [A<?]<A>, or a name, [[A]0, and takes out what becomes
    # a shortcode without another one, [x[A]].
    assume(not left_in_place and not list(shortcodes.parse(words, tags="any").shortcodes()))
    assert "".join(words.split()) == "".join(stripped.split())


def test_a_closing_tag_that_is_left_over_separates_words_too() -> None:
    document = shortcodes.parse("One[/vc_row]two [vc_row]three[/vc_row][/vc_row]")
    assert shortcodes.apply("plain", document) == "One two three\n"


@pytest.mark.slow
def test_ten_thousand_levels_and_a_megabyte_of_openers_are_no_trouble() -> None:
    text = "[x k=1]" * 10_000 + "a" + "[/x]" * 10_000
    assert shortcodes.apply("plain", shortcodes.parse(text)) == "a\n"
    for opener in ("<!--", "<script>", "<a '", "<a \"'", "<", "</", "&#", "<!doctype "):
        document = shortcodes.parse(opener * (1_000_000 // len(opener)), skip_code=False)
        assert isinstance(shortcodes.apply("plain", document, format="html"), str)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"page": True}, "the plain renderer has no option 'page'"),
        ({"attributes": "title"}, "attributes must be a collection of names, not the str 'title'"),
        ({"attributes": None}, "attributes must be a collection of names, not NoneType"),
        ({"attributes": [1]}, "attributes must hold names, not int"),
    ],
)
def test_a_wrong_option_is_a_mistake_in_one_sentence(options: Any, message: str) -> None:
    with pytest.raises(TypeError) as raised:
        shortcodes.apply("plain", shortcodes.parse("a"), **options)
    assert str(raised.value) == message


def test_a_name_that_only_looks_like_that_of_a_script_is_text() -> None:
    document = shortcodes.parse("<\u017fcript>a <\u017ftyle>b [x a=1]")
    assert shortcodes.apply("plain", document, format="html") == "<\u017fcript>a <\u017ftyle>b\n"

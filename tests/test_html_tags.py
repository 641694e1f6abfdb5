"""HTML tags in a text, and shortcodes that begin in one piece of HTML and end in another."""

from __future__ import annotations

from typing import Any

import pytest

import shortcodes
from shortcodes import Diagnostic, Engine
from shortcodes.html.tag_edit import TagEdit
from shortcodes.html.tags import HtmlTags, attributes, may_hold_brackets
from shortcodes.html.values import reach

TAGS = ["b", "x", "year"]


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("a < b > c <3 <- </> <!doctype html> <?php ?>", []),
        ("<p>a</p><br/><BR />", ["<p>", "</p>", "<br/>", "<BR />"]),
        ("<a b='>' c=\">\" d>e", ["<a b='>' c=\">\" d>"]),
        ("<a b\"c>d\" e='f'>", ['<a b"c>']),  # a quote begins a value only after "="
        ('<a b=c"d>e">', ['<a b=c"d>']),
        ("<a ='>'>", ["<a ='>"]),
        ("<a b = '>'>", ["<a b = '>'>"]),
        ("<a b=>c>", ["<a b=>"]),
        ("if a <b then <i>c</i>", ["<i>", "</i>"]),  # what another tag interrupts is none
        ("<a b='c", []),
        ("<a b=1 < 2>", ["<a b=1 < 2>"]),
    ],
)
def test_a_tag_is_what_a_browser_takes_for_one(text: str, tags: list[str]) -> None:
    assert [text[slice(*span)] for span in HtmlTags(text).readings[0]] == tags


def test_attributes_have_names_and_the_places_of_their_values() -> None:
    tag = '<a b c = "d e" f=\'\' g=h/i =j "k">'
    found = [(name, tag[slice(*span)]) for name, span in attributes(tag, 0, len(tag))]
    assert found == [
        ("b", ""), ("c", "d e"), ("f", ""), ("g", "h/i"), ("=j", ""), ('"k"', ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("<p class='a'>[x]</p> a < b [x]", False),
        ("<p class=a'b>[x]</p>", False),
        ("<p title='[x]'>", True),
        ("<p title='>[x]'>", True),
        ("<p x' a=\"'>[x]\">", True),
    ],
)
def test_a_quick_look_says_whether_a_tag_may_hold_a_bracket(text: str, may: bool) -> None:
    assert may_hold_brackets(text) is may


@pytest.mark.parametrize(
    ("text", "sources", "split"),
    [
        ("<a href='[x]'>[x]</a>", ["[x]", "[x]"], []),
        ("<a title='[b]c[/b]'>", ["[b]c[/b]"], []),
        ("<p>[b]</p><div>[/b]</div>", ["[b]</p><div>[/b]"], []),  # across elements is ordinary
        ("[x a='<b>c</b>']", ["[x a='<b>c</b>']"], []),
        ("[x a='<!--']", ["[x a='<!--']"], []),
        ("a <b [x] c", ["[x]"], []),
        ("<img alt=\"[x a='\">'] d", [], ["x"]),
        ("[x a='<img alt=\"'] <b>\">", [], ["x"]),
        ("[x a='<!--'] <b> -->", [], ["x"]),
        ("<a [x]>", [], ["x"]),
        ("<a on[x]=b>", [], ["x"]),
        ("<a title=[x a=1]>", [], ["x"]),
        ("<a title='[b]'>[/b]", [], ["b", "b"]),
        ("[b]<a title='[/b]'>", [], ["b", "b"]),
        ("<a title='[b]' rel='[/b]'>", [], ["b", "b"]),
        ("[b]<a title='[/b]'>[/b]", ["[b]<a title='[/b]'>[/b]"], []),
        ("<a title='[b]'>[b][/b]", ["[b]", "[b][/b]"], []),
        # what it reached over is read on its own
        ('<img alt="[year a=\'"> [x a="1"] it\'s]', ['[x a="1"]'], ["year"]),
    ],
)
def test_a_shortcode_that_html_splits_is_text(
    text: str, sources: list[str], split: list[str]
) -> None:
    document = shortcodes.parse(text, tags=TAGS)
    assert [shortcode.source for shortcode in document.shortcodes()] == sources
    assert [delimiter.name for delimiter in document.split_by_html] == split


def test_in_markdown_a_tag_in_code_changes_nothing_for_the_shortcodes_after_it() -> None:
    for code in ("`<a title>`", "`<style>`", "`<!--`", "```\n<textarea>\n```\n"):
        document = shortcodes.parse(f"{code} [x a='1']", tags=TAGS, markdown=True)
        assert [shortcode.source for shortcode in document.shortcodes()] == ["[x a='1']"]


def test_a_shortcode_that_html_splits_is_no_evidence_for_its_name() -> None:
    document = shortcodes.parse("<a title='[w k=1'>] and [w]")
    assert (list(document.shortcodes()), [d.code for d in document.diagnostics]) == ([], ["SC109"])


@pytest.mark.parametrize("name", ["strip", "data", "html", "json", "source", "plain", "markdown"])
def test_every_renderer_reports_a_shortcode_that_html_splits(name: str) -> None:
    text = "<img alt=\"[year a='\">']"
    said = Diagnostic("SC109", "[year] is read as text: an HTML tag splits the shortcode", (10, 23))
    found: list[Diagnostic] = []
    document = shortcodes.parse(text, tags=TAGS)
    options: dict[str, Any] = {"tags": TAGS} if name in ("json", "source", "markdown") else {}
    form: Any = "text" if name == "markdown" else "html"
    list(shortcodes.apply(name, document, format=form, diagnostics=found, **options))
    assert (found, list(document.diagnostics)) == ([said], [said])


HINT = "remove it, or every <svg>, <math>, <select> and <frameset> of the text"


@pytest.mark.parametrize("dialect", ["lenient", "wordpress"])
@pytest.mark.parametrize(
    ("html", "cause"),
    [
        ("<svg>\n<title><b></title></svg>[x a=1]", "<title> at line 2, column 1"),
        ("[x a=1]<select><SCRIPT><", "<SCRIPT> at line 1, column 16"),
        ("[x a=1]<math><![CDATA[>]]></math>", "<![CDATA[ at line 1, column 14"),
        ("<plaintext>[x a=1]<img alt=[x a=1]><svg>", "<plaintext> at line 1, column 1"),
    ],
)
def test_the_message_says_what_makes_a_text_ambiguous(html: str, cause: str, dialect: Any) -> None:
    message = f"[x] is read as text: browsers may read the {cause} in two ways"
    document = shortcodes.parse(html, tags=TAGS, dialect=dialect)
    assert {(d.code, d.message, d.hint) for d in document.diagnostics} == {("SC109", message, HINT)}
    assert set(shortcodes.lint(html, tags=TAGS, dialect=dialect)) >= set(document.diagnostics)


def test_code_in_markdown_is_not_the_cause() -> None:
    text = "`<svg><title><b></title>` <a title=[x a=1]>"
    reasons = [
        [diagnostic.message.partition(": ")[2] for diagnostic in document.diagnostics]
        for document in (
            shortcodes.parse(text, tags=TAGS, markdown=True),
            shortcodes.parse(text, tags=TAGS),
        )
    ]
    assert reasons == [
        ["an HTML tag splits the shortcode"],
        ["browsers may read the <title> at line 1, column 7 in two ways"],
    ]


def test_an_engine_reports_a_shortcode_that_html_splits() -> None:
    engine = Engine()
    engine.register("year", "2026")
    found: list[Diagnostic] = []
    text = "<img alt=\"[year a='\">']"
    assert engine.render(text, format="html", diagnostics=found) == text
    assert [diagnostic.code for diagnostic in found] == ["SC109"]


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("/a", ""), ("a/b:c", ""), ("?a:b", ""), ("HTTPS://a", "https:"), ("//a", "//"),
        ("\\/a", "//"), (" java\nscript&colon;a", "javascript:"), ("mailto:a", "mailto:"),
    ],
)  # fmt: skip
def test_the_reach_of_an_address_is_its_scheme_or_another_server(address: str, leads: str) -> None:
    assert reach(address) == leads


@pytest.mark.parametrize(
    ("before", "after", "keeps"),
    [
        ("<a href='[x]/b'>", "<a href='/b'>", True),
        ("<a title='[x]A: b'>", "<a title='A: b'>", True),
        ("<a href='https://[x]/b'>", "<a href='https://c/b'>", False),
        ("<a href='https://b.example[x].c/'>", "<a href='https://b.example.c/'>", False),
        ("<a href='https://b/[x]c'>", "<a href='https://b/c'>", True),
        ("<a href='java[x]script:b()'>", "<a href='javascript:b()'>", False),
        ("<a href='[x]//b/'>", "<a href='//b/'>", False),
        ("<a href='ht[x]tp:b'>", "<a href='http:b'>", False),
        ("<a onclick='a([x])'>", "<a onclick='a()'>", False),
        ("<a [x]>", "<a >", False),
        ("<a on[x]click=b>", "<a onclick=b>", False),
    ],
)
def test_it_is_known_whether_an_edit_keeps_the_meaning_of_a_tag(
    before: str, after: str, keeps: bool
) -> None:
    assert TagEdit(before, after, before, before, "").keeps_meaning() is keeps


@pytest.mark.parametrize(
    "text",
    [
        '<a href="java[x]script:alert(1)">b</a>',
        '<a href="[x a=1]//evil.example/">b</a>',
        '<a href="https[x]:evil.example">b</a>',
        '<i title="1" data-a="[x]" onclick="[x]">b</i>',
    ],
)
def test_a_shortcode_that_separates_the_parts_of_an_address_stays(text: str) -> None:
    document = shortcodes.parse(text, tags=TAGS)
    renderers: dict[str, dict[str, Any]] = {"strip": {}, "html": {"unknown": "strip"}}
    for name, options in renderers.items():
        found: list[Diagnostic] = []
        made = shortcodes.apply(name, document, format="html", diagnostics=found, **options)
        assert made == text
        assert {diagnostic.code for diagnostic in found} == {"SC404"}


def test_a_handler_answers_for_a_whole_address_and_not_for_a_half_of_one() -> None:
    engine = Engine()
    engine.register("home", "https://example.org")
    engine.register("nothing", "")
    text = '<a href="[home]">1</a><a href="[home]/a">2</a><a href="[nothing]//a">3</a>'
    assert engine.render(text, format="html") == (
        '<a href="https://example.org">1</a><a href="https://example.org/a">2</a>'
        '<a href="[nothing]//a">3</a>'
    )


def test_an_empty_paragraph_in_a_quoted_value_is_not_taken_for_one() -> None:
    text = '<p title="a>[x y=1]</p>" lang="de">b</p>'
    assert shortcodes.strip(text, tags=TAGS) == '<p title="a></p>" lang="de">b</p>'


def test_the_normal_form_leaves_alone_what_stands_in_a_tag_whose_values_hold_a_less_than_sign() -> (
    None
):
    text = "<a title='1 < 2' rel='[x a=\"b\"]'>[x  a=1]</a>"
    document = shortcodes.parse(text, tags=TAGS)
    normal = shortcodes.apply("source", document, tags=TAGS)
    assert normal == "<a title='1 < 2' rel='[x a=\"b\"]'>[x a=\"1\"]</a>"

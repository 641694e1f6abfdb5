"""Content that plug-ins encode: it goes on strip, and is decoded where people read it."""

from __future__ import annotations

from base64 import b64encode
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import shortcodes
from shortcodes import Diagnostic
from shortcodes.catalogue import catalogue, decode_content
from shortcodes_wordpress import to_markdown
from tests.command import run


def encode(name: str, text: str) -> str:
    """Return a shortcode with a text that is encoded as the catalogue says."""
    if "percent" in catalogue().encodings[name]:
        text = quote(text, safe="-_.!~*'()")
    return f"[{name}]{b64encode(text.encode()).decode()}[/{name}]"


NAMES = sorted(catalogue().encodings)
HTML = '<div class="a">Grüße, 4x4</div>\n<p>*b* <a href="/c">d</a></p>'


def test_the_catalogue_says_whose_content_is_encoded() -> None:
    assert {"vc_raw_html", "vc_raw_js", "fusion_code", "us_html"} <= set(NAMES)
    assert all(set(how) <= {"percent", "base64"} for how in catalogue().encodings.values())
    assert set(NAMES) <= catalogue().names


@pytest.mark.parametrize("name", NAMES)
@given(text=st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), min_size=1))
def test_what_was_encoded_is_decoded(name: str, text: str) -> None:
    content = encode(name, text).split("]")[1].split("[")[0]
    assert decode_content(name, content) == text


@pytest.mark.parametrize(
    "content",
    [
        "PHA+YTwvcD4=",
        "PHA+YTwvcD4",
        " PHA+\n YTwvcD4= ",
        "<p>PHA+<br />\nYTwvcD4=</p>\n",
    ],
)
def test_what_happened_to_it_on_a_page_makes_no_difference(content: str) -> None:
    assert decode_content("fusion_code", content) == "<p>a</p>"
    assert shortcodes.strip(f"a [fusion_code]{content}[/fusion_code] b") == "a  b"


@pytest.mark.parametrize("sign", ["x", "×", "&#215;", "&times;"])
def test_a_typographer_makes_signs_of_letters_between_digits(sign: str) -> None:
    assert decode_content("fusion_code", f"Y2{sign}0IQ==") == "clt!"


@pytest.mark.parametrize(
    "content", ["", "Text", "Some words", "<b>x</b>", "[gallery ids=1]", "=", "a" * 5, "ÄÖÜ="]
)
def test_what_is_not_encoded_stays(content: str) -> None:
    assert decode_content("vc_raw_html", content) is None
    text = f"[vc_raw_html]{content}[/vc_raw_html]"
    assert shortcodes.strip(text) == shortcodes.strip(content)
    assert to_markdown(text) == text


def test_other_names_have_no_encoded_content() -> None:
    assert decode_content("vc_column_text", "PHA+YTwvcD4=") is None
    text = "[vc_column_text]PHA+YTwvcD4=[/vc_column_text]"
    assert shortcodes.strip(text) == "PHA+YTwvcD4="


@pytest.mark.parametrize("name", NAMES)
def test_it_goes_on_strip_and_where_unknown_tags_are_taken_out(name: str) -> None:
    text = f"[vc_row]One {encode(name, HTML)} two[/vc_row]"
    for dialect in ("lenient", "wordpress"):
        options: Any = {"dialect": dialect, "tags": ["vc_row", name]}
        assert shortcodes.strip(text, **options) == "One  two"
        assert shortcodes.render(text, format="html", unknown="strip", **options) == "One  two"
        assert shortcodes.render(text, format="html", **options) == text


def test_it_is_decoded_where_people_read_it() -> None:
    text = f"One {encode('vc_raw_html', HTML)} two\n"
    assert run("convert", "--to", "plain", "-", stdin=text.encode()) == (
        0,
        "One\nGrüße, 4x4\n*b* d\ntwo\n".encode(),
        "",
    )
    status, made, errors = run("convert", "--to", "markdown", "-", stdin=text.encode())
    assert (status, errors) == (0, "")
    shown = MarkdownIt("commonmark").render(made.decode())
    assert "&lt;div class=&quot;a&quot;&gt;Grüße, 4x4&lt;/div&gt;\n&lt;p&gt;*b*" in shown
    tree = run("convert", "--to", "json", "-", stdin=text.encode())[1]
    assert run("convert", "--from", "json", "-", stdin=tree)[1] == text.encode()


@pytest.mark.parametrize("form", ["text", "html", "markdown"])
def test_its_words_are_words_in_every_format(form: Any) -> None:
    text = encode("fusion_code", "<i>a</i> &lt;b&gt; <script>c</script>")
    document = shortcodes.parse(text, markdown=form == "markdown")
    assert shortcodes.apply("plain", document, format=form) == "a <b>\n"


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ("<div>hello</div>", "hello"),
        ("<h2>Hi *x*</h2>\n<p>a <b>b</b><br>c</p>d", "## Hi \\*x\\*\n\na **b** c\n\nd"),
        ("<ul><li>1</li><li>2</li></ul><p>x</p>", "- 1\n- 2\n\nx"),
        ("<p>- a</p><p># b</p>1. c", "\\- a\n\n\\# b\n\n1\\. c"),
        ('<iframe src="https://e.example/v?a=1"></iframe>', "<https://e.example/v?a=1>"),
        ("<a href=/a><p>b</p><p>c</p></a>", "[b  c](/a)"),
        # nothing that runs, and no address that does
        ("<p onclick=f()>a</p><script>b()</script><style>c</style>", "a"),
        ("<a href='javascript:f()'>a</a> <img src='javascript:f()' alt=b>", "a b"),
        ("<iframe src='javascript:f()'></iframe>a", "a"),
        ("<p title='\n\n<script>f()</script>'>a</p>", "a"),
        ("&lt;script>f()&lt;/script>", "&lt;script>f()&lt;/script>"),
        ("<b>(<i>a</i>)\n\n    b</b>", "<b>(*a*) b</b>"),
    ],
)
def test_encoded_html_becomes_markdown(html: str, made: str) -> None:
    text = encode("vc_raw_html", html)
    assert to_markdown(text) == made
    assert to_markdown(f"x\n{text}\ny") == f"x\n\n{made}\n\ny"


@pytest.mark.parametrize("html", ["<script>f()</script>", "<div></div>", "<b>" * 5000])
def test_html_that_markdown_cannot_show_stays_with_its_reason(html: str) -> None:
    text, found = encode("vc_raw_js", html), list[Diagnostic]()
    assert to_markdown(text, diagnostics=found) == text
    assert [d.message for d in found] == [
        "[vc_raw_js] was left in place: ValueError: its content is a script, or other HTML without"
        " words, links and images"
    ]


@given(st.lists(st.sampled_from(
    ["<p>", "</p>", "<a href='/x'>", "</a>", "<b>", "</b>", "<li>", "<script>", "</script>", "<!--",
     "<svg>", "<title>", "<img src=x onerror=f()>", "`", "```", "\n", "\n\n", "    ", "<", "&lt;",
     "a", "*", "](javascript:f())", "![", "<iframe src=//e.example/>", "\\"]
), max_size=12).map("".join))  # fmt: skip
def test_no_html_comes_out_that_could_do_anything(html: str) -> None:
    made = to_markdown(encode("us_html", html))
    if made.startswith("[us_html]"):
        return
    shown = MarkdownIt("commonmark").render(made)
    harmful = ("<script", "<svg", "<iframe", "<img src=x", 'href="javascript', 'src="javascript')
    assert [part for part in harmful if part in shown] == []

"""Rendering to HTML: outputs in place of shortcodes, in every format, safely."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup, escape

import shortcodes
from shortcodes import api
from shortcodes.diagnostics import Diagnostic
from shortcodes.testing import render_shortcode
from shortcodes_html import HtmlRenderer, page
from tests.repository import ROOT
from tests.strategies import delimiters, texts


class Sample:
    """A block, an inline element, a word, one that returns plain text, and three that fail."""

    tags = ("card", "em", "word", "plain", "bad", "none", "both")

    def handle(self, shortcode: shortcodes.Shortcode, context: shortcodes.Context) -> Any:
        match shortcode.name:
            case "card":
                return Markup("<div>{}</div>").format(context.content)
            case "em":
                return Markup("<em>{}</em>").format(context.content)
            case "word":
                return Markup("word")
            case "plain":
                return "<i>&"
            case "none":
                return None
        raise ValueError("it\nis bad")


class Styled:
    """A block that brings two stylesheets."""

    tags = ("styled",)

    def handle(self, shortcode: shortcodes.Shortcode, context: shortcodes.Context) -> Markup:
        context.stylesheets["one"] = "a{}"
        context.stylesheets["two"] = "b{content:'</style>'}"
        identity = context.unique_id("s")
        return Markup("<figure id={}>{}</figure>").format(identity, context.content)


HANDLERS = [Sample(), Styled()]
TAGS = ["card", "em", "word", "plain", "bad", "none", "styled", "un_known"]


def render(text: str, form: Any = "text", **options: Any) -> str:
    """Render what has no problem."""
    made, diagnostics = render_and_report(text, form, **options)
    assert diagnostics == []
    return made


def render_and_report(
    text: str, form: Any = "text", *, tags: Any = TAGS, **options: Any
) -> tuple[str, list[Diagnostic]]:
    document = shortcodes.parse(text, tags=tags, markdown=form == "markdown")
    found: list[Diagnostic] = []
    options = {"handlers": HANDLERS, **options}
    made = api.apply("html", document, format=form, diagnostics=found, **options)
    return made, found


# fmt: off
TEXT = [
    ("",                                ""),
    (" \n\u00a0\n",                     ""),
    ("a",                               "<p>a</p>\n"),
    ("\ufeffa & <b>\nc\r\nd\n",         "<p>a &amp; &lt;b&gt;<br>\nc<br>\nd</p>\n"),
    ("a\n\nb\r\n \r\nc\r\rd",           "<p>a</p>\n<p>b</p>\n<p>c</p>\n<p>d</p>\n"),
    # blocks stand beside paragraphs
    ("a\n\n[card]\n\nb",                "<p>a</p>\n<div></div>\n<p>b</p>\n"),
    ("a [card] b",                      "<p>a</p>\n<div></div>\n<p>b</p>\n"),
    ("a\n[card]\nb",                    "<p>a</p>\n<div></div>\n<p>b</p>\n"),
    ("[card] [card]",                   "<div></div>\n<div></div>\n"),
    ("a [em][card][/em] b",             "<p>a</p>\n<em><div></div></em>\n<p>b</p>\n"),
    # inline output stays in the line, but alone it is not wrapped
    ("a [em]b[/em] c",                  "<p>a <em>b</em> c</p>\n"),
    ("a\n\n[em]b[/em]",                 "<p>a</p>\n<em>b</em>\n"),
    ("[word], a",                       "<p>word, a</p>\n"),
    # what is enclosed: one paragraph bare, several wrapped
    ("[card]\na & b\n[/card]",          "<div>a &amp; b</div>\n"),
    ("[card]\na\n\nb\n[/card]",         "<div><p>a</p>\n<p>b</p></div>\n"),
    ("[card][em]a[/em]\n\n[card][/card][/card]", "<div><em>a</em>\n<div></div></div>\n"),
    # plain str is escaped, Markup is trusted
    ("a [plain]",                       "<p>a &lt;i&gt;&amp;</p>\n"),
    # without a handler
    ("a [un_known k=\"<\"]",            "<p>a [un_known k=&#34;&lt;&#34;]</p>\n"),
    ("[un_known]a[card]b[/un_known]",   "<p>[un_known]a</p>\n<div></div>\n<p>b[/un_known]</p>\n"),
    # escapes
    ("[[card]] [[em]a[/em]]",           "<p>[card] [em]a[/em]</p>\n"),
]

HTML = [
    ("",                                ""),
    ("<p>a\n<script>b < c</script>",    "<p>a\n<script>b < c</script>"),
    ("<p>[card]</p>\n<p>a</p>",         "<div></div>\n<p>a</p>"),
    ("<p class=q>\n[card]<br />\n[card]&nbsp;</p>", "<div></div>\n<div></div>"),
    ("<p>[em][/em]</p>",                "<p><em></em></p>"),
    ("<p>a [card]</p>",                 "<p>a <div></div></p>"),
    ("<p title='a>b'>[card]\u200b</p>", "<div></div>"),
    ("<p>[card]</p>\n<p>a</p>\n<p>[/card]</p>b", "<div><p>a</p></div>b"),
    ("[card]<b>a</b>[/card]",           "<div><b>a</b></div>"),
    ("<em>[un_known k='<']</em>",       "<em>[un_known k='<']</em>"),
    ("[[card]] <a title='[[em]]'>",     "[card] <a title='[em]'>"),
    # only words are put into a tag
    ("<a href=\"/[word]?a=1\">[word]</a>", "<a href=\"/word?a=1\">word</a>"),
]

MARKDOWN = [
    ("",                                ""),
    ("# a\n\n*b* <i>c</i>",             "<h1>a</h1>\n<p><em>b</em> <i>c</i></p>\n"),
    ("a\n\n[card]\n\nb",                "<p>a</p>\n<div></div>\n<p>b</p>\n"),
    ("*a* [card]\nb",                   "<p><em>a</em></p>\n<div></div>\n<p>b</p>\n"),
    ("**a [card] b**",                  "<strong>a <div></div> b</strong>\n"),
    ("# a [card] b\n\nc",               "<h1>a  b</h1>\n<div></div>\n<p>c</p>\n"),
    ("## [card]",                       "<div></div>\n"),
    ("a [card]\n===",                   "<h1>a</h1>\n<div></div>\n"),
    ("- [em]*a*[/em]",                  "<ul>\n<li><em><em>a</em></em></li>\n</ul>\n"),
    ("[card]\n\n- a\n\n[/card]",        "<div><ul>\n<li>a</li>\n</ul></div>\n"),
    ("[card]*a*[/card]",                "<div><em>a</em></div>\n"),
    ("[card]a\n\nb[/card]",             "<div><p>a</p>\n<p>b</p></div>\n"),
    ("a [un_known k=*b*](c)",           "<p>a <a href=\"c\">un_known k=<em>b</em></a></p>\n"),
    ("a [un_known k=*b*] (c)",          "<p>a [un_known k=*b*] (c)</p>\n"),
    ("\\[un\\_known k=1\\]",            "<p>[un_known k=1]</p>\n"),
    ("[un_known k=&#8221;1&#8243;]",    "<p>[un_known k=”1″]</p>\n"),
    ("[un_known k=&lt;b&gt;&amp;amp;]", "<p>[un_known k=&lt;b&gt;&amp;amp;]</p>\n"),
    ("[un_known k=?a&copy=\\&lt;]",      "<p>[un_known k=?a&amp;copy=&amp;lt;]</p>\n"),
    ("[[card]]",                        "<p>[card]</p>\n"),
    ("`[card]`",                        "<p><code>[card]</code></p>\n"),
    ("<b title='[word]'>[word]</b>",    "<p><b title='word'>word</b></p>\n"),
]
# fmt: on


@pytest.mark.parametrize(("text", "expected"), TEXT)
def test_plain_text_becomes_paragraphs(text: str, expected: str) -> None:
    assert render(text) == expected


@pytest.mark.parametrize(("text", "expected"), HTML)
def test_html_passes_as_it_is(text: str, expected: str) -> None:
    assert render(text, "html") == expected


@pytest.mark.parametrize(("text", "expected"), MARKDOWN)
def test_markdown_is_converted(text: str, expected: str) -> None:
    assert render(text, "markdown") == expected


@pytest.mark.parametrize(
    ("unknown", "expected"),
    [
        ("keep", "<p>a</p>\n<p>[un_known]</p>\n<p>b [un_known k=&lt;]</p>\n<div></div>\n"),
        ("strip", "<p>a</p>\n<p>b</p>\n<div></div>\n"),
        (
            "mark",
            '<p>a</p>\n<p><mark class="shortcode-unknown">[un_known]</mark></p>\n'
            '<p>b <mark class="shortcode-unknown">[un_known k=&lt;]</mark></p>\n<div></div>\n',
        ),
    ],
)
def test_a_shortcode_without_a_handler_is_kept_stripped_or_marked(
    unknown: str, expected: str
) -> None:
    text = "a\n\n[un_known]\n\nb [un_known k=<]\n\n[card]"
    assert render(text, unknown=unknown) == expected


def test_stripping_the_unknown_moves_no_more_than_the_strip_renderer_does() -> None:
    text = "<p>a</p>\n\n<p>[un_known]</p>\n\n<p>b</p>\n[un_known k=1]\n"
    document = shortcodes.parse(text)
    assert render(text, "html", unknown="strip") == api.apply("strip", document)


def test_no_block_is_lifted_out_of_an_attribute() -> None:
    text = '<a title="<h1>" href="java[card]script:f()" lang="</h1>">x</a>'
    html, diagnostics = render_and_report(text, "markdown")
    assert html == f"<p>{text}</p>\n"
    assert [diagnostic.code for diagnostic in diagnostics] == ["SC404"]


@pytest.mark.parametrize("form", ["text", "html", "markdown"])
def test_an_enclosing_unknown_is_marked_at_both_ends(form: str) -> None:
    made = render("a [un_known]b [word][/un_known]", form, unknown="mark")
    mark = '<mark class="shortcode-unknown">{}</mark>'
    line = f"a {mark.format('[un_known]')}b word{mark.format('[/un_known]')}"
    assert made == (line if form == "html" else f"<p>{line}</p>\n")


@pytest.mark.parametrize("name", ["bad", "none"])
def test_a_handler_that_fails_leaves_the_source_and_all_else_works(name: str) -> None:
    source = f"[{name} k=<]b [em]c[/em][/{name}]"
    made, diagnostics = render_and_report(f"a {source} [word]")
    assert made == f"<p>a [{name} k=&lt;]b <em>c</em>[/{name}] word</p>\n"
    reason = {
        "bad": "ValueError: it is bad",
        "none": "TypeError: the handler returned NoneType, not str",
    }
    message = f"[{name}] was left in place: its handler failed with {reason[name]}"
    assert diagnostics == [Diagnostic("SC402", message, (2, 2 + len(source)), "error")]


def test_beyond_a_hundred_levels_shortcodes_stay_as_they_are() -> None:
    made, diagnostics = render_and_report("[em]" * 102 + "a" + "[/em]" * 102 + "[em]b[/em]")
    deep = "<em>" * 100 + "[em][em]a[/em][/em]" + "</em>" * 100
    assert made == f"{deep}\n<em>b</em>\n"
    message = "shortcodes nested more than 100 levels deep are left in place"
    assert diagnostics == [Diagnostic("SC403", message, (400, 419))]


@pytest.mark.slow
@pytest.mark.parametrize("form", ["text", "html", "markdown"])
@pytest.mark.parametrize("name", ["em", "un_known"])
def test_ten_thousand_levels_are_no_trouble(form: str, name: str) -> None:
    levels = 10_000
    text = f"[{name}]" * levels + "a" + f"[/{name}]" * levels
    made, _ = render_and_report(text, form)
    assert re.sub(r"\[/?\w+\]|</?\w+>|\n", "", made) == "a"


def test_markup_never_breaks_out_of_a_tag_a_comment_or_a_script() -> None:
    text = "<a title=\"[em]\" href='[plain]'>[em]<!-- [em] --><script>'[em]'</script>[em]"
    made, diagnostics = render_and_report(text, "html", tags=TAGS)
    assert made == (
        "<a title=\"[em]\" href='&lt;i&gt;&amp;'><em></em><!-- [em] --><script>'[em]'</script>"
        "<em></em>"
    )
    message = "[em] was left in place: it is inside an HTML tag"
    assert diagnostics == [Diagnostic("SC404", message, (10, 14))]


def test_a_word_that_looks_like_a_placeholder_is_a_word() -> None:
    word = "sc0123456789abcdef01234567n0x"
    for form in ("html", "markdown", "text"):
        assert word in render(f"{word} [word]", form)


def test_in_markdown_markup_never_breaks_out_of_a_tag() -> None:
    made, diagnostics = render_and_report("a <b title='c > [card]'>b</b>", "markdown")
    assert made == "<p>a <b title='c > [card]'>b</b></p>\n"
    assert [found.code for found in diagnostics] == ["SC404"]


def test_documents_of_one_context_share_styles_that_were_printed() -> None:
    context = shortcodes.Context("html", {"handlers": HANDLERS})
    renderer = HtmlRenderer()
    texts = ["<b title='[styled]'></b>", "[styled]", "[styled]"]
    made = [renderer.render(shortcodes.parse(text, tags=TAGS), context) for text in texts]
    assert [one.count("<style>") for one in made] == [0, 2, 0]
    assert [re.findall(r"id=([\w-]+)", one) for one in made] == [[], ["s-2"], ["s-3"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "a\n\n[styled]\n\n[styled]",
            "<p>a</p>\n{style}<figure id=s-1></figure>\n<figure id=s-2></figure>\n",
        ),
        ("[card][styled][/card]", "{style}<div><figure id=s-1></figure></div>\n"),
        ("[card] [styled]", "<div></div>\n{style}<figure id=s-1></figure>\n"),
    ],
)
def test_a_fragment_prints_its_styles_once_before_the_first_output_that_needs_them(
    text: str, expected: str
) -> None:
    style = "<style>a{}</style><style>b{content:'<\\/style>'}</style>"
    assert render(text) == expected.replace("{style}", style)


def test_a_stylesheet_is_printed_though_its_output_is_not() -> None:
    made, _ = render_and_report("<b title='[styled]'>[card]</b>", "html")
    style = "<style>a{}</style><style>b{content:'<\\/style>'}</style>"
    assert made == f"<b title='[styled]'>{style}<div></div></b>"


@settings(max_examples=150)
@given(text=texts | delimiters, unknown=st.sampled_from(["keep", "strip", "mark"]))
def test_no_tag_of_a_plain_text_reaches_the_page(text: str, unknown: str) -> None:
    made, _ = render_and_report(text + " [em]<i>[/em]", tags="any", unknown=unknown)
    allowed = r'</?p>|<br>|</?em>|</?mark(?: class="shortcode-unknown")?>'
    assert "<" not in re.sub(allowed, "", made)


@pytest.mark.slow
@settings(max_examples=150)
@given(text=texts | delimiters)
def test_html_without_shortcodes_stays_as_it_is(text: str) -> None:
    document = shortcodes.parse(text, tags=())
    assert api.apply("html", document, format="html") == text


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(text=texts | delimiters)
def test_rendering_any_text_in_any_format_raises_nothing(text: str) -> None:
    for form in ("text", "html", "markdown"):
        for unknown in ("keep", "strip", "mark"):
            render_and_report(text + "[card]", form, tags="any", unknown=unknown, page=True)


def _head(made: str) -> tuple[str, str]:
    """Language and direction, and the title."""
    head = r'<html lang="([^"]*)" dir="([^"]*)">.*<title>([^<]*)</title>'
    lang, direction, title = re.findall(head, made, re.DOTALL)[0]
    return f"{lang} {direction}", title


# fmt: off
HEADS = [
    ("text",     "A title\n\nText.",        {},                "en ltr",    "A title"),
    ("text",     "عنوان\n\nنص [card] a b",  {},                "ar rtl",    "عنوان"),
    ("text",     "כותרת",                   {},                "he rtl",    "כותרת"),
    ("text",     "Заголовок",               {},                "und ltr",   "Заголовок"),
    ("text",     "1234",                    {},                "en ltr",    "1234"),
    ("text",     "[card k=a]\n & b",        {},                "en ltr",    "&amp; b"),
    ("text",     "[card]",                  {"name": "x"},     "en ltr",    "x"),
    ("text",     "",                        {},                "en ltr",    "Untitled"),
    ("text",     "عنوان",                   {"lang": "fa"},    "fa rtl",    "عنوان"),
    ("text",     "عنوان",                   {"lang": "en-GB"}, "en-GB ltr", "عنوان"),
    ("text",     "a",                       {"dir": "rtl"},    "en rtl",    "a"),
    ("text",     "a",                       {"title": "<b>"},  "en ltr",    "&lt;b&gt;"),
    ("text",     "a " * 100,                {},                "en ltr",    "a " * 59 + "a…"),
    ("html",     "<style>a</style><p>نص <b>b</b></p><h1>c &amp; <i>d</i></h1>", {},
                                                               "en ltr",    "c &amp; d"),
    ("html",     "<style>a {b: c}</style><p>نص</p>", {},       "ar rtl",    "نص"),
    ("html",     "<!-- <h1>a</h1> --><script>'<h1>b</h1>'</script><h1 title='>'>c [card]</h1>", {},
                                                               "en ltr",    "c"),
    ("markdown", "a\n\n## b ##\n",          {},                "en ltr",    "b"),
    ("markdown", "# C# *language* <b>&amp;</b> `c`", {},       "en ltr",    "C# language &amp; c"),
    ("markdown", "a\n\n```\n# b\n```\n\nc\n===", {},           "en ltr",    "c"),
    ("markdown", "# a [card]\nb",           {},                "en ltr",    "a"),
    ("markdown", "[card]\n\n**a**\nb",      {},                "en ltr",    "a"),
    ("markdown", "    a",                   {},                "en ltr",    "a"),
]
# fmt: on


@pytest.mark.parametrize(("form", "text", "options", "root", "title"), HEADS)
def test_a_page_says_its_language_direction_and_title(
    form: str, text: str, options: dict[str, Any], root: str, title: str
) -> None:
    assert _head(render(text, form, page=True, **options)) == (root, title)


# fmt: off
DIRECTIONS = {
    "rtl": (
        "ar", "ar-EG", "AR-eg", "ar_EG", "ar-EG-u-nu-latn", "ar-x-a", "ary", "az-Arab", "brh",
        "ckb", "dv", "fa", "ff-Adlm", "he", "iw", "ks", "ku-Arab", "lrc", "ms-Arab", "mzn", "nqo",
        "pa-Arab-PK", "ps", "rhg", "sd", "sdh", "syr", "trw", "ug", "ur", "uz-Arab", "yi",
        "ar-" + "a" * 100_000,
    ),
    "ltr": (
        "az", "de-1996", "en", "en-GB", "ff", "ku", "pa", "sd-Deva", "uz", "zh-Hant-TW",
        "", "-", "--ar", "a" * 100_000, "arabic", "i-klingon", "und", "x-ar", "xx", "ar\0", "../ar",
        "العربية", "*", "1",
    ),
}
# fmt: on


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_a_page_runs_in_the_direction_that_cldr_has_for_its_language(direction: str) -> None:
    for tag in DIRECTIONS[direction]:
        assert f'dir="{direction}"' in render("a", page=True, lang=tag), tag[:20]


@given(st.text("arhefx1-_@.\0/ é", max_size=12))
def test_no_language_tag_makes_rendering_raise(tag: str) -> None:
    assert 'dir="' in render("a", page=True, lang=tag)


def _body(made: str) -> str:
    body: str = re.findall(r"<main>\n(.*)\n</main>", made, re.DOTALL)[0]
    return body


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A <title>\n\nText.", "<h1>A &lt;title&gt;</h1>\n<p>Text.</p>"),
        ("A title\nText.\n\nText.", "<p>A title<br>\nText.</p>\n<p>Text.</p>"),
        ("One line.", "<p>One line.</p>"),
        ("[card]\n\nText.", "<div></div>\n<p>Text.</p>"),
        ("long " * 30 + "\n\nText.", f"<p>{('long ' * 30).strip()}</p>\n<p>Text.</p>"),
    ],
)
def test_on_a_page_a_short_first_line_on_its_own_is_the_heading(text: str, expected: str) -> None:
    assert _body(render(text, page=True)) == expected


def test_a_page_holds_its_styles_in_its_head_and_asks_for_nothing() -> None:
    made = render("a [styled]", page=True)
    head, _, body = made.partition("</head>")
    assert "<style>a{}</style>\n<style>b{content:'<\\/style>'}</style>" in head
    assert "<style>" not in body
    assert re.findall(r"<script|<link|src=|href=|url\(|@import|https?:", made) == []
    assert made.startswith("<!doctype html>\n")
    assert made.endswith("</html>\n")


def test_html_that_is_a_page_stays_the_page_it_is() -> None:
    text = "<!DOCTYPE html>\n<html><head></head><body>[card]</body></html>"
    assert render(text, "html", page=True) == text.replace("[card]", "<div></div>")


def test_the_page_function_escapes_all_but_the_fragment() -> None:
    made = page("<p>a</p>", title="<b>", lang='"', direction="rtl", stylesheets=["c{}"])
    assert _head(made) == ("&#34; rtl", "&lt;b&gt;")
    assert _body(made) == "<p>a</p>"
    assert "<style>c{}</style>" in made


def test_the_public_function_reads_markdown_as_markdown() -> None:
    assert api.render("\\[card k=1\\] *a*", format="markdown", unknown="strip") == (
        "<p><em>a</em></p>\n"
    )
    assert api.render("<b>[card k=1]</b>", format="html", unknown="strip") == "<b></b>"
    assert api.render("<b>") == "<p>&lt;b&gt;</p>\n"


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"unknown": "x"}, ValueError, "unknown must be one of 'keep', 'strip', 'mark', not 'x'"),
        ({"dir": "up"}, ValueError, "dir must be one of 'ltr', 'rtl', None, not 'up'"),
        ({"colour": 1}, TypeError, "the html renderer has no option 'colour'"),
        (
            {"format": "x"},
            ValueError,
            "format must be one of 'text', 'html', 'markdown', not 'x'",
        ),
    ],
)
def test_another_option_or_value_is_a_mistake_in_one_sentence(
    options: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error) as raised:
        api.apply("html", shortcodes.parse("a"), **options)
    assert str(raised.value) == message


def test_a_handler_sees_its_content_rendered_and_the_source_as_it_was() -> None:
    seen: list[Iterable[Any]] = []

    class Watching:
        tags = ("card",)

        def handle(self, shortcode: Any, context: Any) -> Markup:
            seen.append((context.content, shortcode.content, context.format, context.options))
            return escape(context.content)

    render("[card]a & [em]b[/em][/card]", handlers=[Sample(), Watching()])
    (content, source, form, options), *rest = seen
    assert (content, source, form) == ("a &amp; <em>b</em>", "a & [em]b[/em]", "text")
    assert isinstance(content, Markup)
    assert set(options) == {"handlers"}
    assert rest == []


@pytest.mark.checkout
def test_the_documented_handler_makes_no_link_that_runs() -> None:
    docs = ROOT / "docs" / "plugins.md"
    found: dict[str, Any] = {}
    exec(re.findall(r"```python\n(.*?)```", docs.read_text(encoding="utf-8"), re.DOTALL)[0], found)
    text = "[button url='{}']a[/button]"
    expected = {
        "https://e.com/?a=1": '<a href="https://e.com/?a=1">a</a>',
        "b/c#d": '<a href="b/c#d">a</a>',
        "javascript:alert(1)": "a",
        "JAVA&Tab;script:alert(1)": "a",
        "": "a",
    }
    for url, made in expected.items():
        handler = found["ButtonHandler"]
        assert render_shortcode(text.format(url), handler=handler).markup == made

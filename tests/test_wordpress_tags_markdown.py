"""WordPress's tags as Markdown, and what Markdown then shows."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from shortcodes import Diagnostic
from shortcodes.common.markdown_escaping import escape_line_start, escape_words
from shortcodes_wordpress import Media, to_markdown
from shortcodes_wordpress.markdown_text import convert_html, write_link
from tests.strategies import texts
from tests.test_wordpress_tags import Library, Posts


def markdown(text: str) -> str:
    """Return the Markdown of what has no problem."""
    found: list[Diagnostic] = []
    made = to_markdown(text, media=Library(), diagnostics=found)
    assert found == []
    return made


def shown(made: str) -> str:
    """Return the HTML that Markdown stands for."""
    return str(MarkdownIt("commonmark").render(made))


@pytest.mark.parametrize(
    ("text", "made"),
    [
        (
            '[caption id="x" align="alignleft" width="300"]<a href="/full.jpg">'
            '<img src="/i (1).jpg" alt="A [cat]" style="x" /></a> A <em>black</em> cat_[/caption]',
            "[![A \\[cat\\]](/i%20%281%29.jpg)](/full.jpg)\\\nA *black* cat\\_",
        ),
        ("[caption]<img src=/i.jpg>[/caption]", "![](/i.jpg)"),
        (
            '[wp_caption caption="One"]<img src="/i.jpg" alt="x"><br>- two[/wp_caption]',
            "![x](/i.jpg)\\\nOne - two",
        ),
        (
            '[gallery ids="1,2"]',
            "- [![A cat](/one.jpg)](/1/)\\\n  Cat & mouse\n- ![](/two-150.png)",
        ),
        (
            '[gallery ids="2" link="file" size="full" columns="9" foo="bar"]',
            "- [![Two](/two.png)](/two.png)",
        ),
        ('[audio src="/a b.mp3"]', "[a b.mp3](/a%20b.mp3)"),
        ("[audio /a.mp3][/audio]", "[a.mp3](/a.mp3)"),
        ('[audio mp3="/a.mp3" ogg="/a.ogg" loop]', "[a.mp3](/a.mp3), [a.ogg](/a.ogg)"),
        ('[audio src="/a.mp3"]Some <b>words</b>.[/audio]', "[a.mp3](/a.mp3) Some **words**."),
        (
            '[video width="9" webm="/v.webm" poster="/p.jpg"]<track src="/t.vtt">[/video]',
            "[v.webm](/v.webm)",
        ),
        (
            '[playlist ids="7,8" style="dark"]',
            "1. [Song](/song.mp3) – Me (3:05)\n2. [long.ogg](/long.ogg) (1:02:05)",
        ),
        ('[playlist type="video" ids="9" artists="false"]', "1. [Film](/film.mp4)"),
        (
            "[embed]https://example.org/a_b?c=(1)&amp;d=2[/embed]",
            "<https://example.org/a_b?c=(1)&d=2>",
        ),
        ('[embed src="/a_b"]', "[/a\\_b](/a_b)"),
        ("Listen![audio /a.mp3]", "Listen\\![a.mp3](/a.mp3)"),
        ("Listen\\![audio /a.mp3]", "Listen\\![a.mp3](/a.mp3)"),
        ("Look![caption]<img src=/i.jpg>[/caption]", "Look!\n\n![](/i.jpg)"),
    ],
)
def test_a_tag_becomes_this_markdown(text: str, made: str) -> None:
    assert markdown(text) == made


def test_the_rest_of_the_text_is_untouched() -> None:
    text = (
        "# *One* & <b>two</b>  \r\n[[gallery ids=1]] [other a='1'][/other] `[audio /a.mp3]` [1]\n"
    )
    assert to_markdown(text, markdown=True) == text


def test_links_stand_in_their_line() -> None:
    assert markdown("Hear [audio /a.mp3], now.") == "Hear [a.mp3](/a.mp3), now."


@pytest.mark.parametrize(
    ("before", "after", "made_before", "made_after"),
    [
        ("", "", "", ""),
        ("\n", "\n", "\n", "\n"),
        ("One\n\n", "\n\nTwo", "One\n\n", "\n\nTwo"),
        ("One\n", "\nTwo", "One\n\n", "\n\nTwo"),
        ("One ", " Two", "One \n\n", "\n\n Two"),
        ("One\r\n\r\n", "\r\n\r\nTwo", "One\r\n\r\n", "\r\n\r\nTwo"),
    ],
)
def test_lists_get_blank_lines_around_them_where_there_are_none(
    before: str, after: str, made_before: str, made_after: str
) -> None:
    made = markdown(f"{before}[gallery ids=2]{after}")
    assert made == f"{made_before}- ![](/two-150.png){made_after}"


def test_two_lists_are_set_apart_once() -> None:
    assert markdown("[playlist ids=9 type=video][playlist ids=7]\n[gallery ids=2]") == (
        "1. [Film](/film.mp4)\n\n1. [Song](/song.mp3) – Me (3:05)\n\n- ![](/two-150.png)"
    )


def test_what_cannot_be_written_stays_with_its_reason() -> None:
    text = "[gallery ids=5] [audio src='javascript:x'] [caption x=1]no[/caption]"
    found: list[Diagnostic] = []
    assert to_markdown(text, diagnostics=found) == text
    assert [d.message for d in found] == [
        "[gallery] was left in place: ValueError: only a media library knows attachment 5;"
        " pass one to shortcodes_wordpress.register",
        "[audio] was left in place: ValueError: the URL 'javascript:x' is refused:"
        " only http, https and relative URLs are allowed",
        "[caption] was left in place: ValueError: it encloses no image",
    ]


def test_inside_what_stays_the_tags_are_still_written() -> None:
    assert to_markdown("[caption x=1][audio /a.mp3][/caption]") == (
        "[caption x=1][a.mp3](/a.mp3)[/caption]"
    )


def test_a_library_is_asked_once_and_may_know_posts() -> None:
    library = Posts()
    made = to_markdown("[gallery ids=1] [gallery ids=2] [gallery exclude='1,2']", media=library)
    assert library.asked == [[1, 2]]
    assert made.endswith("- ![](/three.jpg)")


def test_an_attribute_may_be_called_like_a_parameter() -> None:
    assert to_markdown("[audio /a.mp3 self=1 call=2 content=3]") == "[a.mp3](/a.mp3)"


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ("a<em> b </em>c", "a *b* c"),
        ("<strong>a <i>b</i></strong>", "<strong>a *b*</strong>"),
        ("a<em>(b)</em>c", "a<em>(b)</em>c"),
        ("<em></em>x<b> </b>y", "x y"),
        ('<a href="/x">a*b</a> <a>c</a>', "[a\\*b](/x) c"),
        ("a<br>b\n c", "a b c"),
        ("a!<a href='/x'>b</a>!<img src='/y'>", "a\\![b](/x)!![](/y)"),
        ("\\!<span><a href='/x'>b</a></span>", "\\\\\\![b](/x)"),
        ("1 &lt; 2 &amp;amp; <code>x_y</code>", "1 &lt; 2 \\&amp; x\\_y"),
    ],
)
def test_inline_html_becomes_markdown(html: str, made: str) -> None:
    assert convert_html(html) == made


def test_tags_that_cannot_be_written_are_tried_to_a_depth_of_100() -> None:
    found: list[Diagnostic] = []
    text = "[caption]" * 150 + "[/caption]" * 150
    assert to_markdown(text, diagnostics=found) == text
    assert [one.message for one in found if "too deeply" in one.message] == [
        "[caption] was left in place: it is nested too deeply"
    ]
    assert len(found) == 101


def test_emphasis_many_levels_deep_costs_no_more_than_its_words() -> None:
    made = convert_html("<em>" * 5000 + "x" + "</em>" * 5000)
    assert (made.count("x"), made.count("<em>") + made.count("*") // 2) == (1, 20)


@given(st.text())
def test_words_are_shown_as_they_are(text: str) -> None:
    text = text.replace("\x00", "")
    inside = shown(f"x {escape_words(text)}").removeprefix("<p>").removesuffix("</p>\n")
    assert "<" not in inside
    assert unescape(inside) == " ".join(["x", *text.split()])


@given(st.text(alphabet="#>+-=*_123.): |`~a"))
def test_a_line_begins_no_block(text: str) -> None:
    assert shown(f"x\\\n{escape_line_start(escape_words(text))}").count("<p>x") == 1


@given(st.text(alphabet="abc()[]&;amp<> \"'\\_*%?#/"), st.text(alphabet="ab()&;copy_*'%?#/ "))
def test_a_link_leads_where_it_should(text: str, path: str) -> None:
    html = shown(write_link(escape_words(text), f"/x{path.rstrip()}"))
    assert html.count("<a ") == 1
    assert html.startswith("<p><a ")


@given(texts)
def test_any_text_becomes_markdown_without_an_exception(text: str) -> None:
    to_markdown(text, media=Library())


@pytest.mark.skipif(
    "*" not in shown(r"![\*](/a.jpg)"),
    reason="markdown-it-py before 4.3 loses escaped characters in the text of an image",
)
def test_media_with_markdown_in_their_words_are_escaped() -> None:
    class Odd:
        def attachments(self, ids: object) -> dict[int, Media]:
            return {1: Media("/a.jpg", alt="](x) <b>", caption="# *x*", link="/l")}

    made = to_markdown("[gallery ids=1]", media=Odd())
    assert shown(made) == (
        '<ul>\n<li><a href="/l"><img src="/a.jpg" alt="](x) &lt;b&gt;" /></a><br />\n# *x*</li>\n'
        "</ul>\n"
    )


def test_words_make_no_html_in_html_around_them() -> None:
    text = "<p>[audio src='/%3Cimg src=q onerror=f()%3E.mp3']</p>"
    assert to_markdown(text) == (
        "<p>[&lt;img src=q onerror=f()>.mp3](/%3Cimg%20src=q%20onerror=f%28%29%3E.mp3)</p>"
    )


def test_a_tag_inside_an_html_tag_stays() -> None:
    text = """<b title="[audio src='/%22 onfocus=f() .mp3']">b</b>"""
    diagnostics: list[Diagnostic] = []
    assert to_markdown(text, diagnostics=diagnostics) == text
    assert [(d.code, d.span) for d in diagnostics] == [("SC404", (10, 45))]

"""What stripping leaves where shortcodes were: no joined words, and nothing that is empty now."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import shortcodes
from tests.command import run
from tests.cpu_time import measure

# fmt: off
SEAMS = [
    # words would become one
    ("[x k=1]One[/x][x k=2]two[/x]",                "One two"),
    ("[r][x]One.[/x][/r][r][x]Two[/x][/r]",         "One. Two"),
    ("[x]One[/x][y k=1][x]two[/x]",                 "One two"),
    ("[x]One[/x][y /]two",                          "One two"),
    ("\\[x\\]One\\[/x\\]\\[x\\]two\\[/x\\]",        "One two"),
    ("[x]**a**[/x][x]**b**[/x]",                    "**a** **b**"),
    ("[x]<b>One</b>[/x][x]<i>two</i>[/x]",          "<b>One</b> <i>two</i>"),
    ("[x]One[/x][x]<img src=a>[/x]",                "One <img src=a>"),
    ("[x]a >[/x][x]b[/x]",                          "a > b"),
    ("[x]One[/x][x]![a](b)[/x]",                    "One ![a](b)"),
    ("[x]One[/x][x].NET[/x]",                       "One .NET"),
    ("[x]请看[/x][x]PHP[/x]",                       "请看 PHP"),
    ("[x]하나[/x][x]둘[/x]",                        "하나 둘"),
    ("[x]كلمة[/x][x]أخرى[/x]",                      "كلمة أخرى"),
    ("[x]A[/x][x]B[/x]",                            "A B"),
    ("[x]a[/x][x]b[/x][x]C[/x]",                    "a b C"),
    ("One<p>[y k=1]</p>two",                        "One two"),
    ("One[/x]<p>[y k=1]</p>[x]two [x]a[/x]",        "One two a"),
    # they are apart, or are one
    ("[x]T[/x]he",                                  "The"),
    ("[x]T[/x][y k=1]he[/y]",                       "The"),
    ("wo[x k=1]rd",                                 "word"),
    ("One[x]two[/x]three",                          "Onetwothree"),
    ("[x]One [/x][x]two[/x]",                       "One two"),
    ("[x]One[/x][x]\ntwo[/x]",                      "One\ntwo"),
    ("[x]One&nbsp;[/x][x]two[/x]",                  "One&nbsp;two"),
    ("[x]One[/x][x]&#0160;two[/x]",                 "One&#0160;two"),
    ("[x]One<br>[/x][x]two[/x]",                    "One<br>two"),
    ("[x]One[/x][x]<p>two</p>[/x]",                 "One<p>two</p>"),
    ("[x]<li>a</li>[/x][x]<li>b</li>[/x]",          "<li>a</li><li>b</li>"),
    ("[x]One[/x][x]<!-- a -->two[/x]",              "One<!-- a -->two"),
    ("[x]co-[/x][x]op[/x] [x]l’[/x][x]eau[/x]",     "co-op l’eau"),
    ("[x]it[/x][x]'s[/x]",                          "it's"),
    ("[x]One[/x][x], two[/x][x].[/x]",              "One, two."),
    ("([x][/x][x]One[/x]",                          "(One"),
    ("[x]中文[/x][x]日本[/x]",                      "中文日本"),
    ("[x]“好”[/x][x]「请」[/x]",                    "“好”「请」"),
    ("[x]ภาษา[/x][x]ไทย[/x]",                       "ภาษาไทย"),
    ("<b title='[x]a[/x][x]b[/x]'>c</b>",           "<b title='ab'>c</b>"),
]
WRAPPERS = [
    ("<!-- wp:shortcode -->\n[x k=1]\n<!-- /wp:shortcode -->\n",                     ""),
    ("<!-- wp:paragraph {\"a\":\"b-c\"} -->\n<p class=\"a\">[x k=1]</p>\n<!-- /wp:paragraph -->",
     ""),
    ("<p>a</p>\n\n<!-- wp:a/b -->[x k=1]<!-- /wp:a/b -->\n\n<p>b</p>",
     "<p>a</p>\n\n<p>b</p>"),
    ("<!-- wp:a -->\n[x k=1]\n<!-- /wp:a -->\n\n<!-- wp:b -->\n[x k=1]\n<!-- /wp:b -->\n\nText",
     "Text"),
    ("\ufeff<!-- wp:a -->[x k=1]<!-- /wp:a -->\r\n\r\nText",                          "\ufeffText"),
    ("<!-- wp:a -->\n<!-- wp:b -->\n[x k=1]\n<!-- /wp:b -->\n<!-- /wp:a -->\nText",   "Text"),
    ("<!-- wp:a --><!-- wp:b -->[x k=1]<!-- /wp:b --><p>[x k=1]</p><!-- /wp:a -->b",  "b"),
    ("<!-- wp:a --><div><!-- wp:b -->[x k=1]<!-- /wp:b --></div><!-- /wp:a -->",
     "<!-- wp:a --><div></div><!-- /wp:a -->"),
    # what did not hold a shortcode, or holds more than that
    ("<!-- wp:a --><!-- /wp:a -->[x k=1]",                  "<!-- wp:a --><!-- /wp:a -->"),
    ("<!-- wp:a -->[x k=1]<p></p><!-- /wp:a -->",           "<!-- wp:a --><p></p><!-- /wp:a -->"),
    ("<!-- wp:a -->[x k=1]<!-- wp:b /--><!-- /wp:a -->",
     "<!-- wp:a --><!-- wp:b /--><!-- /wp:a -->"),
    ("<!-- wp:a /-->[x k=1]<!-- /wp:a -->",                 "<!-- wp:a /--><!-- /wp:a -->"),
    ("<!-- wp:a -->[x k=1]<!-- /wp:b -->",                  "<!-- wp:a --><!-- /wp:b -->"),
    ("<!-- wp:a -->[x k=1]text<!-- /wp:a -->",              "<!-- wp:a -->text<!-- /wp:a -->"),
    ("<!-- wp:a -->[x k=1]",                                "<!-- wp:a -->"),
    ("[x k=1]<!-- /wp:a -->",                               "<!-- /wp:a -->"),
    ("<!-- a -->[x k=1]<!-- /a -->",                        "<!-- a --><!-- /a -->"),
    ("<p>[x k=1]<p></p>",                                   "<p><p></p>"),
    # it ends another comment, or is no comment
    ("<!-- a <!-- wp:b -->[x k=1]<!-- /wp:b --> c",         "<!-- a <!-- wp:b --><!-- /wp:b --> c"),
    ("<title><p>[x k=1]</p></title>",                       "<title><p></p></title>"),
    # no shortcode and no tag comes together
    ("[ga<p>[x k=1]</p>llery]",                             "[ga<p></p>llery]"),
    ("[ga<!-- wp:a -->[x k=1]<!-- /wp:a -->llery]",         "[ga<!-- wp:a --><!-- /wp:a -->llery]"),
    ("<<!-- wp:a -->[x k=1]<!-- /wp:a -->b>",               "< b>"),
    ("<b title='<!-- wp:a -->[x k=1]<!-- /wp:a -->'>c</b>",
     "<b title='<!-- wp:a --><!-- /wp:a -->'>c</b>"),
]
LINES = [
    ("<p>[x]<br />\nText<br />\n[/x]</p>",          "<p>Text</p>"),
    ("<p>[x]<br />\nOne</p>\n<p>Two<br />\n[/x]</p>", "<p>One</p>\n<p>Two</p>"),
    ("<p class='a'>[x k=1]<br>[x k=2] <br />\r\n[x k=3]<br/>b<br>c</p>", "<p class='a'>b<br>c</p>"),
    ("<p>a<br>[x k=1]<br>b</p>",                    "<p>a<br>b</p>"),
    ("<p>a<br />\n[x k=1] &nbsp;[x k=2]\n</p>",     "<p>a\n</p>"),
    ("<p>a<br>[x k=1]<br>[x k=2]</p>",              "<p>a</p>"),
    # other line breaks
    ("a<br>[x k=1]<br>b",                           "a<br><br>b"),
    ("<p>a</p><br>[x k=1]<br>b",                    "<p>a</p><br><br>b"),
    ("<p>[x]a<br>b<br>[/x]c</p>",                   "<p>a<br>b<br>c</p>"),
    ("<p>[x k=1]<br><br>b</p>",                     "<p><br>b</p>"),
    ("<p>a<br>b [x k=1]</p>",                       "<p>a<br>b </p>"),
    ("[x k=1]a<br />b<br />[/x]",                   "a<br />b<br />"),
    ("<div>[x k=1]<br>a</div>",                     "<div><br>a</div>"),
    # an SVG ends at the first <br>
    ("<svg>\n[x k=1]<br />\n<b>a</b></svg>",        "<svg>\n<br />\n<b>a</b></svg>"),
    ("<b title='<p>[x k=1]<br>a'>c</b>",            "<b title='<p><br>a'>c</b>"),
]
# fmt: on


@pytest.mark.parametrize(("text", "expected"), SEAMS)
def test_a_space_is_left_where_two_words_would_become_one(text: str, expected: str) -> None:
    options: Any = {"tags": ["x", "y", "r"], "markdown": "\\" in text}
    stripped = shortcodes.strip(text, **options)
    assert stripped == expected
    assert shortcodes.strip(stripped, **options) == stripped


@pytest.mark.parametrize(("text", "expected"), [*WRAPPERS, *LINES])
def test_what_held_only_shortcodes_goes_with_them(text: str, expected: str) -> None:
    stripped = shortcodes.strip(text)
    assert stripped == expected
    assert shortcodes.strip(stripped) == stripped


@pytest.mark.parametrize(("text", "expected"), SEAMS)
def test_no_space_is_left_without_seams_nor_in_the_wordpress_dialect(
    text: str, expected: str
) -> None:
    options: Any = {"tags": ["x", "y", "r"], "escapes": "keep"}
    for stripped in (
        shortcodes.strip(text, seams=False, markdown="\\" in text, **options),
        shortcodes.strip(text, dialect="wordpress", **options),
    ):
        assert stripped.count(" ") <= text.count(" ")


def test_a_wrong_value_of_seams_is_a_mistake_in_one_sentence() -> None:
    with pytest.raises(TypeError, match=r"^seams must be a bool, not int$"):
        shortcodes.strip("a", seams=1)  # type: ignore[arg-type]


def test_the_command_leaves_no_space_with_no_seams() -> None:
    text = b"[x]One[/x][x]two[/x]\n"
    assert run("strip", "-", stdin=text) == (0, b"One two\n", "")
    assert run("strip", "--no-seams", "-", stdin=text) == (0, b"Onetwo\n", "")


@pytest.mark.parametrize("form", ["html", "text", "markdown"])
def test_a_page_joins_no_words_where_unknown_tags_are_taken_out(form: Any) -> None:
    text = "[x]One[/x][x]two[/x]"
    page = shortcodes.render(text, format=form, unknown="strip", tags=["x"])
    assert "One two" in page
    page = shortcodes.render(text, format=form, unknown="strip", tags=["x"], dialect="wordpress")
    assert "Onetwo" in page


PIECES = (
    "[x]", "[/x]", "[x k=1]", "[y /]", "<p>", "</p>", "<br>", "<br />\n", "<!-- wp:a -->",
    "<!-- /wp:a -->", "<!-- wp:b {} -->", "<!-- /wp:b -->", "word", "T", "he", "中", " ", "\n",
    "\n\n", "[", "]", "<", ">", "<b>", "</b>", "&nbsp;", "<title>", "</title", "<svg>", "a=1",
    "<!--",
)  # fmt: skip


@settings(max_examples=1000, deadline=None)
@given(
    text=st.lists(st.sampled_from(PIECES), max_size=16).map("".join),
    dialect=st.sampled_from(["lenient", "wordpress"]),
    tags=st.sampled_from([None, ("x", "y"), "any"]),
)
def test_what_is_left_is_left_again_and_differs_in_spaces_alone(
    text: str, dialect: Any, tags: Any
) -> None:
    options: Any = {"dialect": dialect, "tags": tags, "escapes": "keep"}
    stripped = shortcodes.strip(text, **options)
    assert shortcodes.strip(stripped, **options) == stripped
    without = shortcodes.strip(text, seams=False, **options)
    assert without.replace(" ", "") == stripped.replace(" ", "")


@pytest.mark.parametrize(
    "pieces",
    [
        *permutations(["<!-- wp:a -->", "[x k=1]", "<!-- /wp:a -->"]),
        ("<p>", "[x k=1]", "<br>", "[x k=1]", "</p>"),
        ("<br>", "[x k=1]"),
        ("<p>a<br>", "[x k=1]", "<br>"),
        ("a", "[x]", "[/x]"),
        ("<b>", "[/x][x]"),
        (">", "[x][/x]"),
        ("&", "[x][/x][x]"),
    ],
    ids=" ".join,
)
def test_the_time_grows_with_the_text(pieces: tuple[str, ...]) -> None:
    def strip(count: int) -> float:
        text = "".join(piece * count for piece in pieces) + "".join(pieces) * count
        return measure(lambda: shortcodes.strip(text, tags=["x"]))

    assert strip(8000) < 8 * strip(2000)

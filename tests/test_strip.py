"""Stripping: leftover shortcodes out, prose untouched."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import shortcodes
from shortcodes import api
from tests.strategies import delimiters, texts

# fmt: off
CASES = [
    # what must stay as it is
    ("",                                       ""),
    ("\n",                                     "\n"),
    ("[1] [sic] [was] [text](url)\n",          "[1] [sic] [was] [text](url)\n"),
    ("a\r\n\r\nb",                             "a\r\n\r\nb"),
    ("\ufeffa\n\n\n\nb\n\n",                   "\ufeffa\n\n\n\nb\n\n"),
    # between paragraphs
    ("a\n\n[x k=1]\n\nb\n",                    "a\n\nb\n"),
    ("a\n\n\n[x k=1]\n\n\n\nb\n",              "a\n\n\nb\n"),
    ("a\n[x k=1]\nb\n",                        "a\nb\n"),
    ("a\n[x k=1]\n\nb\n",                      "a\n\nb\n"),
    ("a\n[x k=1]\n\n[x k=2]\n\nb\n",           "a\n\nb\n"),
    ("a\n\n[x k=1]\n[x k=2]\n\nb\n",           "a\n\nb\n"),
    ("a\r\n\r\n[x k=1]\r\n\r\nb\r\n",          "a\r\n\r\nb\r\n"),
    ("a\r\r[x k=1]\r\rb",                      "a\r\rb"),
    # white space beside it
    ("a\n \t[x k=1] \nb\n",                    "a\nb\n"),
    ("a\n\u00a0[x k=1]\u00a0\nb\n",            "a\nb\n"),
    ("a\n[x k=1] [x k=2]\nb\n",                "a\nb\n"),
    ("a\n \n[x k=1]\n\t\nb\n",                 "a\n \nb\n"),
    ("a\n[x k=1]\u200b\nb\n",                  "a\nb\n"),
    ("a\n&nbsp;[x k=1]&#xa0;\u202f\nb\n",      "a\nb\n"),
    ("a<br />\n[x k=1]<br />\nb",              "a<br />\nb"),
    ("a\n[x k=1]&amp;\nb\n",                   "a\n&amp;\nb\n"),
    ("<p>a\n[x k=1]</p>\nb\n",                 "<p>a\n</p>\nb\n"),
    ("a\n&nbsp;\n[x k=1]\nb\n",                "a\n&nbsp;\nb\n"),
    # at the beginning
    ("[x k=1]\na",                             "a"),
    ("[x k=1]\n\na",                           "\na"),
    ("\ufeff[x k=1]\na",                       "\ufeffa"),
    ("\ufeff[x k=1]",                          "\ufeff"),
    # at the end
    ("a\n[x k=1]",                             "a"),
    ("a\r\n[x k=1]",                           "a"),
    ("a\n[x k=1]\n",                           "a\n"),
    ("a\n\n[x k=1]",                           "a"),
    ("a\r\n \r\n\u00a0\r\n[x k=1]",            "a"),
    (" a\n\n[x k=1]b",                         " a\n\nb"),
    ("a\n\n[x k=1]\n\n[x k=2]\n\n[x k=3]\n",   "a\n\n"),
    ("a\n\n[x k=1]\n\n[x k=2]\n\n[x k=3]",     "a"),
    ("a\n[x k=1]\n\n[x k=2]\n\n\n[x k=3]\n",   "a\n"),
    ("a\n[x k=1]\n\n[x k=2]\n\n",              "a\n\n"),
    ("a\n\n[x k=1]\n  ",                       "a"),
    ("a\n[x k=1]\n\n  ",                       "a\n\n  "),
    # nothing else
    ("[x k=1]",                                ""),
    ("[x k=1]\n",                              ""),
    ("[x k=1]\n\n[x k=2]\n",                   ""),
    ("\n[x k=1]",                              ""),
    # in a line of prose
    ("Before [x k=1] after",                   "Before  after"),
    ("Before [x k=1]\nafter",                  "Before \nafter"),
    ("[x k=1]a[x k=1]b[x k=2]c",                      "abc"),
    # what is enclosed stays
    ("[x k=1]b[/x]",                           "b"),
    ("[x k=1]\nb\n[/x]\n",                     "b\n"),
    ("a\n\n[x k=1]\n\nb\n\n[/x]\n\nc\n",       "a\n\nb\n\nc\n"),
    ("[x k=1][x k=2]\nb\n[/x] [/x]\nc",        "b\nc"),
    ("[x k=1][y k=1]b[/y][/x]",                "b"),
    # a delimiter over lines
    ("a\n[x\nk=1\n\nl=2]\nb",                  "a\nb"),
    ("a [x\nk=1] b",                           "a  b"),
    # escapes
    ("[x k=1]\n[[x k=2]]\n",                   "[x k=2]\n"),
    ("[x k=1] [[x]a[/x]]",                     " [x]a[/x]"),
    # paragraphs
    ("<p>[x k=1]</p>\n<p>a</p>",               "<p>a</p>"),
    ("<p>a</p>\n\n<p>[x k=1]</p>\n\n<p>b</p>", "<p>a</p>\n\n<p>b</p>"),
    ("<P CLASS='q'>\n[x k=1]\n</P>\na",        "a"),
    ("<p>[x k=1]<br />\n[x k=2]</p>\na",       "a"),
    ("<p>&nbsp;[x k=1]<br></p><p>a</p>",       "<p>a</p>"),
    ("<p>[x k=1]</p><p>[x k=2]</p>\na",        "a"),
    ("<p>[x k=1]</p>\n<p>a</p>\n<p>[/x]</p>",  "<p>a</p>"),
    ("<p>[x k=1]</p> b\na",                    " b\na"),
    ("<p title=\"a>b\" class='>'>[x k=1]</p>a",  "a"),
    ("<p title=a'b>[x k=1]</p>a",              "a"),
    ("<p>\u200b[x k=1]&#8203;</p>a",           "a"),
    ("<p>[x k=1] a</p>",                       "<p> a</p>"),
    ("<p></p>[x k=1]<p></p>",                  "<p></p><p></p>"),
    ("<p>[x k=1]<p></p>",                      "<p><p></p>"),
    ("<pre>[x k=1]</pre>",                     "<pre>[x k=1]</pre>"),
]

DROPPED = [
    ("a\n\n[x k=1]\n\nb\n\n[/x]\n\nc\n",       "a\n\nc\n"),
    ("a [x k=1]b[/x] c",                       "a  c"),
    ("a\n[x k=1]\n",                           "a\n"),
    ("[x k=1][y k=1]b[/y][/x]\nc",             "c"),
    ("<p>[x k=1]</p>\n<p>a</p>\n<p>[/x]</p>b", "b"),
    ("[x k=1][[x k=2]][/x] [[x]]",             " [x]"),
]
ESCAPES = [
    ("[[x]]",                                  "[[x]]"),
    ("[x k=1]\n[[x k=2]]\n",                   "[[x k=2]]\n"),
    ("[x k=1] [[x]a[/x]]",                     " [[x]a[/x]]"),
    ("[x k=1][[x k=2]][/x] [[x]]",             "[[x k=2]] [[x]]"),
    ("[[x][y k=1][/x]] [y k=1]",               "[[x][y k=1][/x]] "),
    ("<p>[x k=1]</p>\n<p>[[x]]</p>",           "<p>[[x]]</p>"),
    ("[x k=1]\n[[[x]]]",                       "[[[x]]]"),
]
# fmt: on


@pytest.mark.parametrize(("text", "expected"), ESCAPES)
def test_escapes_stay_when_they_are_to_be_kept(text: str, expected: str) -> None:
    options: dict[str, Any] = {"tags": ["x", "y"], "escapes": "keep"}
    assert api.strip(text, **options) == expected
    assert api.strip(expected, **options) == expected


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_shortcodes_go_and_enclosed_text_stays(text: str, expected: str) -> None:
    assert api.strip(text) == expected


@pytest.mark.parametrize(("text", "expected"), DROPPED)
def test_enclosed_text_goes_when_it_is_to_be_dropped(text: str, expected: str) -> None:
    assert api.strip(text, content="drop") == expected


@pytest.mark.parametrize("text", [text for text, _ in CASES if "[[" not in text])
def test_stripping_twice_is_stripping_once(text: str) -> None:
    assert api.strip(api.strip(text)) == api.strip(text)


@given(text=st.text())
def test_a_text_without_brackets_stays_as_it_is(text: str) -> None:
    text = text.replace("[", "(")
    assert api.strip(text) == text


@settings(max_examples=300)
@given(text=texts | delimiters, tags=st.sampled_from([None, "any", ["x"]]))
def test_a_text_without_shortcodes_stays_as_it_is(text: str, tags: Any) -> None:
    document = shortcodes.parse(text, tags=tags)
    if not document.items() and not document.left_over_spans():
        assert api.apply("strip", document) == text


@settings(max_examples=300)
@given(text=texts | delimiters, content=st.sampled_from(["keep", "drop"]))
def test_what_remains_is_a_part_of_the_text_in_its_order(text: str, content: str) -> None:
    stripped = api.strip(text, tags="any", content=content, seams=False)
    remaining = iter(text)
    assert all(letter in remaining for letter in stripped)
    with_seams = api.strip(text, tags="any", content=content)
    assert with_seams.replace(" ", "") == stripped.replace(" ", "")


@settings(max_examples=500, deadline=None)
@given(
    text=texts | delimiters,
    content=st.sampled_from(["keep", "drop"]),
    tags=st.sampled_from([None, "any", ("x", "b")]),
    dialect=st.sampled_from(["lenient", "wordpress"]),
    markdown=st.sampled_from([None, False, True]),
)
def test_stripping_in_place_twice_is_stripping_once(
    text: str, content: str, tags: Any, dialect: str, markdown: bool | None
) -> None:
    options: dict[str, Any] = {"tags": tags, "dialect": dialect, "markdown": markdown}
    once = api.strip(text, content=content, escapes="keep", **options)
    assert api.strip(once, content=content, escapes="keep", **options) == once


_WORDS = re.compile(r"[^\r\n]*\w[^\r\n]*")
_blocks = st.lists(
    st.sampled_from(
        [
            "Prose.",
            " indented",
            "[1]",
            "a [x k=1] b",
            "[x k=1]",
            "[x]\nin\n[/x]",
            "[x] [/x]",
            "",
            " ",
        ]
    ),
    max_size=12,
)


@settings(max_examples=300)
@given(blocks=_blocks, end=st.sampled_from(["\n", "\r\n", "\n\n"]), last=st.booleans())
def test_every_line_with_words_survives_and_a_second_pass_finds_nothing(
    blocks: list[str], end: str, last: bool
) -> None:
    text = end.join(blocks) + (end if last else "")
    stripped = api.strip(text, tags=["x"])
    without = re.sub(r"\[/?x[^]]*]", "", text)
    assert _WORDS.findall(stripped) == _WORDS.findall(without)
    assert api.strip(stripped, tags=["x"]) == stripped


@given(blocks=_blocks, end=st.sampled_from(["\n", "\r\n", "\r"]))
def test_a_missing_final_line_break_is_missing_still(blocks: list[str], end: str) -> None:
    text = end.join(["Prose.", *blocks, "[x k=1]"])
    stripped = api.strip(text)
    assert stripped == stripped.rstrip("\r\n")
    assert api.strip(text + end).endswith(("\n", "\r"))
    assert api.strip(text + end).rstrip() == stripped.rstrip()


def test_a_hundred_thousand_levels_are_no_trouble() -> None:
    levels = 100_000
    assert api.strip("[x k=1]" * levels + "a" + "[/x]" * levels, tags=["x"]) == "a"


def test_another_value_or_option_is_a_mistake_in_one_sentence() -> None:
    with pytest.raises(ValueError, match=r"^content must be one of 'keep', 'drop', not 'x'$"):
        api.strip("a", content="x")
    with pytest.raises(ValueError, match=r"^escapes must be one of 'unescape', 'keep', not 'x'$"):
        api.strip("a", escapes="x")
    with pytest.raises(TypeError, match=r"^the strip renderer has no option 'page'$"):
        api.apply("strip", shortcodes.parse("a"), page=True)


_ARTICLE = Path(__file__).parents[2] / "shared/data/article-ar.txt"


@pytest.mark.skipif(not _ARTICLE.exists(), reason="the article is not part of the project")
def test_of_the_article_every_line_but_the_cards_remains() -> None:
    lines = _ARTICLE.read_text(encoding="utf-8").split("\n")
    first_card = next(i for i, line in enumerate(lines) if line.startswith("[covid19"))
    assert api.strip("\n".join(lines)) == "\n".join(lines[:first_card]).rstrip()


CROSSING = {
    "Before [vc_row][box]text[/vc_row][/box] after": "Before text after",
    "[gallery][w][/gallery][/w] k": " k",
    "a [vc_row][box][/vc_row][row][/box][tab][/row] [/tab] z": "a   z",
    "a [vc_row][box]b[/vc_row]c[/box] [[x]d[/x]] z": "a bc [x]d[/x] z",
    "a [[x]d[/x]] [gallery ids=1] z": "a [x]d[/x]  z",
}


@pytest.mark.parametrize(("text", "expected"), [*CROSSING.items()])
def test_tags_that_cross_a_shortcode_go_with_it(text: str, expected: str) -> None:
    assert shortcodes.strip(text) == expected


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('Read [see [link url="//e.example/"]https://e.example/[/link]].', "https://e.example/"),
        ("Prices [from [b2 size=3]a=1, b=2, c=3[/b2] euros] are net.", "a=1, b=2, c=3"),
        ("[vc_row[x a=1]\n\nParagraph one.\n\nParagraph two.\n\n[/x]]\n", "Paragraph two."),
        ('[y a=[x b=1]"1"] and [x]', "and"),
    ],
)
@pytest.mark.parametrize("dialect", ["lenient", "wordpress"])
@pytest.mark.parametrize("tags", [None, ["b2", "from", "link", "see", "vc_row", "x", "y"]])
def test_no_text_goes_because_a_shortcode_would_come_together_around_it(
    text: str, kept: str, dialect: Any, tags: Any
) -> None:
    assert kept in shortcodes.strip(text, dialect=dialect, tags=tags)


CROSSING_PIECES = (
    st.lists(
        st.sampled_from(
            [
                *("[vc_row]", "[/vc_row]", "[box]", "[/box]", "[a k=1]", "[/a]", "[gallery]"),
                *("[tab]", "[/tab]", "[/gallery]", "text", " ", "[[b]]", "[", "]", "[/"),
            ]
        ),
        max_size=14,
    )
    .map("".join)
    .filter(lambda text: not re.search(r"\[\[|\]\]", text.replace("[[b]]", "")))
)
"""Tags that may cross. Halves of escapes are not among them: which tags they belong to may change
with the tags around them, as in `[box][[a][[a][/box][/a]]`."""


@pytest.mark.slow
@pytest.mark.parametrize("dialect", ["lenient", "wordpress"])
@pytest.mark.parametrize("content", ["keep", "drop"])
@settings(max_examples=400, deadline=None)
@given(text=CROSSING_PIECES)
def test_stripping_twice_changes_nothing_more_where_tags_cross(
    text: str, content: Any, dialect: Any
) -> None:
    options: Any = {"content": content, "escapes": "keep", "dialect": dialect}
    once = shortcodes.strip(text, **options)
    assert shortcodes.strip(once, **options) == once


LEFT_OVER = {
    "a known name": ("a[/vc_row] b", "a b"),
    "a word that plug-ins use": ("a[/gallery] b", "a b"),
    "a name with evidence": ("[x k=1] a[/x] b", " a b"),
    "one that crosses": ("[x k=1]a[y k=1]b[/x]c[/y]d", "abcd"),
    "a name that nothing shows": ("a[/x] b", "a[/x] b"),
    "a word that people write": ("a[/rant] b", "a[/rant] b"),
    "a name of forums": ("a[/quote] b", "a[/quote] b"),
    "code": ("<code>[/vc_row]</code>", "<code>[/vc_row]</code>"),
    "an escape": ("[[/vc_row]]", "[[/vc_row]]"),
}


@pytest.mark.parametrize(("text", "expected"), LEFT_OVER.values(), ids=LEFT_OVER)
def test_a_closing_tag_that_is_left_over_goes_if_its_name_counts(text: str, expected: str) -> None:
    options: dict[str, Any] = {"escapes": "keep", "seams": False}
    assert api.strip(text, **options) == expected
    assert api.strip(text, dialect="wordpress", tags=["vc_row"], **options) == text


def test_a_closing_tag_that_is_left_over_is_in_no_list_but_that_of_loose_ones() -> None:
    document = shortcodes.parse("a[/vc_row] b")
    assert document.left_over_spans() == [(1, 10)]
    assert [tag.name for tag in document.loose.stray] == ["vc_row"]
    assert shortcodes.extract("a[/vc_row] b") == []


ALONE = {
    "the whole text": ("[gallery]", ""),
    "a paragraph": ("a\n\n[gallery]\n\nb", "a\n\nb"),
    "a paragraph of HTML": ("a<p>[gallery]</p>b", "ab"),
    "closed": ("[gallery /]\n", ""),
    "beside another one": ("[x k=1] [gallery]\n", ""),
    "words before it": ("a [gallery]", "a [gallery]"),
    "words after it": ("[gallery] a", "[gallery] a"),
    "a line before it": ("a\n[gallery]", "a\n[gallery]"),
    "the label of a link": ("[gallery]\n\n[gallery]: /a", "[gallery]\n\n[gallery]: /a"),
    "another word": ("[button]", "[button]"),
}


@pytest.mark.parametrize(("text", "expected"), ALONE.values(), ids=ALONE)
@pytest.mark.parametrize("dialect", ["lenient", "wordpress"])
def test_a_gallery_goes_if_it_is_alone(text: str, expected: str, dialect: str) -> None:
    assert api.strip(text, dialect=dialect, seams=False) == expected


def test_a_gallery_that_is_alone_without_what_is_dropped_goes_too() -> None:
    text = "[x k=1]words[/x]\n[gallery]"
    assert api.strip(text, content="drop") == ""
    assert api.strip(text) == "words\n[gallery]"


CUT_OFF = {
    "in an attribute": ('a [vc_row b="1" c', "a "),
    "after a sign": ("a [vc_row b=“1” c=", "a "),
    "in a value": ('a [vc_row b="1" c="d e', "a "),
    "in the value of HTML": (
        '<meta content="[vc_row a=&quot;1&quot; b=&quot;c">',
        '<meta content="">',
    ),
    "an unknown name": ('a [x b="1" c', 'a [x b="1" c'),
    "several, of which one cuts off the other": ("a [vc_row b=“1[vc_row b=“1[vc_column c=“d", "a "),
    "only a name": ("a [vc_row", "a [vc_row"),
    "words": ('a [vc_row b="1" and so on. It', 'a [vc_row b="1" and so on. It'),
    "a line break": ('a [vc_row b="1\nc', 'a [vc_row b="1\nc'),
}


@pytest.mark.parametrize(("text", "expected"), CUT_OFF.values(), ids=CUT_OFF)
def test_a_tag_of_a_known_name_that_is_cut_off_goes(text: str, expected: str) -> None:
    assert api.strip(text) == expected
    assert api.strip(text, dialect="wordpress") == text

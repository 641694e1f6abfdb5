"""What writes shortcodes anew makes no HTML: no tag begins, ends or gets an attribute by it."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from typing import Any

import nh3
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import shortcodes
from shortcodes import fix
from shortcodes.linting.applying import apply_fixes

TAGS = ["x", "y"]

STAY = (
    '[x a=<b title="&quot; onmouseover=alert(1) z=&quot;">]k</b>',
    '[x a=”<b title=”] b=”y” ">k</b>',
    '[x a=”<b title="” c=”onmouseover=alert(1)”]">k</b>',
    '[x a=”<b title="” a="z" ]<img src=x onerror=alert(1)>">k</b>',
    "[x a=”<!--” b=”y”]<img src=x onerror=alert(1)> -->",
    "[x a=”<style>” b=”y”]</style>",
    "[x a=”<b href='\\e.com'>k</b>”]",
    '[x a=“<b title=”y“]k" onmouseover=alert(1) z=">',
)
"""What is left as it is, by unsafe fixes too, or gets no more than quotes around whole tags."""

WRITTEN = {
    "[x a=”&lt;img src=x onerror=alert(1)&gt;”]": '[x a="&lt;img src=x onerror=alert(1)&gt;"]',
    '[x b="&lt;i&gt;" a=”1”]': '[x b="&lt;i&gt;" a="1"]',
    "[x a=”&amp;lt;i&amp;gt; &amp;#60;i>”]": '[x a="&amp;lt;i&amp;gt; &amp;#60;i>"]',
    "[x a=”--&gt;&#x3c;!--”]": '[x a="--&gt;&#x3c;!--"]',
    "[x a=”&#106;avascript&colon;x &#91;y&rsqb; &bsol;n&Tab;”]": (
        '[x a="&#106;avascript&colon;x &#91;y&rsqb; &bsol;n&Tab;"]'
    ),
    "[x a=”&#8203;&#8238;&nbsp;&eacute;&hellip;”]": '[x a="&#8203;&#8238;\u00a0é…"]',
    "[x a=”/a?b=1&#038;c=2 say &quot;hi&quot;”]": "[x a='/a?b=1&c=2 say \"hi\"']",
    "[x a=”k <i title='&eacute;&quot;'>&eacute;</i>”]": (
        "[x a=\"k <i title='&eacute;&quot;'>é</i>\"]"
    ),
}
"""Of entities, those stay that mean markup, the end of a value or what nobody sees."""


class _Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: Counter[tuple[str, ...]] = Counter()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen[(tag, *(name for name, _ in attrs))] += 1


def made(before: str, after: str) -> Counter[tuple[str, ...]]:
    """Return the tags with their attributes that are in the second text only."""
    return _Reader(after).seen - _Reader(before).seen


@pytest.mark.parametrize("unsafe", [False, True])
@pytest.mark.parametrize("text", STAY)
def test_no_fix_touches_a_tag_that_begins_in_a_shortcode(text: str, unsafe: bool) -> None:
    after = fix(text, tags=TAGS, unsafe=unsafe, format="html")
    assert made(text, after) == Counter()
    assert _Reader(text).seen == _Reader(after).seen
    source = shortcodes.apply("source", shortcodes.parse(text, tags=TAGS), tags=TAGS)
    assert made(text, source) == Counter()


@pytest.mark.parametrize(("text", "after"), [*WRITTEN.items()])
def test_entities_that_mean_something_stay_in_what_is_written_anew(text: str, after: str) -> None:
    found: list[shortcodes.Diagnostic] = []
    assert fix(text, tags=TAGS, diagnostics=found) == after
    before, now = ([*shortcodes.parse(one, tags=TAGS).shortcodes()] for one in (text, after))
    assert [one.attributes for one in now] == [one.attributes for one in before]
    assert (fix(after, tags=TAGS), found) == (after, [])


def test_typography_in_tags_is_not_undone() -> None:
    text = "[x a=”<b title=“> onmouseover=alert(1) z=“>‘k’</b>” b=”‘k’”]"
    expected = '[x a="<b title=“> onmouseover=alert(1) z=“>‘k’</b>" b="\'k\'"]'
    assert fix(text, tags=TAGS, undo_typography=True, unsafe=True) == expected


SANITISED = (
    '[x a=<b title="[y onmouseover=alert(1) ">]k</b>',
    '[x a=<b title=" a onmouseover=alert(1) "> ]k</b>',
    '[x a=”1”<b title=" a onmouseover=alert(1) "> ]k</b>',
)


@pytest.mark.parametrize("dialect", ["lenient", "wordpress"])
@pytest.mark.parametrize("text", SANITISED)
def test_the_normal_form_makes_no_attributes(text: str, dialect: Any) -> None:
    clean = nh3.clean(text, attributes={"*": {"title"}})
    document = shortcodes.parse(clean, tags=TAGS, dialect=dialect)
    after = shortcodes.apply("source", document, tags=TAGS, dialect=dialect)
    assert made(clean, after) == Counter()
    assert _Reader(after).seen == _Reader(clean).seen


PIECES = [
    *(
        "[x",
        "[y",
        "[/x]",
        "]",
        " a=",
        " b=",
        "”",
        "“",
        '"',
        "'",
        "‘",
        "’",
        " ",
        "<b",
        "<i title=",
        ">",
    ),
    *("</b>", "&quot;", "&lt;", "&gt;", "&amp;", "&#8221;", "<!--", "-->", "onmouseover=z", "\\"),
    *("<br />", "é", "=", "/", "<style>", "</style>", "&nbsp;", "\u00a0", "<", "lt;", "k", "…"),
]


@pytest.mark.slow
@pytest.mark.parametrize("dialect", ["lenient", "wordpress"])
@settings(max_examples=1500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.booleans())
@example('[x a=”<b” b="k">]', True)
def test_html_that_was_sanitised_gains_no_tag_and_no_attribute(
    dialect: Any, text: str, unsafe: bool
) -> None:
    clean = nh3.clean(text, attributes={"*": {"title"}}, strip_comments=False)
    options: Any = {"tags": TAGS, "dialect": dialect}
    for after in (
        fix(clean, format="html", unsafe=unsafe, undo_typography=unsafe, **options),
        shortcodes.apply("source", shortcodes.parse(clean, **options), **options),
    ):
        assert made(clean, after) == Counter(), after


ATTACKS = (
    '[map a="<b title="\' onclick=alert(1) c">k</b>"]',
    '[x\na=<i class="[\'onclick=alert(1) ">kb=</i> c]',
    "[x ''<i title=\"a\n\"></i>'/'[[/x]",
    '[[x url=b"<i lang="alert(1)1" class="b= = &lt;">k</i>[x" c=1][/x]',
    "[x a=“<i title=” b=“ onclick=alert(1)”>k</i>”]",
    '[x a="b <i title=" c="onclick=alert(1)">k</i> d=1]',
)


@pytest.mark.parametrize("dialect", ["lenient", "wordpress"])
@pytest.mark.parametrize("undo", [False, True])
@pytest.mark.parametrize("text", ATTACKS)
def test_unsafe_fixes_keep_the_quotes_and_the_ends_of_tags(
    text: str, undo: bool, dialect: Any
) -> None:
    after = fix(text, tags=["x", "map"], unsafe=True, undo_typography=undo, dialect=dialect)
    assert _Reader(after).seen == _Reader(text).seen


ATTACK_PIECES = [
    *("[x", " ", "\n", " a=", " url=", "b", "]", "[", "[x", "[/x]", " c=1", "/", "=", "'", "x"),
    *('"', "”", "“", "«", "»", "″", "&#8221;", " onclick=alert(1)", " onclick=alert(1) ", "&lt;"),
    *('<i title="', '<b class="', '">', '">k</i>', "</b>", '" lang="', "<br>", "k"),
]


@pytest.mark.slow
@settings(max_examples=3000, deadline=None)
@given(
    st.lists(st.sampled_from(ATTACK_PIECES), max_size=14).map(lambda pieces: f"[x{''.join(pieces)}")
)
def test_no_unsafe_fix_of_sanitised_html_makes_a_tag_or_an_attribute(text: str) -> None:
    clean = nh3.clean(text, attributes={"*": {"title", "class", "lang"}})
    for options in ({}, {"dialect": "wordpress"}, {"undo_typography": True}, {"markdown": True}):
        after = fix(clean, tags=["x"], unsafe=True, **options)
        assert made(clean, after) == Counter(), after


@pytest.mark.parametrize("text", ATTACKS)
def test_each_unsafe_fix_alone_makes_no_html(text: str) -> None:
    for diagnostic in shortcodes.lint(text, tags=["x", "map"]):
        _, after = apply_fixes(text, [diagnostic], unsafe=True)
        assert _Reader(after).seen == _Reader(text).seen


KEPT = {
    "XHTML": (
        '<html xmlns="http://www.w3.org/1999/xhtml"><p>[x a=”b &amp; c”]</p></html>',
        '[x a="b &amp; c"]',
    ),
    "a feed": ("<?xml version='1.0'?><rss>[x a=”b &amp; c”]</rss>", '[x a="b &amp; c"]'),
    "another encoding": ('<meta charset="iso-8859-1">[x a=”&eacute;”]', '[x a="&eacute;"]'),
    "one of XML": (
        "<meta http-equiv='a' content='b; charset=cp1252'>[x a=”&uuml;”]",
        '[x a="&uuml;"]',
    ),
    "UTF-8": ('<meta charset="utf-8">[x a=”&eacute; &amp; b”]', '[x a="é & b"]'),
}


@pytest.mark.parametrize(("text", "expected"), KEPT.values(), ids=KEPT)
def test_entities_stay_where_the_file_could_not_hold_what_they_mean(
    text: str, expected: str
) -> None:
    assert expected in shortcodes.fix(text, format="html", tags=["x"])

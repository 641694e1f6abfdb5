"""What of HTML a reader sees; the same as a browser shows."""

from __future__ import annotations

import pytest

import shortcodes
from shortcodes.html.seen import remove_unseen, replace_tags

VISIBLE = {
    "a comment in a value": '<p title="<!--">visible words</p><!-- x -->',
    "a script in a value": '<p title="<script>">visible words</p><script>1</script>',
    "a comment that ends at once": "<p>A</p><!--> visible words <p>B</p><!-- c -->",
    "a comment with an exclamation mark": "<!-- c --!> visible words <!-- d -->",
    "a closing tag with more in it": "<script>1</script x>visible words<script>2</script>",
    "a closing tag with a slash": "<style>a{}</style/>visible words<style>b{}</style>",
    "a comment in raw text": "<textarea><!-- </textarea>visible words <!-- x -->",
    "a comment in an iframe": "<iframe><!--</iframe>visible words<!-- -->",
    "a template in a template": "<template>a<template>b</template>c</template>visible words",
    "a template that nothing closes": "<template>visible words",
}


@pytest.mark.parametrize("html", VISIBLE.values(), ids=VISIBLE)
def test_words_that_are_seen_are_words_of_the_document(html: str) -> None:
    words = shortcodes.apply("plain", shortcodes.parse(html), format="html")
    assert "visible words" in words


HIDDEN = ["<script>a</script>", "<style>a</style>", "<!-- a -->", "<template>a</template>"]


@pytest.mark.parametrize("html", HIDDEN)
def test_what_is_hidden_is_no_word(html: str) -> None:
    assert shortcodes.apply("plain", shortcodes.parse(html + "b"), format="html") == "b\n"


def test_tags_and_the_text_between_them_are_replaced_and_comments_go() -> None:
    html = "a <b>c</b> <!-- x --> <d"
    assert replace_tags(html, lambda name: f"({name})", str.upper) == "A (b)C(b)  <D"


def test_tags_stay_where_only_what_is_hidden_goes() -> None:
    assert remove_unseen("<!doctype html><p>a<script>b</script></p>") == "<p>a</p>"

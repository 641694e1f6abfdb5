"""HTML in Markdown: no shortcode changes it, whichever library reads the code around it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from typing import Any

import markdown
import markdown_it
import pytest
from markdown_it import MarkdownIt

import shortcodes
from shortcodes.html.tokens import Reading, tokens
from shortcodes.lenient.markdown_code import (
    CODE_FINDERS,
    find_code,
    find_code_in_commonmark,
    find_code_in_python_markdown,
)
from tests.leaks import found_in
from tests.test_markdown_code import LIBRARIES

DIALECTS = ("lenient", "wordpress")

_SPLIT = (
    '<p>`<a title="` [gallery t=‘">text</a>’]<b title="x onfocus=alert(1) autofocus y">t</b></p>'
)
_ADDRESS = '<p><a href="java[gallery a=1]script:alert(1)">t</a></p>'
_QUOTES = '<p>`<a title="` [gallery t=” onfocus=alert(1) autofocus ”] ">t</a></p>'
HOLES = {
    "backticks in a block of HTML": _SPLIT,
    "a fence in a block of HTML": '<div>\n```\n<a title="[gallery t=‘\n```\n">text</a>’]'
    '<b title="x onfocus=alert(1) autofocus y">t</b></div>',
    "backticks in a tag": '<a title="`[x t=‘">text</a>’]<b title="` onfocus=alert(1) y">t</b>',
    "escaped backticks": '`\\` <a title="` [gallery t=‘">k</a>’]<b title="x onfocus=f() y">',
    "backticks over a list": '`\n- <a title="` [x t=\'">k</a>\']<b title="x onfocus=f() y">',
    "backticks over HTML": '``\n<p title="``[x t=‘">k</a>’]<b title="x onfocus=alert(1) y">',
    "backticks over cells": "| a | b |\n|---|---|\n"
    '| ` | <a title="` [x t=‘">k</a>’]<b title="x onfocus=f() y"> |',
    "backticks over a cell and a link": "| a |\n|---|\n"
    '| ` | x |\n| <a href="java`[gallery a=1]script:alert(1)">t</a> |',
    "a style in a fence": f"```html\n<style>\n```\n\n{_ADDRESS}",
    "a style in code": f"Use `<style>` here.\n\n{_ADDRESS}",
    "a comment in code": f"Comments begin with `<!--`.\n\n{_ADDRESS}",
    "half a comment": f"a <!-- b\n\n{_ADDRESS}",
    "a script in a fence, and quotes": f"```\n<script>\nf()\n```\n\n{_QUOTES}",
    "a style in a fence, and a split shortcode": f"~~~\n<style>\n~~~\n\n{_SPLIT}",
    "an escaped tag": f"\\<textarea> is an element\n\n{_ADDRESS}",
}
"""Markdown with HTML from a sanitiser, which does no harm before its shortcodes are edited."""


def _edit(text: str) -> Iterator[tuple[str, str]]:
    """Yield what each edit makes of a text, as HTML, where it did no harm before."""
    plain = {library: convert for library, convert in PLAIN.items() if not found_in(convert(text))}
    for dialect in DIALECTS:
        options: Any = {"dialect": dialect, "markdown": True}
        document = shortcodes.parse(text, **options)
        edited = {
            "strip": shortcodes.strip(text, **options),
            "fix": shortcodes.fix(text, **options),
            "unsafe fix": shortcodes.fix(text, unsafe=True, **options),
            "source": str(shortcodes.apply("source", document, markdown=True, dialect=dialect)),
        }
        for name, result in edited.items():
            for library, convert in plain.items():
                yield f"{name}, {dialect}, {library}", convert(result)
        for unknown in ("keep", "strip"):
            for markdown_ in (True, False):
                rendered = shortcodes.render(
                    text, format="markdown", unknown=unknown, dialect=dialect, markdown=markdown_
                )
                yield f"render, {unknown}, {dialect}, {markdown_}", str(rendered)
    for library, build in LIBRARIES.items():
        if not found_in(build(plain=True)(text)):
            yield library, build()(text)


PLAIN: dict[str, Callable[[str], str]] = {
    "markdown-it-py": MarkdownIt("commonmark").render,
    "markdown-it-py with tables": MarkdownIt("commonmark").enable("table").render,
    "Python-Markdown": markdown.markdown,
    "Python-Markdown with fences": lambda t: markdown.markdown(t, extensions=["fenced_code"]),
}


@pytest.mark.parametrize("text", HOLES.values(), ids=HOLES)
def test_an_edit_of_markdown_makes_no_handler_and_no_address_that_runs(text: str) -> None:
    assert {edit: found for edit, html in _edit(text) if (found := found_in(html))} == {}


_IN_VALUES = (
    *("`", "``", "x", "\\", "\n", "*", "[[", "]", "&lt;img src=x onerror=alert(1)&gt;"),
    *("[gallery t=‘", "’]", "[x a='", "']", "[x a=&#8221; onfocus=alert(1) y=&#8221;]"),
    *("” onfocus=alert(1) ”]", "[gallery a=1]", " onfocus=alert(1) ", "[gallery a=”", "[box]"),
    "[/box]",
)
_TEXT = (
    *("`", "``", "```\n", "```html\n", "~~~\n", "\n", "\n\n", "\n- ", "\n> ", "\n# ", "\\"),
    *("word ", "[gallery t=‘", "’]", "[gallery a=1]", "[x a='", "']", "[box]", "[/box]"),
    *("[gallery a=”", "”]", "’", "”", "\n1. ", "`<b>`", "`</style>`", "`-->`", "`<div>`"),
)
_CODE = ["`<style>`", "```html\n<style>\n```\n\n", "`<!--`", "\n~~~\n<script>\n~~~\n", ""]
_TAGS = ["<p>", "</p>", "<div>", "</div>", "\n<div>\n", "\n<p>", "<b>", "</b>", "</a>", "\n<b>\n"]


def _write_tag(choose: random.Random) -> str:
    value = "".join(choose.choices(_IN_VALUES, k=choose.randint(0, 4)))
    return choose.choice(
        [
            choose.choice(_TAGS),
            f'<a title="{value}" href="/">',
            f'<b title="x onfocus=alert(1) {value} y">',
            f'\n<p title="{value}">',
            '<a href="java[gallery a=1]script:alert(1)">',
        ]
    )


def _write_text(choose: random.Random) -> str:
    """Return Markdown that begins with code, with tags as a sanitiser leaves them."""
    pieces = [
        _write_tag(choose) if choose.random() < 0.5 else choose.choice(_TEXT)
        for _ in range(choose.randint(2, 9))
    ]
    return "".join([choose.choice(_CODE), *pieces])


_OPENS_RAW_TEXT = re.compile("<(?:style|script|!--)")


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_no_edit_of_generated_markdown_does_harm_that_was_not_there(seed: int) -> None:
    choose, tried = random.Random(seed), 0
    harm: dict[tuple[str, str], list[str]] = {}
    for _ in range(250):
        text = _write_text(choose)
        before = [convert(text) for convert in PLAIN.values()]
        if any(found_in(html) or _OPENS_RAW_TEXT.search(html) for html in before):
            continue  # the library alone does harm, or hides the rest of the page
        tried += 1
        harm |= {(text, edit): found for edit, html in _edit(text) if (found := found_in(html))}
    assert harm == {}
    assert tried > 100


@pytest.mark.skipif(
    tuple(map(int, markdown_it.__version__.split(".")[:2])) < (4, 3),
    reason="markdown-it-py before 4.3 misses code beside a longer run of backticks",
)
@pytest.mark.parametrize("seed", range(4))
def test_the_tags_outside_code_are_those_that_commonmark_finds(seed: int) -> None:
    choose = random.Random(seed)
    texts = [_write_text(choose) for _ in range(500)]
    texts = [text for text in texts if not _DEPENDS_ON_BLOCKS.search(text)]
    assert len(texts) > 100
    assert [(text, _list_tags(text)) for text in texts] == [
        (text, _list_tags_of_commonmark(text)) for text in texts
    ]


_DEPENDS_ON_BLOCKS = re.compile(r'"[^"\n]*\n[^"]*"|\n(?:[->]|1\.) ')
"""Values of several lines, and lists and quotations, whose blocks of HTML end with them."""
_MARKUP = Reading(frozenset())


def _list_tags(text: str) -> list[str]:
    reading = _MARKUP._replace(code=tuple(find_code_in_commonmark(text)))
    return [token.match[0] for token in tokens(text, reading) if token.is_tag]


def _list_tags_of_commonmark(text: str) -> list[str]:
    html = []
    for block in MarkdownIt("commonmark").parse(text):
        html += [block.content] if block.type == "html_block" else []
        html += [child.content for child in block.children or () if child.type == "html_inline"]
    return [token.match[0] for token in tokens("\n".join(html), _MARKUP) if token.is_tag]


CODE = {
    "`a`": ["`a`"],
    "`<b>` \\<i> <u>": ["`<b>`", "\\<"],
    "<p>`a`</p>\n\n`b`": ["`b`"],
    '<a title="`">`b`': ["`b`"],
    "```\na": ["```\na"],
    "` a\n- `": [],
    "# `a\n`b`": ["`b`"],
    "`\\`<b>`": ["`\\`"],
    "a <!-- `b`": ["<", "`b`"],
    "<!-- `a` --> `b`\n`c`": ["`c`"],
    "<pre>\n\n`a`</pre>\n`b`": ["`b`"],
    "<b>\n`a`\n\n`c`": ["`c`"],
    "a\n<b>\n`c`": ["`c`"],
}
"""Markdown, and the spans in which CommonMark sees no HTML."""


@pytest.mark.parametrize("text", CODE)
def test_code_is_found_as_in_commonmark(text: str) -> None:
    assert [text[slice(*span)] for span in find_code_in_commonmark(text)] == CODE[text]


def test_code_is_found_as_in_python_markdown() -> None:
    text = '<div>\n\n`a`</div>\n\n`b` ```c` <a title="`"> `'
    spans = [text[slice(*span)] for span in find_code_in_python_markdown(text)]
    assert spans == ["`b`", "```c`", '`"> `']
    assert [text[slice(*span)] for span in find_code(text)] == ["`a`", "`b`", '` <a title="`']


@pytest.mark.parametrize("text", ["", "a", "`", "<", "~~~", "\\<", "<!--", "```\n<div\n", "<p `"])
@pytest.mark.parametrize("find", CODE_FINDERS, ids=lambda find: find.__name__)
def test_spans_of_code_are_in_order_and_inside_the_text(find: Any, text: str) -> None:
    offsets = [offset for span in find(text * 3) for offset in span]
    assert offsets == sorted(offsets)
    assert all(0 <= offset <= 3 * len(text) for offset in offsets)
